"""The policy's tally kept up to date: what `routing.kernels.tally` counts, on the tables of a world."""

from __future__ import annotations

from fengong.engine.compiled import inner
from fengong.engine.simulation.centre.state import LEVEL, World


@inner
def count_waiting(world: World, slot: int, step: int) -> None:
    """A ticket begins (step 1) or ceases (-1) to wait."""
    ticket = world.tickets[slot]
    world.tally.waiting[ticket.tier, ticket.topic] += step
    world.tally.queued[ticket.team, ticket.tier] += step


@inner
def count_room(world: World, member: int, step: int) -> None:
    """To be called with -1 before a member's load changes, and with 1 after it."""
    person = world.people[member]
    if person.present and person.load < person.capacity:
        world.tally.free[person.group] += step
        world.tally.open[person.tier] += step
        world.tally.roomy[member] = step > 0


@inner
def count_presence(world: World, member: int, step: int) -> None:
    """The member, who is present, has come (step 1) or is about to go (-1)."""
    person, tally = world.people[member], world.tally
    tally.here[person.tier] += step
    tally.staff[person.team] += step
    for topic in range(world.skill.shape[2]):
        if world.skill[LEVEL, member, topic] > 0.0:
            tally.knowing[person.tier, topic] += step
    count_room(world, member, step)
