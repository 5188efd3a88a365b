"""What the kernels of a centre work on: everything that stays the same in a run, and everything that changes.

Tables with one row per person, ticket, stream and so on, kept as arrays of records: a kernel hands on few arrays, and
what belongs to one ticket lies together. The policy sees some of their columns as `routing.kernels.state` wants them.
Tickets live in slots that are used again, so memory does not grow with simulated time. Minutes throughout.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from fengong.engine.routing.arrays import Floats, Ints
from fengong.engine.routing.kernels.dials import Dials
from fengong.engine.routing.kernels.state import Crew, Line
from fengong.engine.routing.kernels.tally import Tally
from fengong.engine.simulation.centre.chance import Keys, Rows
from fengong.engine.simulation.centre.timers import Timers

FREE, COMING, WAITING, WORKED, ASKED, RESTING, AWAY = range(
    7
)  # where a ticket is; away: its customer comes back later
GONE, PAUSED, HERE = range(3)  # where a member is
COME, PAUSE, BACK, GO = range(4)  # what a calendar says
LEVEL, PACE, DECLARED, BASE = range(4)  # of `World.skill`: proficiency and pace, now and at the start
HELD, SLOTS = range(2)  # of `World.room`
FAILURE, FAILURE_AT, SPEED, OVER = 0, 3, 9, 15  # where they begin in `World.chances`

# Columns of `World.counts`, in the order of the fields of `result.Counts`, then four more: served by tier.
(
    OFFERED,
    SERVED,
    ABANDONED,
    BLOCKED,
    LEFT,
    ANSWERED,
    DELAYED,
    IN_TIME,
    GAVE_UP_IN_TIME,
    FOLLOWUPS,
    REOPENED,
    RIGHT_FIRST,
    HANDOVERS,
    FAILED,
) = range(14)
COUNTS = BY_TIER = 14
WAIT_SUM, WAIT_SQUARES, LONGEST_WAIT, PATIENCE_SUM, STAY_SUM, SUMS = range(6)


def _record(whole: str, real: str = "", **others: type) -> np.dtype[np.void]:
    """A row of these numbers; the others stand first."""
    fields = [(name, np.float64) for name in real.split()] + [(name, np.int64) for name in whole.split()]
    return np.dtype([*others.items(), *fields], align=True)


# A person. Up to `present` as in `routing.kernels.state.Crew`; then: unit booked per ticket, 0: the planned effort ·
# where · open tickets in work, the clock of work done and when it was read, toil since the last break · resting
# tickets, first and last of a list · looking: on the agenda · the figures of `result.People` · the squad, -1 none ·
# the calendar: entries first_entry .. last_entry, the one it is at and the turn of the cycle; chances of absence in
# the pool; missing 1: not come to this shift; where at minute 0 and until when.
PERSON = _record(
    "ids tier group team most where open rest_first rest_last looking taken solved interrupted squad first_entry "
    "last_entry entry turn chance_first chance_size missing at_start",
    "load capacity off_at idle_since given last_given idled unit clock read_at toil present_since busy here worked "
    "handed off_at_start",
    key=np.uint64,
    present=np.bool_,
)
# A ticket. First as in `routing.kernels.state.Line`; then: stream, its number there, period of arrival, row of the
# figures · state, member who has or had it (-1) · contact: how often this customer contacted about it before, and why
# again (1 gave up, 2 the solution did not hold) · tries in this contact; fails 1: the present one will · slotted 1:
# it has a slot of its member, and booked: minutes of capacity · first tier · next in a list of resting tickets ·
# arrival, begun (-1: not yet) · whole effort (-1: not drawn), share of it still to do, factor on its minutes with
# this member · left: minutes until this part is done or, in work, what the member's clock will show then; part: all
# its minutes; ahead: minutes of the next part, after the customer's answer; worked in all.
TICKET = _record(
    "ids topic difficulty priority tier channel team last_member stream number period row state member contact again "
    "tries fails slotted first_tier next",
    "effort waiting_since due_at booked arrival begun whole share factor left part ahead worked",
)
# A stream: `streams.Stream`, and its arrivals: traced 1: times pool[first : first + size] and efforts from `efforts`;
# else rates pool[first : first + size] per period of `span` minutes, busyness shape, `day` periods. Arrivals so far,
# the last of them, the factor of the day.
STREAM = _record(
    "topic team difficulty graded tier priority channel traced first size efforts day number factor_day",
    "planned promise retry reopening reopened_effort awaits halt span busyness last factor",
    busy_key=np.uint64,
)
ENTRY = _record(
    "what", "at off"
)  # of a calendar: minute of the cycle, minutes from then to the end of the shift
# A headcount: of members begin .. end, counts in the pool; how many now, and how many go when they finish.
SQUAD = _record("begin end first size step have surplus", "span")
HABITS = _record(
    "code holds periods interrupts pausing guarded failing",
    "horizon warmup places period cycle beat slowdown hold tried growth fading fatigue",
)
# Numbers that change: slots free, waiting, in the centre; events, records and arrivals so far; the agenda: joiners
# from `joined` on, lookers from `looked` on, the place in `waiting` being asked for, that of a round (-1:
# none), urging 1: whether it may break into work is asked · the slot given and who takes it, -1 nobody.
MARKS = _record(
    "spare length in_centre events recorded arrived joined joiners looked lookers asking round urging given taker",
    "now",
)


class World(NamedTuple):
    """The tables, and by member: skill f64[4, m, topics], room i64[2, m, channels], strain f64[m, 3], work i64[m, most]
    the tickets in work. barred i64[slots, 3] · keys u64[streams, PURPOSES], lengths of durations · pool f64, numbers
    the tables point to · habits, marks: one row · chances f64[19]: of failure by difficulty above the tier, by
    proficiency; minutes by proficiency; by priority the highest it may break into · steps i64[topics, 4, 4]: by
    difficulty and tier the next tier above where somebody is able, 0 none.

    counts i64[rows, COUNTS + 4], sums f64[rows, SUMS]: a row per stream and period, the last for what is not counted ·
    waits i64[streams, BINS] · areas f64[2, streams] minutes in queue and in the centre · records f64[records, 9].

    `waiting[:length]` are the slots of the tickets that wait, the longest waiting first, `spare` the free slots ·
    joiners, lookers: tickets about to wait, members about to look for work. Timers: members' work, calendars, squads,
    the hour, the beat, streams, then slots.
    """

    people: Rows
    tickets: Rows
    streams: Rows
    lengths: Rows
    entries: Rows
    squads: Rows
    habits: Rows
    marks: Rows
    timers: Timers
    tally: Tally
    skill: NDArray[np.float64]
    room: Ints
    strain: Floats
    work: Ints
    barred: Ints
    keys: Keys
    pool: Floats
    chances: Floats
    steps: Ints
    counts: Ints
    sums: Floats
    waits: Ints
    areas: Floats
    records: Floats
    waiting: Ints
    spare: Ints
    joiners: Ints
    lookers: Ints


class Sight(NamedTuple):
    """What the policy sees of a world beside its tally: views of the same arrays, and the dials."""

    crew: Crew
    line: Line
    dials: Dials


def sight_of(world: World, dials: Dials) -> Sight:
    """The same arrays by other names."""
    people, tickets = world.people, world.tickets
    own: dict[str, Rows] = {"proficiency": world.skill[LEVEL], "pace": world.skill[PACE]}
    own |= {"held": world.room[HELD], "slots": world.room[SLOTS]}
    crew = Crew(**{name: own[name] if name in own else people[name] for name in Crew._fields})
    columns: dict[str, Rows] = {name: tickets[name] for name in Line._fields if name != "barred"}
    return Sight(crew, Line(**columns, barred=world.barred), dials)
