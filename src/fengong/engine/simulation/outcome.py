"""How the work went, ticket by ticket and member by member: of a recorded history as of a simulated run."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fengong.engine.simulation.desk import Bools, Floats, Ints


@dataclass(frozen=True, slots=True)
class Outcome:
    """Tickets, `n`: moments `arrival`, `assigned`, `begun`, `resolved` f64 (nan = never); `queued` f64, minutes without
    an owner in all; `customer` f64, minutes the customer was waited for; `stints`, `handovers` (changes of person),
    `returns` (to a team it had left) i64; `right_first` bool, the first tier that had it was the one it needed and it
    never left that tier. Members, `m`: `effort` f64 minutes worked, `taken` i64 stints begun.
    """

    arrival: Floats
    assigned: Floats
    begun: Floats
    resolved: Floats
    queued: Floats
    customer: Floats
    stints: Ints
    handovers: Ints
    returns: Ints
    right_first: Bools
    effort: Floats
    taken: Ints

    def part(self, which: Bools) -> Outcome:
        """Return the outcome of some tickets only; members stay as they are."""
        fields = ("arrival", "assigned", "begun", "resolved", "queued", "customer", "stints", "handovers")
        kept = {name: getattr(self, name)[which] for name in (*fields, "returns", "right_first")}
        return Outcome(**kept, effort=self.effort, taken=self.taken)


@dataclass(slots=True)
class Trail:
    """Counts hand-overs, returns and tiers of one ticket as it goes from hand to hand."""

    member: int = -1
    team: int = -1
    tier: int = 0
    handovers: int = 0
    returns: int = 0
    first_tier: int = 0
    left_tier: bool = False
    teams: tuple[int, ...] = ()

    def goes_to(self, member: int, team: int, tier: int) -> None:
        """Note the next holder."""
        if self.first_tier == 0:
            self.first_tier = tier
        elif member != self.member:
            self.handovers += 1
        if tier not in (self.tier, 0) and self.tier:
            self.left_tier = True
        if team != self.team:
            self.returns += team in self.teams
            self.teams = (*self.teams, team)
        self.member, self.team, self.tier = member, team, tier

    def right_first(self, difficulty: int) -> bool:
        """Tell whether the first tier was the one needed, and the ticket stayed there."""
        return self.first_tier == difficulty and not self.left_tier


def gini(values: Floats) -> float:
    """Return the Gini coefficient: 0 when all are equal, near 1 when one has everything; nan for no values.

    Half the relative mean absolute difference, by the sorted form G = sum (2i - n - 1) x_i / (n sum x).
    """
    n, total = len(values), float(values.sum())
    if n == 0:
        return float("nan")
    if total == 0:
        return 0.0
    rank = 2.0 * np.arange(1, n + 1) - n - 1.0
    return float((rank * np.sort(values)).sum() / (n * total))
