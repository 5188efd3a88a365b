"""The event loop: one timer after the other, until the end or until there is no slot left for another ticket."""

from __future__ import annotations

from math import exp

from fengong.engine.compiled import inner, lean
from fengong.engine.simulation.centre.arrivals import next_arrival
from fengong.engine.simulation.centre.attending import (
    DAY,
    change_headcount,
    come,
    follow_calendar,
    leave,
    may_go,
    next_entry,
    settle_member,
)
from fengong.engine.simulation.centre.contacts import arrive, enter, give_up
from fengong.engine.simulation.centre.deciding import decide
from fengong.engine.simulation.centre.figures import IN_QUEUE, STAYING, add_minutes
from fengong.engine.simulation.centre.finishing import finish, hear, repace
from fengong.engine.simulation.centre.line import beat_timer, timer_of
from fengong.engine.simulation.centre.state import (
    ASKED,
    AWAY,
    DECLARED,
    FREE,
    GONE,
    LEFT,
    LEVEL,
    PAUSED,
    WAITING,
    WORKED,
    Desk,
    World,
)
from fengong.engine.simulation.centre.timers import set_timer

OVER, FULL = range(2)
HOUR = 60.0


@lean
def advance(desk: Desk, until: float) -> int:
    """Go on until this moment, or after the horizon until nothing is left to do. FULL: make room and call again.

    The first call opens up; the one that returns OVER has counted what was not over.
    """
    world = desk.world
    timers, marks, horizon = world.timers, world.marks[0], world.habits[0].horizon
    if marks.now < 0.0:
        _open_up(desk)
    while timers.size[0] > 0 and timers.time[0] <= until:
        if timers.time[0] > horizon and marks.in_centre == 0:
            break
        if marks.spare == 0:
            return FULL
        marks.now = timers.time[0]
        _happen(desk, timers.item[0])
        decide(desk)
    marks.now = min(until, max(horizon, marks.now))
    _settle(world)
    return OVER


@inner
def _happen(desk: Desk, item: int) -> None:
    """What the timer of this item was set for."""
    world, members = desk.world, len(desk.world.people)
    if item < members:
        finish(desk, item)
        may_go(desk, item)
    elif item > beat_timer(world):
        _of_ticket(desk, item)
    elif item < 2 * members:
        follow_calendar(desk, item - members)
    else:
        _of_house(desk, item)


@inner
def _of_ticket(desk: Desk, item: int) -> None:
    """A ticket comes or comes back, its customer gives up or answers."""
    world = desk.world
    slot = item - timer_of(world, 0)
    if slot < 0:
        slot = arrive(world, slot + len(world.streams))
        world.tickets[slot].state = AWAY
    state = world.tickets[slot].state
    if state == AWAY:
        enter(world, slot)
    elif state == WAITING:
        give_up(desk, slot)
    elif state == ASKED:
        hear(desk, slot)


@inner
def _of_house(desk: Desk, item: int) -> None:
    """A headcount, the hour, or the beat: then a round of questions begins."""
    world = desk.world
    if item < beat_timer(world) - 1:
        change_headcount(desk, item - 2 * len(world.people))
    elif item < beat_timer(world):
        _keep_hour(world, item)
    else:
        world.marks[0].round = 0
        set_timer(world.timers, item, world.marks[0].now + world.habits[0].beat)


@inner
def _keep_hour(world: World, item: int) -> None:
    """Every hour what was given counts less, by a day's measure; every day what was grown fades a little."""
    now, fading = world.marks[0].now, world.habits[0].fading
    set_timer(world.timers, item, now + HOUR)
    for member in range(len(world.people)):
        world.people[member].given *= exp(-HOUR / DAY)
        if fading > 0.0 and now % DAY < HOUR:
            _fade(world, member, fading)


@inner
def _fade(world: World, member: int, fading: float) -> None:
    for topic in range(world.skill.shape[2]):
        grown = world.skill[LEVEL, member, topic] - world.skill[DECLARED, member, topic]
        if grown > 0.0:
            world.skill[LEVEL, member, topic] -= fading * grown
            repace(world, member, topic)


@inner
def _open_up(desk: Desk) -> None:
    """Minute 0: who is there is there, and whatever comes first is ahead."""
    world, members = desk.world, len(desk.world.people)
    world.marks[0].now = 0.0
    for member in range(members):
        person = world.people[member]
        if person.at_start != GONE:
            come(desk, member, person.off_at_start)
        if person.at_start == PAUSED:
            leave(desk, member, PAUSED)
        if person.first_entry < person.last_entry:
            set_timer(world.timers, members + member, next_entry(world, member))
    for squad in range(len(world.squads)):
        set_timer(world.timers, 2 * members + squad, 0.0)
    set_timer(world.timers, beat_timer(world) - 1, HOUR)
    for stream in range(len(world.streams)):
        set_timer(world.timers, beat_timer(world) + 1 + stream, next_arrival(world, stream))


@inner
def _settle(world: World) -> None:
    """Count what is not over when the run ends."""
    for member in range(len(world.people)):
        settle_member(world, member)
    for slot in range(len(world.spare)):
        if world.tickets[slot].state not in (FREE, AWAY):
            _settle_ticket(world, slot)


@inner
def _settle_ticket(world: World, slot: int) -> None:
    ticket = world.tickets[slot]
    world.counts[ticket.row, LEFT] += 1
    add_minutes(world, STAYING, slot, ticket.arrival)
    if ticket.state == WAITING:
        add_minutes(world, IN_QUEUE, slot, ticket.waiting_since)
    if ticket.state == WORKED:
        ahead = ticket.left - world.people[ticket.member].clock
        world.people[ticket.member].worked += max(0.0, ticket.part - max(0.0, ahead))
