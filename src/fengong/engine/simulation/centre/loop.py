"""The event loop: one timer after the other, until the end or until there is no slot left for another ticket."""

from __future__ import annotations

from math import exp, inf

from fengong.engine.compiled import inner, lean
from fengong.engine.routing.kernels.choose import best_pair, best_ticket
from fengong.engine.routing.kernels.moment import Moment
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
from fengong.engine.simulation.centre.deciding import (
    WHAT,
    WHO,
    WHOSE,
    breaks_in,
    next_question,
    nobody,
    somebody,
    taken,
)
from fengong.engine.simulation.centre.figures import IN_QUEUE, STAYING, add_minutes
from fengong.engine.simulation.centre.finishing import finish, hear, repace
from fengong.engine.simulation.centre.interrupting import interrupted
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
    Sight,
    World,
)
from fengong.engine.simulation.centre.timers import set_timer

OVER, FULL, GOING = range(3)
HOUR = 60.0


@lean
def advance(world: World, sight: Sight, until: float) -> int:
    """Go on until this moment, or after the horizon until nothing is left to do. FULL: make room and call again.

    The first call opens up; the one that returns OVER has counted what was not over.
    """
    marks, code = world.marks[0], world.habits[0].code
    while True:
        question = next_question(world)
        moment = Moment(
            sight.crew, sight.line, world.tally, sight.dials, world.waiting, marks.length, marks.now
        )
        if question == WHO:
            member, place = best_pair(code, moment, marks.asking)
            if member >= 0 and place >= 0:
                somebody(world, member, place)
            else:
                nobody(world)
        elif question == WHAT:
            taken(world, best_ticket(code, moment, world.lookers[marks.looked]))
        elif question == WHOSE:
            breaks_in(world, interrupted(world, moment, world.waiting[marks.asking]))
        else:
            state = _go_on(world, until)
            if state != GOING:
                return state


@inner
def _go_on(world: World, until: float) -> int:
    """The next timer."""
    timers, marks, horizon = world.timers, world.marks[0], world.habits[0].horizon
    if marks.now < 0.0:
        _open_up(world)
        return GOING
    due = timers.time[0] if timers.size[0] > 0 else inf
    if due > until or (due > horizon and marks.in_centre == 0):
        marks.now = min(until, max(horizon, marks.now))
        _settle(world)
        return OVER
    if marks.spare == 0:
        return FULL
    marks.now = due
    _happen(world, timers.item[0])
    return GOING


@inner
def _happen(world: World, item: int) -> None:
    """What the timer of this item was set for."""
    members = len(world.people)
    if item < members:
        finish(world, item)
        may_go(world, item)
    elif item > beat_timer(world):
        _of_ticket(world, item)
    elif item < 2 * members:
        follow_calendar(world, item - members)
    else:
        _of_house(world, item)


@inner
def _of_ticket(world: World, item: int) -> None:
    """A ticket comes or comes back, its customer gives up or answers."""
    slot = item - timer_of(world, 0)
    if slot < 0:
        slot = arrive(world, slot + len(world.streams))
        world.tickets[slot].state = AWAY
    state = world.tickets[slot].state
    if state == AWAY:
        enter(world, slot)
    elif state == WAITING:
        give_up(world, slot)
    elif state == ASKED:
        hear(world, slot)


@inner
def _of_house(world: World, item: int) -> None:
    """A headcount, the hour, or the beat: then a round of questions begins."""
    if item < beat_timer(world) - 1:
        change_headcount(world, item - 2 * len(world.people))
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
def _open_up(world: World) -> None:
    """Minute 0: who is there is there, and whatever comes first is ahead."""
    members = len(world.people)
    world.marks[0].now = 0.0
    for member in range(members):
        person = world.people[member]
        if person.at_start != GONE:
            come(world, member, person.off_at_start)
        if person.at_start == PAUSED:
            leave(world, member, PAUSED)
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
