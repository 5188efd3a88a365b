"""What a dispatcher sees at one instant: the tickets that wait and the members who might take them.

All times are minutes (float) since an epoch the caller picks; `inf` means never. Effort, load and capacity
are minutes of work. These are the values the façade `decide` reads; simulations build `arrays` themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf


@dataclass(frozen=True, slots=True)
class WaitingTicket:
    """One ticket without an owner. `tier` is the lowest tier that may take it now; escalation raises it."""

    id: int
    topic: int
    difficulty: int  # 1 common, 2 medium, 3 hard
    priority: int  # 1 low, 2 normal, 3 high, 4 urgent
    tier: int  # 1..3
    effort: float  # expected minutes of work, > 0
    waiting_since: float
    due_at: float = inf  # the next promised moment
    last_member: int | None = None  # who last worked for this customer
    barred: frozenset[int] = frozenset()  # members who must not get it (handed it over, conflict of interest)
    channel: int = 0  # where it came in; matters where members say how many they take per channel
    team: int | None = None  # the team it belongs to; None: any
    opens: Mapping[int, float] = field(default_factory=dict)  # team -> when its members are asked,
    opens_else: float = -inf  # and when those of all other teams are; inf: never
    only: int | None = None  # kept for this member; nobody else is asked

    def __post_init__(self) -> None:
        if not (1 <= self.difficulty <= 3 and 1 <= self.priority <= 4 and 1 <= self.tier <= 3):
            raise ValueError(f"ticket {self.id}: difficulty 1..3, priority 1..4 and tier 1..3 are needed")
        if not 0 < self.effort < inf:
            raise ValueError(f"ticket {self.id}: effort must be a positive number of minutes")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One member with what is held now and what could still be taken. Absent topics mean proficiency 0."""

    id: int
    tier: int  # 1..3
    proficiency: Mapping[int, float] = field(default_factory=dict)  # topic -> 1..5
    load: float = 0.0  # minutes of effort held open
    capacity: float = 0.0  # minutes of effort that may be held open
    present: bool = True
    off_at: float = inf  # end of the shift
    idle_since: float = -inf  # when work was last given or finished
    given: float = 0.0  # minutes of effort given in the last day
    last_given: float = -inf  # when a ticket was last given
    team: int | None = None  # None: helps every team
    held: Mapping[int, int] = field(default_factory=dict)  # channel -> tickets open
    slots: Mapping[int, int] = field(
        default_factory=dict
    )  # channel -> tickets open at most; absent: no limit
    most: int | None = None  # tickets open at most over all channels; None: no limit
    idled: float = 0.0  # idle minutes so far, the present ones not included

    def __post_init__(self) -> None:
        if not 1 <= self.tier <= 3:
            raise ValueError(f"member {self.id}: tier 1..3 is needed")


@dataclass(frozen=True, slots=True)
class Situation:
    """One instant: `now`, everything that waits, everyone who might take it. Ids are unique on each side."""

    now: float
    tickets: tuple[WaitingTicket, ...]
    members: tuple[Candidate, ...]

    def __post_init__(self) -> None:
        for name, ids in (("ticket", [t.id for t in self.tickets]), ("member", [m.id for m in self.members])):
            if len(set(ids)) != len(ids):
                raise ValueError(f"the same {name} id appears twice in one situation")
