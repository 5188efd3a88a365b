"""The two questions of dispatch, asked of any policy by its code: who takes this ticket; what does this member take?

A simulation asks the first when a ticket begins to wait and the second when a member gets room; live dispatch asks both
in rounds over everything that waits.
"""

from __future__ import annotations

from fengong.engine.compiled import lean
from fengong.engine.routing.kernels.eligible import may_take
from fengong.engine.routing.kernels.moment import Moment

FENGONG, ALIS, LEAST_LOADED, ROUND_ROBIN, STATIC_TIERS = range(5)


@lean
def best_member(code: int, moment: Moment, ticket: int) -> int:
    """The member this waiting ticket goes to now, or -1: it had better wait."""
    return longest_idle(moment, ticket)


@lean
def best_ticket(code: int, moment: Moment, member: int) -> int:
    """The place in `waiting` of the ticket this member takes now, or -1: none."""
    return first_come(moment, member)


@lean
def longest_idle(moment: Moment, ticket: int) -> int:
    """Of those who may take it the one idle longest, then the one with the smallest id."""
    best, idle, ids = -1, moment.crew.idle_since, moment.crew.ids
    for member in range(len(ids)):
        if not may_take(moment, ticket, member):
            continue
        if best < 0 or (idle[member], ids[member]) < (idle[best], ids[best]):
            best = member
    return best


@lean
def first_come(moment: Moment, member: int) -> int:
    """The place of the ticket that waits longest among those this member may take, then the smallest id."""
    best, since, ids = -1, moment.line.waiting_since, moment.line.ids
    for place in range(moment.length):
        ticket = moment.waiting[place]
        if not may_take(moment, ticket, member):
            continue
        other = moment.waiting[best]
        if best < 0 or (since[ticket], ids[ticket]) < (since[other], ids[other]):
            best = place
    return best
