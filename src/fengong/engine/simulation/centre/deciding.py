"""What the policy is asked, and what its answers bring about, until the agenda is empty.

The questions themselves are put in `loop.advance`: the policy is by far the largest kernel, and machine code is made
faster if it stands in one place.
"""

from __future__ import annotations

from math import inf

from fengong.engine.compiled import inner
from fengong.engine.simulation.centre.agenda import has_looked, next_joiner
from fengong.engine.simulation.centre.attempt import begin
from fengong.engine.simulation.centre.figures import is_counted, note_answer
from fengong.engine.simulation.centre.line import abide, beat_timer, join_line, quit_line
from fengong.engine.simulation.centre.room import fits, room_of, set_room, unrest
from fengong.engine.simulation.centre.state import HANDOVERS, HERE, OVER, World
from fengong.engine.simulation.centre.timers import set_timer
from fengong.engine.simulation.centre.working import plan, read_clock, start

WHO, WHAT, WHOSE, NOTHING = range(
    4
)  # takes the ticket at `asking`; the first looker takes; work it breaks into


@inner
def next_question(world: World) -> int:
    """Work off the agenda up to the next question to the policy."""
    marks, question, searching = world.marks[0], NOTHING, True
    while searching:
        if marks.taker >= 0:
            _give(world)
        elif marks.urging:
            question, searching = WHOSE, False
        elif _is_asking(world):
            question = _who(world)
            searching = question == NOTHING
        elif marks.lookers > 0:
            searching = not _looks_on(world)
            question = NOTHING if searching else WHAT
        else:
            searching = False
    return question


@inner
def _is_asking(world: World) -> bool:
    """Whether it is to be asked who takes a ticket: one that begins to wait or, in a round, each in turn."""
    marks = world.marks[0]
    if marks.asking >= 0:
        return True
    joiner = next_joiner(world)
    if joiner >= 0:
        join_line(world, joiner)
        marks.asking = marks.length - 1
    elif marks.round >= 0:
        if marks.round < marks.length and _somebody_is_open(world):
            marks.asking = marks.round
        else:
            marks.round = -1
            beat = marks.now + world.habits[0].beat if marks.length > 0 else inf
            set_timer(world.timers, beat_timer(world), beat)
    return bool(marks.asking >= 0)


@inner
def _who(world: World) -> int:
    """The question who takes it, if anybody could."""
    if _somebody_is_open(world):
        return WHO
    nobody(world)
    return NOTHING


@inner
def somebody(world: World, member: int, place: int) -> None:
    """The answer: this member takes the ticket at this place. It may be one before that asked for; then ask again."""
    marks = world.marks[0]
    marks.given = world.waiting[place]
    marks.taker = member
    if place == marks.asking:
        marks.asking = -1
    elif place < marks.asking:
        marks.asking -= 1
        marks.round -= marks.round >= 0


@inner
def nobody(world: World) -> None:
    """The answer: nobody takes it now. Where the rules allow it, the next question is whose work it may break into."""
    marks = world.marks[0]
    if marks.round >= 0:
        marks.round += 1
    elif world.habits[0].interrupts:
        marks.urging = 1
        return
    else:
        abide(world, world.waiting[marks.asking])
    marks.asking = -1


@inner
def breaks_in(world: World, member: int) -> None:
    """The answer: this member has put work down for it, or -1: it waits."""
    marks = world.marks[0]
    if member < 0:
        abide(world, world.waiting[marks.asking])
    else:
        marks.given = world.waiting[marks.asking]
        marks.taker = member
    marks.asking = -1
    marks.urging = 0


@inner
def _looks_on(world: World) -> bool:
    """Whether the first looker has room for something that waits, after what rested unless that is outranked."""
    member = world.lookers[world.marks[0].looked]
    person = world.people[member]
    if person.where == HERE:
        outranked = world.habits[0].interrupts and person.rest_first >= 0 and _is_outranked(world, member)
        if not outranked:
            _resume_all(world, member)
        if (
            world.marks[0].length > 0
            and person.load < person.capacity
            and (outranked or person.rest_first < 0)
        ):
            return True
    taken(world, -1)
    return False


@inner
def _is_outranked(world: World, member: int) -> bool:
    """Whether a ticket waits that might break into the one that rests first."""
    resting = world.tickets[world.people[member].rest_first].priority
    for place in range(world.marks[0].length):
        priority = world.tickets[world.waiting[place]].priority
        if resting <= world.chances[OVER + priority - 1]:
            return True
    return False


@inner
def taken(world: World, place: int) -> None:
    """The answer: the first looker takes the ticket at this place, or -1: nothing, and goes on with what rests."""
    marks = world.marks[0]
    member = world.lookers[marks.looked]
    if place >= 0:
        marks.given = world.waiting[place]
        marks.taker = member
    else:
        has_looked(world)
        _resume_all(world, member)
        plan(world, member)


@inner
def _resume_all(world: World, member: int) -> None:
    """Go on with what rests, while there is room and the member is here."""
    person = world.people[member]
    while person.where == HERE and person.rest_first >= 0 and fits(world, person.rest_first, member):
        _resume(world, unrest(world, member), member)


@inner
def _resume(world: World, slot: int, member: int) -> None:
    """Go on with a ticket that rested. The caller plans the member's work afterwards."""
    read_clock(world, member)
    set_room(world, slot, member, room_of(world, slot, member))
    start(world, slot, member)


@inner
def _somebody_is_open(world: World) -> bool:
    opened = world.tally.open
    return bool(opened[1] + opened[2] + opened[3] > 0)


@inner
def _give(world: World) -> None:
    """The taker takes the waiting ticket that was given."""
    marks = world.marks[0]
    slot, member = marks.given, marks.taker
    marks.taker = -1
    ticket, person, now = world.tickets[slot], world.people[member], world.marks[0].now
    quit_line(world, slot)
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
    set_room(world, slot, member, room_of(world, slot, member))
    person.given += ticket.effort
    person.last_given = now
    person.idle_since = now
    if is_counted(world):
        person.taken += 1
        person.handed += ticket.effort
    begin(world, slot, member)
    plan(world, member)
