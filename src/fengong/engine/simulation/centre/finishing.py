"""A member is done with a ticket, or with a part of it."""

from __future__ import annotations

from fengong.engine.compiled import inner
from fengong.engine.simulation.centre.agenda import will_look, will_wait
from fengong.engine.simulation.centre.attempt import along, draw_of
from fengong.engine.simulation.centre.chance import ANSWER_AFTER, length
from fengong.engine.simulation.centre.contacts import solve
from fengong.engine.simulation.centre.line import timer_of
from fengong.engine.simulation.centre.room import kept_of, rest, set_room
from fengong.engine.simulation.centre.state import (
    ASKED,
    BASE,
    DECLARED,
    FAILED,
    GONE,
    LEVEL,
    PACE,
    SPEED,
    World,
)
from fengong.engine.simulation.centre.timers import clear_timer, set_timer
from fengong.engine.simulation.centre.working import next_done, read_clock, stop

BEST = 5.0  # the highest proficiency


@inner
def finish(world: World, member: int) -> None:
    """The member's clock shows what the next ticket waits for."""
    person = world.people[member]
    read_clock(world, member)
    slot = next_done(world, member)
    ticket = world.tickets[slot]
    person.clock = max(person.clock, ticket.left)
    stop(world, slot, member)
    will_look(world, member)
    asks = ticket.ahead > 0.0
    set_room(world, slot, member, kept_of(world, slot, member) if asks else 0.0)
    if asks:
        _ask(world, slot)
        return
    world.marks[0].events += 1
    person.idle_since = world.marks[0].now
    if ticket.fails:
        _escalate(world, slot, member)
        return
    if world.habits[0].growth > 0.0:
        _grow(world, member, ticket.topic)
    solve(world, slot, member)


@inner
def _ask(world: World, slot: int) -> None:
    """The customer is asked something."""
    ticket = world.tickets[slot]
    ticket.state = ASKED
    one, key = world.lengths[ticket.stream, ANSWER_AFTER], world.keys[ticket.stream, ANSWER_AFTER]
    wait = length(world.pool, one, key, ticket.period, draw_of(world, slot))
    set_timer(world.timers, timer_of(world, slot), world.marks[0].now + wait)


@inner
def hear(world: World, slot: int) -> None:
    """The customer has answered: the member goes on with it as soon as there is room."""
    ticket = world.tickets[slot]
    clear_timer(world.timers, timer_of(world, slot))
    ticket.left = ticket.ahead
    ticket.ahead = 0.0
    if world.people[ticket.member].where == GONE and not world.habits[0].pausing:
        pass_on(world, slot)
    else:
        rest(world, slot, ticket.member)
        will_look(world, ticket.member)


@inner
def pass_on(world: World, slot: int) -> None:
    """What is left of the work waits for somebody else, because its person has gone."""
    ticket = world.tickets[slot]
    minutes = ticket.whole * ticket.factor
    ticket.share = min(1.0, ticket.left / minutes) if minutes > 0.0 else 0.0
    set_room(world, slot, ticket.member, 0.0)
    ticket.last_member = ticket.member
    will_wait(world, slot)


@inner
def _escalate(world: World, slot: int, member: int) -> None:
    """The attempt failed: the next tier where somebody is able gets the ticket, its difficulty now known."""
    ticket, barred = world.tickets[slot], world.barred
    difficulty = world.streams[ticket.stream].difficulty
    world.counts[ticket.row, FAILED] += 1
    ticket.tier = world.steps[ticket.topic, difficulty, world.people[member].tier]
    ticket.difficulty = max(ticket.difficulty, difficulty)
    for place in range(barred.shape[1] - 1, 0, -1):
        barred[slot, place] = barred[slot, place - 1]
    barred[slot, 0] = member
    ticket.share = 1.0
    will_wait(world, slot)


@inner
def _grow(world: World, member: int, topic: int) -> None:
    """Practice: a part of the way to the best."""
    world.skill[LEVEL, member, topic] += world.habits[0].growth * (BEST - world.skill[LEVEL, member, topic])
    repace(world, member, topic)


@inner
def repace(world: World, member: int, topic: int) -> None:
    """The pace that goes with the proficiency of now."""
    now = along(world.chances, SPEED, world.skill[LEVEL, member, topic])
    before = along(world.chances, SPEED, world.skill[DECLARED, member, topic])
    world.skill[PACE, member, topic] = world.skill[BASE, member, topic] * now / before
