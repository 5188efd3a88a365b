"""What kernels look at: the facts of `arrays` and `rules` as named tuples of arrays, which machine code can take.

The arrays are shared with their owner, not copied: a simulation changes them in place between two calls. Times are
minutes since the caller's epoch, efforts minutes of work; f64 and i64 throughout.
"""

from __future__ import annotations

from typing import NamedTuple

from fengong.engine.routing.arrays import Flags, Floats, Ints


class Crew(NamedTuple):
    """Members, m of them.

    ids, tier (1..3), group i64[m] (members of one group are alike: same tier, team and skills), team i64[m] counted
    from 1, 0 = none · proficiency f64[m, topics], 0 = none, else 1..5 · pace f64[m, topics] multiplies a ticket's
    effort (1 = as planned, 2 = takes twice as long) · load, capacity f64[m] minutes of effort · held, slots
    i64[m, channels]: tickets open, and at most open at once, per channel; most i64[m]: at most over all channels ·
    present bool[m] · off_at, idle_since, given, last_given f64[m] · idled f64[m] idle minutes so far.
    """

    ids: Ints
    tier: Ints
    group: Ints
    proficiency: Floats
    pace: Floats
    load: Floats
    capacity: Floats
    held: Ints
    slots: Ints
    present: Flags
    off_at: Floats
    idle_since: Floats
    given: Floats
    last_given: Floats
    idled: Floats
    team: Ints
    most: Ints


class Line(NamedTuple):
    """Tickets, by slot. Which slots wait is said beside it, by an i64 array of slots and a count.

    ids, topic, difficulty (1..3), priority (1..4), tier (1..3), channel i64[k], team i64[k], 0 = any ·
    effort, waiting_since, due_at f64[k] · last_member i64[k] position or -1 · barred i64[k, b]: member positions that
    may not have it, -1 = none.
    """

    ids: Ints
    topic: Ints
    difficulty: Ints
    priority: Ints
    tier: Ints
    channel: Ints
    effort: Floats
    waiting_since: Floats
    due_at: Floats
    last_member: Ints
    barred: Ints
    team: Ints
