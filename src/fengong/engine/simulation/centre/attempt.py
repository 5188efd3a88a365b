"""One member tries one ticket: how long it takes, whether it succeeds, whether the customer must be asked."""

from __future__ import annotations

from fengong.engine.compiled import inner
from fengong.engine.routing.arrays import Floats
from fengong.engine.simulation.centre.chance import AWAITS, EFFORT, FAILS, length, uniform
from fengong.engine.simulation.centre.state import FAILURE, FAILURE_AT, LEVEL, PACE, World
from fengong.engine.simulation.centre.working import start

ROUND = 40  # bits for the number of a ticket in its stream; above them the number of the contact
_MOST_TRIES = 1 << 10


@inner
def begin(world: World, slot: int, member: int) -> None:
    """The member takes the ticket up; their clock has been read."""
    ticket, stream = world.tickets[slot], world.streams[world.tickets[slot].stream]
    ticket.tries += 1
    if ticket.whole < 0.0:
        ticket.whole = _whole(world, slot)
    ticket.factor = _factor(world, slot, member)
    minutes = ticket.whole * ticket.share * ticket.factor
    ticket.ahead = 0.0
    ticket.fails = 0
    if world.habits[0].failing and _fails(world, slot, member):
        ticket.fails = 1
        minutes *= world.habits[0].tried
    elif stream.awaits > 0.0 and _awaits(world, slot):
        ticket.ahead = (1.0 - stream.halt) * minutes
        minutes -= ticket.ahead
    ticket.left = minutes
    start(world, slot, member)


@inner
def draw_of(world: World, slot: int) -> int:
    """The number of a draw that is made once per contact."""
    return int(world.tickets[slot].number + (world.tickets[slot].contact << ROUND))


@inner
def _whole(world: World, slot: int) -> float:
    """The effort of the ticket, whoever tries it and however often."""
    ticket = world.tickets[slot]
    one, key = world.lengths[ticket.stream, EFFORT], world.keys[ticket.stream, EFFORT]
    return length(world.pool, one, key, ticket.period, ticket.number)


@inner
def _factor(world: World, slot: int, member: int) -> float:
    stream, toil = world.streams[world.tickets[slot].stream], world.people[member].toil
    factor = world.skill[PACE, member, stream.topic] * world.strain[member, stream.difficulty - 1]
    return float(factor * (1.0 + world.habits[0].fatigue * toil / 60.0))


@inner
def _fails(world: World, slot: int, member: int) -> bool:
    """A member below the difficulty, or of little proficiency, may fail, if there is somebody above who is able."""
    ticket, tier = world.tickets[slot], world.people[member].tier
    stream = world.streams[ticket.stream]
    if world.steps[stream.topic, stream.difficulty, tier] == 0:
        return False
    at_tier = world.chances[FAILURE + max(0, stream.difficulty - tier)]
    at_level = along(world.chances, FAILURE_AT, world.skill[LEVEL, member, stream.topic])
    draw = draw_of(world, slot) * _MOST_TRIES + ticket.tries
    return bool(uniform(world.keys[ticket.stream, FAILS], draw) < 1.0 - (1.0 - at_tier) * (1.0 - at_level))


@inner
def _awaits(world: World, slot: int) -> bool:
    """Whether the customer must be asked: once per contact, at the first attempt, if that succeeds."""
    ticket = world.tickets[slot]
    if ticket.tries > 1 or ticket.share < 1.0:
        return False
    drawn = uniform(world.keys[ticket.stream, AWAITS], draw_of(world, slot))
    return bool(drawn < world.streams[ticket.stream].awaits)


@inner
def along(values: Floats, begin: int, level: float) -> float:
    """The value at a proficiency 0..5 of the six from `begin` on, linear between whole ones."""
    low = min(4, int(level))
    below = values[begin + low]
    return float(below + (values[begin + low + 1] - below) * (level - low))
