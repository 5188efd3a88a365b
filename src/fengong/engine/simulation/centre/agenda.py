"""What is to be decided at this moment: tickets that begin to wait, then members who look for work.

Whatever happens only notes who is concerned; the decisions come afterwards, in one place (`deciding`).
"""

from __future__ import annotations

from fengong.engine.compiled import inner
from fengong.engine.simulation.centre.state import COMING, World


@inner
def will_wait(world: World, slot: int) -> None:
    """The ticket is about to wait."""
    marks = world.marks[0]
    world.tickets[slot].state = COMING
    world.joiners[marks.joiners] = slot
    marks.joiners += 1


@inner
def next_joiner(world: World) -> int:
    """Take the next ticket off the agenda; -1: none."""
    marks = world.marks[0]
    if marks.joined == marks.joiners:
        return -1
    slot = world.joiners[marks.joined]
    marks.joined += 1
    if marks.joined == marks.joiners:
        marks.joined = 0
        marks.joiners = 0
    return int(slot)


@inner
def will_look(world: World, member: int) -> None:
    """The member is about to look for work."""
    marks, person = world.marks[0], world.people[member]
    if not person.looking:
        person.looking = 1
        world.lookers[marks.lookers] = member
        marks.lookers += 1


@inner
def has_looked(world: World) -> None:
    """Take the member whose turn it was off the agenda."""
    marks = world.marks[0]
    world.people[world.lookers[marks.looked]].looking = 0
    marks.looked += 1
    if marks.looked == marks.lookers:
        marks.looked = 0
        marks.lookers = 0
