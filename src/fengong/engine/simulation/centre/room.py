"""The room tickets take of a member's capacity, and the tickets that rest with a member until there is room again."""

from __future__ import annotations

from math import floor

from fengong.engine.compiled import inner
from fengong.engine.simulation.centre.state import HELD, RESTING, SLOTS, World
from fengong.engine.simulation.centre.tallying import count_room

GRID = 2.0**20  # minutes in a load are multiples of one over this, so that sums of them are exact


@inner
def room_of(world: World, slot: int, member: int) -> float:
    """What the ticket takes of this member's capacity."""
    unit = world.people[member].unit
    return float(unit if unit > 0.0 else world.tickets[slot].effort)


@inner
def kept_of(world: World, slot: int, member: int) -> float:
    """What it keeps of that while its customer is asked: all or nothing where only slots count."""
    unit, hold = world.people[member].unit, world.habits[0].hold
    if unit > 0.0:
        return float(unit if hold > 0.0 else 0.0)
    return float(floor(world.tickets[slot].effort * hold * GRID) / GRID)


@inner
def set_room(world: World, slot: int, member: int, room: float) -> None:
    """The ticket now takes this of the member's capacity, and a slot if it is more than nothing."""
    ticket, person = world.tickets[slot], world.people[member]
    count_room(world, member, -1)
    person.load += room - ticket.booked
    count_room(world, member, 1)
    slotted = 1 if room > 0.0 else 0
    world.room[HELD, member, ticket.channel] += slotted - ticket.slotted
    ticket.slotted = slotted
    ticket.booked = room


@inner
def fits(world: World, slot: int, member: int) -> bool:
    """The member has room for a ticket that rests with them."""
    ticket, person = world.tickets[slot], world.people[member]
    if person.load + room_of(world, slot, member) - ticket.booked > person.capacity:
        return False
    if ticket.slotted:
        return True
    room = world.room[:, member, ticket.channel]
    return bool(room[HELD] < room[SLOTS] and _held(world, member) < person.most)


@inner
def _held(world: World, member: int) -> int:
    total = 0
    for channel in range(world.room.shape[2]):
        total += world.room[HELD, member, channel]
    return total


@inner
def rest(world: World, slot: int, member: int) -> None:
    """The ticket lies with its member, who goes on with it when there is room. Room it has, it keeps."""
    person = world.people[member]
    world.tickets[slot].state = RESTING
    world.tickets[slot].next = -1
    if person.rest_first < 0:
        person.rest_first = slot
    else:
        world.tickets[person.rest_last].next = slot
    person.rest_last = slot


@inner
def unrest(world: World, member: int) -> int:
    """Take the first resting ticket off the member's list."""
    slot = world.people[member].rest_first
    world.people[member].rest_first = world.tickets[slot].next
    return int(slot)
