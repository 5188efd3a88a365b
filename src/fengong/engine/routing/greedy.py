"""The best match first, then the next best that still fits: quick, explainable, some per cent off the
optimum.
"""

from __future__ import annotations

import numpy as np

from fengong.engine.routing.savings import Batch, Pairs


def take_greedily(batch: Batch, pairs: Pairs) -> None:
    """Accepts pairs into `batch` by falling key while minutes fit and the match still saves something."""
    effort = batch.scene.queue.effort
    capacity = batch.scene.pool.capacity
    smallest = float(effort[pairs.tickets].min(initial=np.inf))
    still_open = set(np.unique(pairs.members).tolist())
    taken: set[int] = set()
    asking = len(np.unique(pairs.tickets))
    for i in np.argsort(-pairs.key, kind="stable").tolist():
        ticket, member = int(pairs.tickets[i]), int(pairs.members[i])
        if ticket in taken or member not in still_open or not batch.fits(ticket, member):
            continue
        if pairs.saving[i] - batch.surcharge(ticket, member) <= 0:
            continue
        batch.accept(ticket, member)
        taken.add(ticket)
        if len(taken) == asking:
            return
        if batch.load[member] + smallest > capacity[member]:
            still_open.discard(member)
            if not still_open:
                return
