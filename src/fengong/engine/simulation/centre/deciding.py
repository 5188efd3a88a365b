"""The policy's decisions, one after the other until the agenda is empty: the same kernels that dispatch live."""

from __future__ import annotations

from math import inf

from fengong.engine.compiled import inner
from fengong.engine.routing.kernels.choose import best_pair, best_ticket
from fengong.engine.routing.kernels.eligible import may_take
from fengong.engine.routing.kernels.interrupting import outranks
from fengong.engine.routing.kernels.moment import Moment
from fengong.engine.simulation.centre.agenda import has_looked, next_joiner
from fengong.engine.simulation.centre.attempt import begin
from fengong.engine.simulation.centre.figures import is_counted, note_answer
from fengong.engine.simulation.centre.line import abide, beat_timer, join_line, quit_line
from fengong.engine.simulation.centre.room import fits, rest, room_of, set_room, unrest
from fengong.engine.simulation.centre.state import HANDOVERS, HELD, HERE, Desk, World
from fengong.engine.simulation.centre.timers import set_timer
from fengong.engine.simulation.centre.working import plan, read_clock, start, stop

Match = tuple[int, int]  # the slot of a ticket and a member; -1: none


@inner
def decide(desk: Desk) -> None:
    """Work off the agenda."""
    slot, member = _next_match(desk)
    while slot >= 0:
        _give(desk, slot, member)
        slot, member = _next_match(desk)


@inner
def _next_match(desk: Desk) -> Match:
    match = (-1, -1)
    marks = desk.world.marks[0]
    while match[0] < 0 and _has_business(desk):
        if marks.asking >= 0:
            match = _who_takes(desk)
        else:
            match = _what_is_taken(desk)
    return match


@inner
def _has_business(desk: Desk) -> bool:
    """Whether somebody is to be asked: for a ticket (then `asking` is its place), or else the first looker."""
    world, marks = desk.world, desk.world.marks[0]
    if marks.asking >= 0:
        return True
    joiner = next_joiner(world)
    if joiner >= 0:
        join_line(desk, joiner)
        marks.asking = marks.length - 1
        return True
    if marks.round >= 0:
        if marks.round < marks.length and _somebody_is_open(desk):
            marks.asking = marks.round
            return True
        marks.round = -1
        beat = marks.now + world.habits[0].beat
        set_timer(world.timers, beat_timer(world), beat if marks.length > 0 else inf)
    return bool(marks.lookers > 0)


@inner
def _who_takes(desk: Desk) -> Match:
    """Ask who takes the ticket at the place `asking`. The policy may send one before it instead; then ask again."""
    world, marks = desk.world, desk.world.marks[0]
    asked, member, place = world.waiting[marks.asking], -1, -1
    if _somebody_is_open(desk):
        member, place = best_pair(world.habits[0].code, _moment(desk), marks.asking)
    if member >= 0 and place >= 0:
        slot = world.waiting[place]
        marks.round -= marks.round >= 0 and place < marks.asking
        marks.asking = -1 if slot == asked else marks.asking - (place < marks.asking)
        return slot, member
    marks.asking = -1
    if marks.round >= 0:
        marks.round += 1
        return -1, -1
    if world.habits[0].interrupts:
        member = _interrupted(desk, asked)
    if member < 0:
        abide(world, asked)
        return -1, -1
    return asked, member


@inner
def _what_is_taken(desk: Desk) -> Match:
    """Ask what the first looker takes: first what rests with them, then what the policy gives while there is room."""
    world, marks = desk.world, desk.world.marks[0]
    member = world.lookers[marks.looked]
    person, place = world.people[member], -1
    if person.where == HERE:
        while person.rest_first >= 0 and fits(world, person.rest_first, member):
            resume(desk, unrest(world, member), member)
        if person.rest_first < 0 and marks.length > 0 and person.load < person.capacity:
            place = best_ticket(world.habits[0].code, _moment(desk), member)
    if place >= 0:
        return world.waiting[place], member
    has_looked(world)
    plan(world, member)
    return -1, -1


@inner
def resume(desk: Desk, slot: int, member: int) -> None:
    """Go on with a ticket that rested. The caller plans the member's work afterwards."""
    read_clock(desk.world, member)
    set_room(desk, slot, member, room_of(desk.world, slot, member))
    start(desk.world, slot, member)


@inner
def _moment(desk: Desk) -> Moment:
    world, marks = desk.world, desk.world.marks[0]
    return Moment(desk.crew, desk.line, desk.tally, desk.dials, world.waiting, marks.length, marks.now)


@inner
def _somebody_is_open(desk: Desk) -> bool:
    opened = desk.tally.open
    return bool(opened[1] + opened[2] + opened[3] > 0)


@inner
def _give(desk: Desk, slot: int, member: int) -> None:
    """This member takes the waiting ticket."""
    world = desk.world
    ticket, person, now = world.tickets[slot], world.people[member], world.marks[0].now
    quit_line(desk, slot)
    if ticket.begun < 0.0:
        ticket.begun = now
        ticket.first_tier = person.tier
        note_answer(world, slot)
    elif ticket.member != member:
        world.counts[ticket.row, HANDOVERS] += 1
    ticket.member = member
    read_clock(world, member)
    if person.load == 0.0:
        person.idled += now - person.idle_since
    set_room(desk, slot, member, room_of(world, slot, member))
    person.given += ticket.effort
    person.last_given = now
    person.idle_since = now
    if is_counted(world):
        person.taken += 1
        person.handed += ticket.effort
    begin(world, slot, member)
    plan(world, member)


@inner
def _interrupted(desk: Desk, slot: int) -> int:
    """Who puts the least urgent work there is down for this ticket, where the rules allow it; -1: nobody."""
    world = desk.world
    found, victim = -1, -1
    for member in range(len(world.people)):
        for at in range(world.people[member].open):
            held = world.work[member, at]
            if _is_better(world, held, victim) and _could(desk, slot, member, held):
                found, victim = member, held
    if found >= 0:
        read_clock(world, found)
        stop(world, victim, found)
        set_room(desk, victim, found, 0.0)
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
def _could(desk: Desk, slot: int, member: int, held: int) -> bool:
    """The member may take the ticket if the held one is put down."""
    world, moment = desk.world, _moment(desk)
    person, booked, channel = world.people[member], world.tickets[held].booked, world.tickets[held].channel
    if not outranks(moment, slot, held):
        return False
    person.load -= booked
    world.room[HELD, member, channel] -= 1
    may = may_take(moment, slot, member)
    person.load += booked
    world.room[HELD, member, channel] += 1
    return may
