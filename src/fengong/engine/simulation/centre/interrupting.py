"""A ticket that nobody is free for breaks into work in hand, where the rules of dispatch allow it."""

from __future__ import annotations

from fengong.engine.compiled import inner
from fengong.engine.routing.kernels.eligible import may_take
from fengong.engine.routing.kernels.interrupting import outranks
from fengong.engine.routing.kernels.moment import Moment
from fengong.engine.simulation.centre.figures import is_counted
from fengong.engine.simulation.centre.room import rest, set_room
from fengong.engine.simulation.centre.state import HELD, World
from fengong.engine.simulation.centre.working import read_clock, stop


@inner
def interrupted(world: World, moment: Moment, slot: int) -> int:
    """Who puts the least urgent work there is down for this ticket, where the rules allow it; -1: nobody."""
    found, victim = -1, -1
    for member in range(len(world.people)):
        for at in range(world.people[member].open):
            held = world.work[member, at]
            if _is_better(world, held, victim) and _could(world, moment, (slot, held), member):
                found, victim = member, held
    if found >= 0:
        read_clock(world, found)
        stop(world, victim, found)
        set_room(world, victim, found, 0.0)
        rest(world, victim, found)
        world.people[found].interrupted += is_counted(world)
    return found


@inner
def _is_better(world: World, held: int, victim: int) -> bool:
    """Whether to interrupt this one rather than the one found so far: less urgent or, if alike, begun later."""
    if victim < 0:
        return True
    one, other = world.tickets[held], world.tickets[victim]
    if one.priority != other.priority:
        return bool(one.priority < other.priority)
    return bool(one.begun > other.begun)


@inner
def _could(world: World, moment: Moment, tickets: tuple[int, int], member: int) -> bool:
    """The member may take the first ticket if the second, now in hand, is put down."""
    slot, held = tickets
    person, booked, channel = world.people[member], world.tickets[held].booked, world.tickets[held].channel
    if not outranks(moment, slot, held):
        return False
    person.load -= booked
    world.room[HELD, member, channel] -= 1
    may = may_take(moment, slot, member)
    person.load += booked
    world.room[HELD, member, channel] += 1
    return may
