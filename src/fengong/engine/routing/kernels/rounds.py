"""One round of live dispatch: the two questions asked again and again, until nothing that waits can go to anybody.

The arrays of the moment that a round changes (load, held, idle_since, last_given, waiting, tally) must be its own.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from fengong.engine.compiled import inner, lean
from fengong.engine.routing.arrays import Flags, Ints
from fengong.engine.routing.kernels.choose import (
    first_member,
    first_ticket,
    is_idler,
    note,
)
from fengong.engine.routing.kernels.codes import (
    CMU_THETA,
    FIXED_RATIO,
    GENERALIZED_CMU,
    LEAST_LOADED,
    OVERFLOW,
    ROUND_ROBIN,
)
from fengong.engine.routing.kernels.moment import Moment
from fengong.engine.routing.kernels.tally import count_load, count_ticket


class Answer(NamedTuple):
    """tickets, members i64[k]: the matches, side by side, the first `size[0]` of them valid · size i64[1] · done
    bool[m]: who has nothing to take in this pass.
    """

    tickets: Ints
    members: Ints
    size: Ints
    done: Flags


@lean
def whole_round(code: int, moment: Moment, answer: Answer) -> None:
    """Match what waits and write it into `answer`, which is empty. `waiting` must be in the policy's order of service,
    unless the policy lets members choose among tickets.
    """
    if code in (FIXED_RATIO, GENERALIZED_CMU, CMU_THETA, OVERFLOW):
        _members_choose(code, moment, answer)
    else:
        _tickets_in_order(code, moment, answer)


@inner
def _tickets_in_order(code: int, moment: Moment, answer: Answer) -> None:
    """Each ticket to the first member by the policy's rank."""
    for place in range(moment.length):
        ticket = moment.waiting[place]
        member = first_member(code, moment, ticket)
        if member >= 0:
            _give(code, moment, answer, ticket, member)


@inner
def _members_choose(code: int, moment: Moment, answer: Answer) -> None:
    """Members by tier, then idleness, take one ticket at a time, until a pass in which nobody has taken anything."""
    before, left = -1, moment
    while before < answer.size[0]:
        before = answer.size[0]
        answer.done[:] = False
        member = _next_in_turn(left, answer.done)
        while member >= 0:
            note(code, left)
            place = first_ticket(code, left, member)
            if place >= 0:
                _give(code, left, answer, left.waiting[place], member)
                left = _without(left, place)
            answer.done[member] = place < 0
            member = _next_in_turn(left, answer.done)


@inner
def _next_in_turn(moment: Moment, done: Flags) -> int:
    """Of those here with room and not done: the lowest tier, then the longest idle. -1: nobody, or nothing waits."""
    crew, best = moment.crew, -1
    if moment.length == 0:
        return best
    for member in range(len(crew.ids)):
        if done[member] or not crew.present[member] or crew.load[member] >= crew.capacity[member]:
            continue
        if best < 0 or _is_before(moment, member, best):
            best = member
    return best


@inner
def _is_before(moment: Moment, member: int, other: int) -> bool:
    tiers = moment.crew.tier
    return bool(
        tiers[member] < tiers[other] or (tiers[member] == tiers[other] and is_idler(moment, member, other))
    )


@inner
def _give(code: int, moment: Moment, answer: Answer, ticket: int, member: int) -> None:
    """Book the match; whoever was given something is the last in turn."""
    crew, line, count = moment.crew, moment.line, answer.size[0]
    count_load(moment.tally, crew, member, -1)
    crew.load[member] += line.effort[ticket]
    crew.held[member, line.channel[ticket]] += 1
    count_load(moment.tally, crew, member, 1)
    count_ticket(moment.tally, line, ticket, -1)
    answer.tickets[count], answer.members[count] = ticket, member
    answer.size[0] += 1
    if code == ROUND_ROBIN:
        crew.last_given[member] = moment.now + answer.size[0]
    elif code != LEAST_LOADED:
        crew.idle_since[member] = moment.now + answer.size[0]


@inner
def _without(moment: Moment, place: int) -> Moment:
    """The moment after the ticket at this place has gone."""
    last = moment.length - 1
    moment.waiting[place] = moment.waiting[last]
    return Moment(moment.crew, moment.line, moment.tally, moment.dials, moment.waiting, last, moment.now)


def in_order(moment: Moment, by_priority: bool) -> Ints:
    """`waiting` by priority if asked, then the longest wait, then id: i64[length]."""
    waiting, line = moment.waiting[: moment.length], moment.line
    urgency = -line.priority[waiting] if by_priority else np.zeros(len(waiting), dtype=np.int64)
    order: Ints = waiting[np.lexsort((line.ids[waiting], line.waiting_since[waiting], urgency))]
    return order
