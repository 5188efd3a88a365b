"""A dispatch policy as a lead describes it: who is asked, when others are, and what each consideration weighs.

Plain values without the engine, whose dials are made from them in `bridge`. Minutes unless said otherwise; `inf` in a
number of minutes means never. Endless is null in their JSON.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf
from typing import Any

from fengong.dispatch.move_rules import MoveRules
from fengong.kernel.records import read, written

THREE = tuple[float, float, float]
FOUR = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Weights:
    """Points per consideration; zero switches it off. They are those of the engine, one by one."""

    lateness: float = 10.0
    skill_fit: float = 20.0
    over_qualification: float = 15.0
    reserve: float = 150.0
    surplus_skill: float = 6.0
    load_spread: float = 30.0
    given: float = 40.0
    continuity: float = 8.0
    growth: float = 4.0
    waiting: float = 90.0
    age: float = 10.0


@dataclass(frozen=True, slots=True)
class Scales:
    """What the weights are measured against: of low, normal, high and urgent priority, of time, of work."""

    priority: FOUR = (1.0, 2.0, 4.0, 8.0)
    lateness_scale: float = 60.0
    patience: float = 60.0
    brisk: float = 0.0
    rest: float = 0.0


@dataclass(frozen=True, slots=True)
class Skills:
    """Least and wanted proficiency by difficulty; a topic up to `stretch` above a learner's need is a lesson, given
    only while they hold at most the share `calm` of their capacity."""

    need: THREE = (1.0, 2.0, 3.0)
    wanted: THREE = (3.0, 4.0, 5.0)
    stretch: float = 1.0
    calm: float = 0.5


@dataclass(frozen=True, slots=True)
class Relaxation:
    """While nobody takes a ticket, the need falls by `step` every so many minutes, down to `floor`; a decline begins it
    anew."""

    every: float = inf
    step: float = 1.0
    floor: float = 1.0


@dataclass(frozen=True, slots=True)
class Tiers:
    """How far above its own tier a ticket may go, and when higher tiers help: at so many waiting tickets per member of
    its own, and from that priority on at once."""

    reach: int = 2
    overflow: float = 1.0
    urgent: int = 4


@dataclass(frozen=True, slots=True)
class Ring:
    """More teams who are asked when a ticket has waited so long."""

    after: float
    teams: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Who is asked first for tickets of these topics and channels, and who falls in when; empty means any.

    Whoever is in none of the rings is asked after `anybody` minutes. The first group that fits a ticket counts.
    """

    name: str
    teams: tuple[int, ...]
    topics: tuple[int, ...] = ()
    channels: tuple[str, ...] = ()
    priority: int = 1
    rings: tuple[Ring, ...] = ()
    anybody: float = inf


@dataclass(frozen=True, slots=True)
class Lending:
    """A team helps others while at most so many of its tickets wait per member and promises are at risk."""

    waiting: float = inf
    at_risk: float = inf


@dataclass(frozen=True, slots=True)
class Limit:
    """Tickets that members may have open at once, on one channel or in all; of these positions or of all."""

    most: int
    channel: str = ""
    positions: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Interrupting:
    """`over[p - 1]`: up to which priority work in hand makes way for a ticket of priority p, 0 for none; work on
    `sheltered` channels never does."""

    over: tuple[int, int, int, int] = (0, 0, 0, 0)
    sheltered: tuple[str, ...] = ("chat", "phone")


@dataclass(frozen=True, slots=True)
class Preferred:
    """A ticket is kept for whoever knows its customer, while they are here and have no room, for so long."""

    hold: float = 0.0


@dataclass(frozen=True, slots=True)
class Offers:
    """On these channels a member accepts work or passes it on within so many seconds. Who passed on a ticket is not
    asked for it again for `apart` minutes; who missed so many in a row is put to rest, 0 for never."""

    channels: tuple[str, ...] = ()
    seconds: float = 60.0
    apart: float = 30.0
    missed: int = 2


@dataclass(frozen=True, slots=True)
class Shifts:
    """What the roster means: minutes kept free before a shift ends (`guard`) and before a break; `ramp` minutes in
    which the room of somebody who just came grows from the share `first` to all of it; and whether those who have a
    roster get work on shift only."""

    guard: float = 5.0
    before_break: float = 0.0
    ramp: float = 0.0
    first: float = 0.25
    on_shift_only: bool = False


@dataclass(frozen=True, slots=True)
class Matching:
    """How thoroughly a large batch is searched."""

    top_n: int = 20
    prune_above: int = 300_000
    max_slots: int = 8


@dataclass(frozen=True, slots=True)
class PolicyRules:
    """Everything that decides who gets a ticket. As it comes, it is what a desk starts with."""

    weights: Weights = field(default_factory=Weights)
    scales: Scales = field(default_factory=Scales)
    skills: Skills = field(default_factory=Skills)
    relaxation: Relaxation = field(default_factory=Relaxation)
    tiers: Tiers = field(default_factory=Tiers)
    groups: tuple[Group, ...] = ()
    lending: Lending = field(default_factory=Lending)
    limits: tuple[Limit, ...] = ()
    interrupting: Interrupting = field(default_factory=Interrupting)
    preferred: Preferred = field(default_factory=Preferred)
    offers: Offers = field(default_factory=Offers)
    shifts: Shifts = field(default_factory=Shifts)
    matching: Matching = field(default_factory=Matching)
    moves: MoveRules = field(default_factory=MoveRules)

    @classmethod
    def from_json(cls, found: object) -> PolicyRules:
        """What `to_json` wrote, what is left out as it comes; raises Invalid with the path of what cannot be read."""
        return read(cls, found, "")

    def to_json(self) -> dict[str, Any]:
        """Values for a JSON field."""
        return written(self)
