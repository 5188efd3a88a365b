"""The dials of dispatch: who may take what, and what each consideration weighs.

Costs are in points. One point has no unit of its own; what matters is the exchange rate between terms, so
each dial says what it buys. The formulae stand in `costs`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf

ThreeLevels = tuple[float, float, float]
FourLevels = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Weights:
    """Points per term. Zero switches a term off."""

    lateness: float = 10.0  # a normal-priority promise missed by `lateness_scale` minutes weighs twice this
    skill_fit: float = 20.0  # proficiency four steps below the wanted one
    over_qualification: float = 15.0  # one tier above the ticket's own, when help is due
    reserve: float = 150.0  # the same while the own tier copes: more than waiting, so the ticket waits
    surplus_skill: float = 6.0  # proficiency four steps above the wanted one
    load_spread: float = 30.0  # taking a member from empty to full
    given: float = 40.0  # being the member who was given most in the last day
    continuity: float = 8.0  # reward for the member who last worked for this customer
    growth: float = 4.0  # reward for safe stretch work
    waiting: float = 90.0  # leaving a ticket waiting though somebody could take it
    age: float = 10.0  # a normal-priority ticket having waited `lateness_scale` minutes weighs twice this


@dataclass(frozen=True, slots=True)
class Easing:
    """How the proficiency asked for falls while a ticket waits: by `step` after every `every` minutes, not below
    `floor` (nor below the need itself, where that is lower).
    """

    every: float = inf
    step: float = 1.0
    floor: float = 1.0

    def __post_init__(self) -> None:
        if not (self.every > 0 and self.step >= 0 and self.floor > 0):
            raise ValueError("every and floor must be positive, step not negative")


@dataclass(frozen=True, slots=True)
class Lending:
    """A team lends its members to another team's tickets only while its own figures hold: at most `waiting` of its
    tickets wait per member present, and the promise of at most `at_risk` of them is at risk.
    """

    waiting: float = inf
    at_risk: float = inf

    def __post_init__(self) -> None:
        if not (self.waiting >= 0 and self.at_risk >= 0):
            raise ValueError("waiting and at_risk must not be negative")


@dataclass(frozen=True, slots=True)
class Interrupting:
    """`over[p - 1]`: the highest priority of work in hand that a ticket of priority p may interrupt, 0 = none ·
    `sheltered`: channels whose work is never interrupted (a customer is on the line).
    """

    over: tuple[int, int, int, int] = (0, 0, 0, 0)
    sheltered: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if any(over >= priority for priority, over in enumerate(self.over, start=1)):
            raise ValueError(
                "over must be below the priority itself: else two tickets interrupt each other for ever"
            )
        if not all(0 <= channel < 63 for channel in self.sheltered):
            raise ValueError("sheltered must be channels from 0 to 62")


@dataclass(frozen=True, slots=True)
class Rules:
    """What a policy obeys. Minutes unless said otherwise."""

    weights: Weights = field(default_factory=Weights)
    reach: int = 2  # tiers above the ticket's own that may take it at all
    guard: float = 5.0  # minutes kept free before the end of a shift
    need: ThreeLevels = (1.0, 2.0, 3.0)  # least proficiency for difficulty 1, 2, 3
    wanted: ThreeLevels = (3.0, 4.0, 5.0)  # proficiency beyond which more brings no better work
    priority: FourLevels = (1.0, 2.0, 4.0, 8.0)  # weight of low, normal, high, urgent
    lateness_scale: float = 60.0  # spread of the uncertain answer time
    patience: float = 60.0  # how long a full member, or nobody at all, takes to get to new work
    brisk: float = (
        0.0  # 1: savings count per minute of the member's work, so short work goes first; 0: as they are
    )
    rest: float = 0.0  # points for the member who was idle least so far, against the one who was idle most
    overflow: float = 1.0  # waiting tickets per own-tier member above which the next tiers help
    urgent: int = 4  # from this priority on higher tiers help at once
    stretch: float = 1.0  # up to this much above the need a topic is still a lesson
    calm: float = 0.5  # share of capacity up to which a learner may be stretched
    top_n: int = 20  # candidates kept per ticket before the matching of a large batch
    prune_above: int = 300_000  # tickets times free members up to which every candidate is kept
    max_slots: int = 8  # tickets one member may be given in one pass of the matching
    easing: Easing = field(default_factory=Easing)  # as they come, waiting changes no need,
    lending: Lending = field(default_factory=Lending)  # teams do not matter,
    interrupting: Interrupting = field(default_factory=Interrupting)  # and nothing is interrupted

    def __post_init__(self) -> None:
        if self.top_n < 2 or self.max_slots < 1 or self.reach < 0:
            raise ValueError("top_n must be at least 2, max_slots at least 1 and reach at least 0")
        if self.lateness_scale <= 0 or self.patience < 0 or self.guard < 0:
            raise ValueError("lateness_scale must be positive, patience and guard not negative")
        if self.brisk < 0:
            raise ValueError("brisk must not be negative")
        if min(self.need) <= 0:
            raise ValueError("need must be positive: without any proficiency nobody takes a ticket")
