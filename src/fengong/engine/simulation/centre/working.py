"""What a member has in work, and how fast it goes.

Each member has a clock that shows the minutes of work done on every single ticket in work since the clock was last at
zero. It goes at a speed that depends on how many tickets are open at once, so a change of speed moves no ticket, only
the moment when the clock will show what the next ticket to be finished waits for.
"""

from __future__ import annotations

from math import inf

from fengong.engine.compiled import inner
from fengong.engine.simulation.centre.figures import is_counted
from fengong.engine.simulation.centre.state import HERE, WORKED, World
from fengong.engine.simulation.centre.timers import set_timer


@inner
def is_paused(world: World, member: int) -> bool:
    """What is in hand rests, because its person is away."""
    return bool(world.habits[0].pausing and world.people[member].where != HERE)


@inner
def slower(world: World, member: int) -> float:
    """Minutes that pass for one minute of work."""
    return float(1.0 + world.habits[0].slowdown * (world.people[member].open - 1))


@inner
def read_clock(world: World, member: int) -> None:
    """Bring the clock up to now. To be done before anything changes about the member's work or presence."""
    person, now = world.people[member], world.marks[0].now
    if person.open > 0 and not is_paused(world, member):
        passed = now - person.read_at
        person.clock += passed / slower(world, member)
        person.toil += passed
        person.busy += max(0.0, now - max(person.read_at, world.habits[0].warmup))
    person.read_at = now


@inner
def start(world: World, slot: int, member: int) -> None:
    """Take up a ticket with `left` minutes to do; the clock has been read."""
    person, ticket = world.people[member], world.tickets[slot]
    if person.open == 0:
        person.clock = 0.0
    ticket.state = WORKED
    ticket.part = ticket.left
    ticket.left += person.clock
    world.work[member, person.open] = slot
    person.open += 1


@inner
def stop(world: World, slot: int, member: int) -> None:
    """Put a ticket down; `left` is again what is to do. The clock has been read."""
    person, ticket = world.people[member], world.tickets[slot]
    at = 0
    while world.work[member, at] != slot:
        at += 1
    person.open -= 1
    world.work[member, at] = world.work[member, person.open]
    ticket.left = max(0.0, ticket.left - person.clock)
    done = ticket.part - ticket.left
    ticket.worked += done
    if is_counted(world):
        person.worked += done


@inner
def next_done(world: World, member: int) -> int:
    """The ticket in work that is done first; there is one."""
    first = world.work[member, 0]
    for at in range(1, world.people[member].open):
        if world.tickets[world.work[member, at]].left < world.tickets[first].left:
            first = world.work[member, at]
    return int(first)


@inner
def plan(world: World, member: int) -> None:
    """Set the timer for the next ticket to be done. The timer's item is the member."""
    due = inf
    read_clock(world, member)
    if world.people[member].open > 0 and not is_paused(world, member):
        ahead = world.tickets[next_done(world, member)].left - world.people[member].clock
        due = world.marks[0].now + max(0.0, ahead) * slower(world, member)
    set_timer(world.timers, member, due)
