"""The two questions of dispatch, asked of any policy by its code: who takes this ticket; what does this member take?

A simulation asks the first when a ticket begins to wait and the second when a member gets room; live dispatch asks both
in rounds over everything that waits. A ticket that is asked about is already in `waiting` and counted.
"""

from __future__ import annotations

from fengong.engine.compiled import inner, lean
from fengong.engine.routing.kernels.codes import (
    ALIS,
    CMU_THETA,
    FENGONG,
    FIXED_RATIO,
    LEAST_LOADED,
    OVERFLOW,
    ROUND_ROBIN,
    STATIC_TIERS,
)
from fengong.engine.routing.kernels.delay import note_overload
from fengong.engine.routing.kernels.eligible import may_take
from fengong.engine.routing.kernels.helping import note_help
from fengong.engine.routing.kernels.lending import note_lending
from fengong.engine.routing.kernels.moment import Moment
from fengong.engine.routing.kernels.rank import NEVER, member_rank, ticket_rank
from fengong.engine.routing.kernels.saving import saving_member, saving_ticket

__all__ = [
    "ALIS",
    "FENGONG",
    "LEAST_LOADED",
    "ROUND_ROBIN",
    "STATIC_TIERS",
    "best_member",
    "best_pair",
    "best_ticket",
]


@lean
def best_member(code: int, moment: Moment, ticket: int) -> int:
    """The member this waiting ticket goes to now, or -1: it had better wait."""
    note(code, moment)
    note_lending(moment)
    return first_member(code, moment, ticket)


@lean
def best_ticket(code: int, moment: Moment, member: int) -> int:
    """The place in `waiting` of the ticket this member takes now, or -1: none."""
    note(code, moment)
    note_lending(moment)
    return first_ticket(code, moment, member)


@lean
def best_pair(code: int, moment: Moment, place: int) -> tuple[int, int]:
    """What happens because the ticket at this place began to wait: (member, place in `waiting`), or member -1.

    Usually somebody takes it, or nobody. But where people are kept free until enough tickets wait, the one too many
    brings help, and help begins with those that have waited longer. Ask again until this ticket is gone or -1 comes.
    """
    member = best_member(code, moment, moment.waiting[place])
    if member < 0 or code not in (OVERFLOW, FIXED_RATIO):
        return member, place
    return member, first_ticket(code, moment, member)


@inner
def note(code: int, moment: Moment) -> None:
    """Bring the memory of policies that have one up to date with the queues."""
    if code in (OVERFLOW, FIXED_RATIO):
        note_help(moment)
    if code == CMU_THETA:
        note_overload(moment)


@inner
def first_member(code: int, moment: Moment, ticket: int) -> int:
    """As `best_member`, with memory and lending as they are."""
    best, least = -1, NEVER
    if nobody_is_open(moment):
        return best
    if code == FENGONG:
        return saving_member(moment, ticket)
    for member in range(len(moment.crew.ids)):
        if not moment.tally.roomy[member]:
            continue
        if code == ALIS and best >= 0 and not is_idler(moment, member, best):
            continue  # all rank alike, so the checks are only for those who would win
        if may_take(moment, ticket, member):
            rank = member_rank(code, moment, ticket, member)
            if rank < least or (rank == least != NEVER and is_idler(moment, member, best)):
                best, least = member, rank
    return best


@inner
def first_ticket(code: int, moment: Moment, member: int) -> int:
    """As `best_ticket`, with memory and lending as they are."""
    best, most = -1, -NEVER
    if code == FENGONG:
        return saving_ticket(moment, member)
    for place in range(moment.length):
        ticket = moment.waiting[place]
        if code == ALIS and best >= 0 and not is_older(moment, place, best):
            continue
        if may_take(moment, ticket, member):
            rank = ticket_rank(code, moment, ticket, member)
            if rank > most or (rank == most != -NEVER and is_older(moment, place, best)):
                best, most = place, rank
    return best


@inner
def nobody_is_open(moment: Moment) -> bool:
    """Nobody who is here has room for anything."""
    return bool(moment.tally.open[1] + moment.tally.open[2] + moment.tally.open[3] == 0)


@inner
def is_idler(moment: Moment, member: int, other: int) -> bool:
    """Idle longer; of two alike, the smaller id."""
    crew = moment.crew
    if crew.idle_since[member] != crew.idle_since[other]:
        return bool(crew.idle_since[member] < crew.idle_since[other])
    return bool(crew.ids[member] < crew.ids[other])


@inner
def is_older(moment: Moment, place: int, other: int) -> bool:
    """Waiting longer; of two alike, the smaller id."""
    line, ticket, than = moment.line, moment.waiting[place], moment.waiting[other]
    if line.waiting_since[ticket] != line.waiting_since[than]:
        return bool(line.waiting_since[ticket] < line.waiting_since[than])
    return bool(line.ids[ticket] < line.ids[than])
