"""What was found on one scenario, ready to be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from benchmarks.routing.contestants import OURS
from benchmarks.routing.objective import FIGURES, Floats
from benchmarks.routing.verdict import Margin, Verdict, mean_points


@dataclass(frozen=True)
class Bound:
    """`what` cannot be beaten by any policy (`proven`), or is at least hard to beat: its value, and ours beside it."""

    what: str
    unit: str
    value: float
    ours: float
    proven: bool
    why: str


@dataclass(frozen=True)
class Finding:
    """`rows` f64[runs, columns] by policy; `settings` the dials of each; `tells`: what the desk is like."""

    name: str
    title: str
    tells: str
    runs: int
    rows: Mapping[str, Floats]
    settings: Mapping[str, Mapping[str, float]]
    verdict: Verdict
    bounds: tuple[Bound, ...]

    @property
    def ranking(self) -> list[str]:
        """The policies, fewest points first."""
        return sorted(self.rows, key=lambda name: mean_points(self.rows[name])[0])

    @property
    def margin(self) -> Margin:
        """Over the best classical policy: the one that comes closest, or is ahead."""
        return self.verdict.margins[0]

    @property
    def at_front(self) -> bool:
        """Not dominated by any classical policy."""
        return not self.verdict.dominating

    def figure(self, policy: str, name: str) -> float:
        """The mean of a figure."""
        return float(self.rows[policy][:, list(FIGURES).index(name)].mean())

    def changed_winners(self) -> list[str]:
        """The changes of the price list under which ours does not have the fewest points."""
        return [f"{change}: {name}" for change, name in self.verdict.winners.items() if name != OURS]
