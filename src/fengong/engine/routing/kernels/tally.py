"""Counts that several policies look at: who waits per tier and topic, who is here and who is free.

A simulation keeps one tally up to date with `count_ticket` and `count_member` as things change; live dispatch
counts from nothing with `recount`. Both see the same numbers.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from fengong.engine.compiled import lean
from fengong.engine.routing.arrays import Flags, Ints
from fengong.engine.routing.kernels.state import Crew, Line


class Tally(NamedTuple):
    """waiting i64[4, topics] tickets by tier and topic · here i64[4] members present by tier · knowing i64[4, topics]
    members present by tier who know the topic · free i64[groups] members present with room left · queued i64[teams, 4]
    tickets by team and tier · staff i64[teams] members present by team · open i64[4] members present with room left by
    tier · roomy bool[m], who they are: a question skips all others without a look at their records.

    The rest is memory, which no counting touches: helping i64[4 teams, 4 teams], 1 where the side in the row (4 team +
    tier; without teams just the tier) is helped by the side in the column; overload i64[1], 1 while there is too much
    work for everybody; lends i64[teams], 1 where a team can spare people, as of the last question.
    """

    waiting: Ints
    here: Ints
    knowing: Ints
    free: Ints
    queued: Ints
    staff: Ints
    open: Ints
    roomy: Flags
    helping: Ints
    overload: Ints
    lends: Ints


def empty_tally(topics: int, groups: int, members: int, teams: int = 1) -> Tally:
    """All zero, but every team lends. `teams` counts them with team 0, which stands for none."""
    return Tally(
        waiting=np.zeros((4, topics), dtype=np.int64),
        here=np.zeros(4, dtype=np.int64),
        knowing=np.zeros((4, topics), dtype=np.int64),
        free=np.zeros(groups, dtype=np.int64),
        queued=np.zeros((teams, 4), dtype=np.int64),
        staff=np.zeros(teams, dtype=np.int64),
        open=np.zeros(4, dtype=np.int64),
        roomy=np.zeros(members, dtype=np.bool_),
        helping=np.zeros((4 * teams, 4 * teams), dtype=np.int64),
        overload=np.zeros(1, dtype=np.int64),
        lends=np.ones(teams, dtype=np.int64),
    )


@lean
def count_ticket(tally: Tally, line: Line, ticket: int, step: int) -> None:
    """A ticket begins (step 1) or ceases (-1) to wait."""
    tally.waiting[line.tier[ticket], line.topic[ticket]] += step
    tally.queued[line.team[ticket], line.tier[ticket]] += step


@lean
def count_member(tally: Tally, crew: Crew, member: int, step: int) -> None:
    """Call with -1 before a member's presence, load or skill changes, and with 1 after it."""
    if not crew.present[member]:
        return
    tier = crew.tier[member]
    tally.here[tier] += step
    tally.staff[crew.team[member]] += step
    if crew.load[member] < crew.capacity[member]:
        tally.free[crew.group[member]] += step
        tally.open[tier] += step
        tally.roomy[member] = step > 0
    for topic in range(crew.proficiency.shape[1]):
        if crew.proficiency[member, topic] > 0:
            tally.knowing[tier, topic] += step


@lean
def count_load(tally: Tally, crew: Crew, member: int, step: int) -> None:
    """As `count_member`, where only the load changes: call with -1 before and 1 after."""
    if crew.present[member] and crew.load[member] < crew.capacity[member]:
        tally.free[crew.group[member]] += step
        tally.open[crew.tier[member]] += step
        tally.roomy[member] = step > 0


@lean
def recount(tally: Tally, crew: Crew, line: Line, waiting: Ints, count: int) -> None:
    """Count everything anew: `waiting[:count]` are the slots of the tickets that wait."""
    tally.waiting[:] = 0
    tally.here[:] = 0
    tally.knowing[:] = 0
    tally.free[:] = 0
    tally.queued[:] = 0
    tally.staff[:] = 0
    tally.open[:] = 0
    tally.roomy[:] = False
    for place in range(count):
        count_ticket(tally, line, waiting[place], 1)
    for member in range(len(crew.ids)):
        count_member(tally, crew, member, 1)
