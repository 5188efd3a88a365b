"""The case to be matched. It has structure, as real desks do, and many ties: 30 topics, members who know one to four of
them, priorities 1 to 4. Every ticket is 30 minutes of work; members have room for one, three or five.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from fengong.engine.routing.arrays import Pool, Queue, Scene
from fengong.engine.routing.rules import Rules

TOPICS, EFFORT, SEED = 30, 30.0, 11
TWENTY = replace(Rules(), prune_above=0)  # 20 candidates for each ticket, however small the case
ALL = replace(Rules(), prune_above=1 << 40)  # every eligible pair


def structured(tickets: int, members: int, slots: int) -> Scene:
    """A queue and a pool of these sizes; deterministic."""
    dice = np.random.default_rng(SEED)
    known = np.argsort(dice.random((members, TOPICS)), axis=1) < dice.integers(1, 5, (members, 1))
    proficiency = np.where(known, dice.integers(1, 6, (members, TOPICS)), 0)
    pool = Pool.of(np.arange(members), np.ones(members, dtype=np.int8), proficiency.astype(np.float32))
    pool.capacity[:] = slots * EFFORT
    pool.present[:] = True
    queue = Queue(
        ids=np.arange(tickets),
        topic=dice.integers(0, TOPICS, tickets),
        difficulty=dice.integers(1, 3, tickets).astype(np.int8),
        priority=dice.integers(1, 5, tickets).astype(np.int8),
        tier=np.ones(tickets, dtype=np.int8),
        effort=np.full(tickets, EFFORT),
        waiting_since=np.zeros(tickets),
        due_at=dice.choice([60.0, 240.0, 480.0], tickets),
        last_member=np.full(tickets, -1),
    )
    return Scene(pool, queue, 0.0, Rules())


def later(scene: Scene, share: float) -> Scene:
    """The same desk a little later: so many of the first tickets gone, and as many members given half an hour."""
    dice = np.random.default_rng(SEED + 1)
    gone = int(share * len(scene.queue))
    pool = replace(scene.pool, given=scene.pool.given.copy())
    pool.given[dice.choice(len(pool), int(share * len(pool)), replace=False)] += EFFORT
    return replace(scene, pool=pool, queue=scene.queue.take(np.arange(gone, len(scene.queue))))
