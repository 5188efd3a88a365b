"""Customers contact the centre, for the first time or again, and are done with, for good or for a while."""

from __future__ import annotations

from fengong.engine.compiled import inner
from fengong.engine.simulation.centre.agenda import will_wait
from fengong.engine.simulation.centre.arrivals import next_arrival
from fengong.engine.simulation.centre.attempt import draw_of
from fengong.engine.simulation.centre.chance import (
    REOPENING_AFTER,
    REOPENS,
    RETRIES,
    RETRY_AFTER,
    length,
    uniform,
)
from fengong.engine.simulation.centre.figures import (
    IS_BLOCKED,
    note_abandonment,
    note_record,
    note_solution,
    period_of,
    row_of,
)
from fengong.engine.simulation.centre.line import quit_line, timer_of
from fengong.engine.simulation.centre.state import (
    AWAY,
    BLOCKED,
    FOLLOWUPS,
    FREE,
    OFFERED,
    REOPENED,
    World,
)
from fengong.engine.simulation.centre.timers import clear_timer, set_timer

GAVE_UP, DID_NOT_HOLD = 1, 2


@inner
def arrive(world: World, stream: int) -> int:
    """The next ticket of this stream, in a slot of its own; the timer is set for the one after it."""
    source, marks = world.streams[stream], world.marks[0]
    marks.spare -= 1
    slot = world.spare[marks.spare]
    ticket = world.tickets[slot]
    ticket.stream = stream
    ticket.number = source.number
    ticket.whole = world.pool[source.efforts + source.number] if source.traced else -1.0
    ticket.contact = 0
    ticket.again = 0
    ticket.ids = marks.arrived
    ticket.topic = source.topic
    ticket.team = source.team
    ticket.priority = source.priority
    ticket.channel = source.channel
    ticket.effort = source.planned
    ticket.last_member = -1
    marks.arrived += 1
    source.number += 1
    source.last = marks.now
    set_timer(world.timers, timer_of(world, 0) - len(world.streams) + stream, next_arrival(world, stream))
    return int(slot)


@inner
def enter(world: World, slot: int) -> None:
    """A contact: turned away if there is no place, else the ticket is about to wait."""
    ticket, marks, counts = world.tickets[slot], world.marks[0], world.counts
    clear_timer(world.timers, timer_of(world, slot))
    ticket.arrival = marks.now
    ticket.period = period_of(world, marks.now)
    ticket.row = row_of(world, ticket.stream, ticket.period)
    counts[ticket.row, OFFERED] += 1
    counts[ticket.row, FOLLOWUPS] += ticket.again == GAVE_UP
    counts[ticket.row, REOPENED] += ticket.again == DID_NOT_HOLD
    marks.events += 1
    _refresh(world, slot)
    if marks.in_centre >= world.habits[0].places:
        counts[ticket.row, BLOCKED] += 1
        note_record(world, slot, IS_BLOCKED)
        _depart(world, slot, GAVE_UP)
    else:
        marks.in_centre += 1
        will_wait(world, slot)


@inner
def _refresh(world: World, slot: int) -> None:
    """Nobody has had it in this contact."""
    ticket = world.tickets[slot]
    stream = world.streams[ticket.stream]
    ticket.member = -1
    ticket.tries = 0
    ticket.begun = -1.0
    ticket.share = stream.reopened_effort if ticket.again == DID_NOT_HOLD else 1.0
    ticket.worked = 0.0
    ticket.first_tier = 0
    ticket.booked = 0.0
    ticket.slotted = 0
    ticket.tier = stream.tier
    ticket.difficulty = stream.graded
    ticket.due_at = ticket.arrival + stream.promise
    for place in range(world.barred.shape[1]):
        world.barred[slot, place] = -1


@inner
def give_up(world: World, slot: int) -> None:
    """The customer's patience is over."""
    quit_line(world, slot)
    note_abandonment(world, slot)
    world.marks[0].in_centre -= 1
    _depart(world, slot, GAVE_UP)


@inner
def solve(world: World, slot: int, member: int) -> None:
    """Done, unless the solution does not hold."""
    note_solution(world, slot, member)
    world.marks[0].in_centre -= 1
    world.tickets[slot].last_member = member
    _depart(world, slot, DID_NOT_HOLD)


@inner
def _depart(world: World, slot: int, again: int) -> None:
    """The customer is gone: for good, or to come back for this reason."""
    source = world.streams[world.tickets[slot].stream]
    chance = source.retry if again == GAVE_UP else source.reopening
    if chance > 0.0 and _comes_back(world, slot, again, chance):
        return
    clear_timer(world.timers, timer_of(world, slot))
    world.tickets[slot].state = FREE
    world.spare[world.marks[0].spare] = slot
    world.marks[0].spare += 1


@inner
def _comes_back(world: World, slot: int, again: int, chance: float) -> bool:
    """Whether the customer comes back before the horizon; then the timer is set for it."""
    ticket, whether, after = world.tickets[slot], REOPENS, REOPENING_AFTER
    if again == GAVE_UP:
        whether, after = RETRIES, RETRY_AFTER
    draw, stream = draw_of(world, slot), ticket.stream
    if uniform(world.keys[stream, whether], draw) >= chance:
        return False
    minutes = length(world.pool, world.lengths[stream, after], world.keys[stream, after], ticket.period, draw)
    at = world.marks[0].now + minutes
    ticket.contact += 1
    ticket.again = again
    ticket.state = AWAY
    if at <= world.habits[0].horizon:
        set_timer(world.timers, timer_of(world, slot), at)
        return True
    return False
