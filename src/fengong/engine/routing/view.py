"""A pool and a queue as kernels look at them: one `Moment`, counted, in which everything in the queue waits.

Arrays that already have the right type are shared, not copied. Only the topics that wait become columns.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from fengong.engine.routing.arrays import Floats, Ints, Pool, Queue, Scene, Small
from fengong.engine.routing.kernels.dials import Dials, dials_of
from fengong.engine.routing.kernels.moment import Moment
from fengong.engine.routing.kernels.state import Crew, Line
from fengong.engine.routing.kernels.tally import empty_tally, recount
from fengong.engine.routing.rules import Rules


def moment_of(scene: Scene) -> Moment:
    """What kernels see of this scene; `waiting` is the queue in its own order."""
    pool, queue = scene.pool, scene.queue
    if len(queue) == 1:
        topics, column = queue.topic, np.zeros(1, dtype=np.int64)
    else:
        topics, column = np.unique(queue.topic, return_inverse=True)
    crew, line = crew_of(pool, topics), line_of(queue, column)
    waiting, tally = np.arange(len(queue)), empty_tally(len(topics), 1, len(pool), len(scene.lends))
    recount(tally, crew, line, waiting, len(queue))
    tally.lends[:] = scene.lends
    return Moment(crew, line, tally, _dials(scene.rules, len(topics)), waiting, len(queue), float(scene.now))


def crew_of(pool: Pool, topics: Ints) -> Crew:
    """The members, all of one group; `proficiency` has a column for each of `topics`."""
    plain = _plain(len(pool), len(topics))
    return Crew(
        ids=_ints(pool.ids),
        tier=_ints(pool.tier),
        group=plain.group,
        proficiency=np.ascontiguousarray(pool.proficiency[:, topics], dtype=np.float64),
        pace=plain.pace,
        load=pool.load,
        capacity=pool.capacity,
        held=pool.held,
        slots=pool.slots,
        present=pool.present,
        off_at=pool.off_at,
        idle_since=pool.idle_since,
        given=pool.given,
        last_given=pool.last_given,
        idled=pool.idled,
        team=pool.team,
        most=pool.most,
    )


def line_of(queue: Queue, column: Ints) -> Line:
    """The tickets; `column[i]` is where the topic of ticket i stands in the crew's proficiency."""
    return Line(
        ids=_ints(queue.ids),
        topic=_ints(column),
        difficulty=_ints(queue.difficulty),
        priority=_ints(queue.priority),
        tier=_ints(queue.tier),
        channel=_ints(queue.channel),
        effort=np.ascontiguousarray(queue.effort, dtype=np.float64),
        waiting_since=np.ascontiguousarray(queue.waiting_since, dtype=np.float64),
        due_at=np.ascontiguousarray(queue.due_at, dtype=np.float64),
        last_member=_ints(queue.last_member),
        barred=_barred(queue),
        team=_ints(queue.team),
    )


def _ints(values: Ints | Small) -> Ints:
    return np.ascontiguousarray(values, dtype=np.int64)


def _barred(queue: Queue) -> Ints:
    """The rows (ticket, member) as one row of members per ticket, -1 where there are fewer."""
    if not len(queue.barred):
        return np.empty((len(queue), 0), dtype=np.int64)
    rows = queue.barred[np.argsort(queue.barred[:, 0], kind="stable")]
    counts = np.bincount(rows[:, 0], minlength=len(queue))
    table = np.full((len(queue), int(counts.max())), -1, dtype=np.int64)
    nth = np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts, counts)
    table[rows[:, 0], nth] = rows[:, 1]
    return table


class _Plain(NamedTuple):
    """What a pool does not say of its members; never written to."""

    group: Ints
    pace: Floats


@lru_cache(maxsize=8)
def _plain(members: int, topics: int) -> _Plain:
    return _Plain(group=np.zeros(members, dtype=np.int64), pace=np.ones((members, topics)))


@lru_cache(maxsize=64)
def _dials(rules: Rules, topics: int) -> Dials:
    return dials_of(rules, topics)
