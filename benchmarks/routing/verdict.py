"""What the rows of all policies, run on the same seeds, allow one to say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from benchmarks.routing.objective import FIGURES, LESS, RATES, TERMS, Floats, points
from fengong.engine.simulation.statistics.comparison import holm, paired
from fengong.engine.simulation.statistics.replications import over_replications

SURE = 0.05


@dataclass(frozen=True)
class Margin:
    """How far ours is ahead of `rival`, in points per ticket (positive: ahead), with a 95 % interval and Holm's p."""

    rival: str
    mean: float
    low: float
    high: float
    p_value: float
    share: float

    @property
    def says(self) -> str:
        """Ahead, behind, or not to be told apart."""
        if self.p_value > SURE:
            return "no difference shown"
        return "ahead" if self.mean > 0 else "behind"


@dataclass(frozen=True)
class Verdict:
    """`margins` of ours over each classical policy, the best first; `dominating`: classical policies that are nowhere
    significantly worse and somewhere significantly better; `worse_than` counts, by policy, figures where ours is.
    `winners`: who has the fewest points when one exchange rate is halved or doubled.
    """

    margins: tuple[Margin, ...]
    dominating: tuple[str, ...]
    winners: Mapping[str, str]


def judge(ours: str, rows: Mapping[str, Floats]) -> Verdict:
    """Judge rows f64[runs, columns] by policy, where row k of every policy comes from the same seed."""
    rivals = [name for name in rows if not name.startswith("fengong")]
    return Verdict(
        margins=_margins(rows[ours], {name: rows[name] for name in rivals}),
        dominating=tuple(name for name in rivals if dominates(rows[name], rows[ours])),
        winners=sensitivity({name: rows[name] for name in (ours, *rivals)}),
    )


def _margins(ours: Floats, rivals: Mapping[str, Floats]) -> tuple[Margin, ...]:
    mine = points(ours)
    found = [paired(points(theirs), mine) for theirs in rivals.values()]
    adjusted = holm(np.array([float(each.p_value) for each in found]))
    margins = [
        Margin(
            rival=name,
            mean=float(each.estimate.mean),
            low=float(each.estimate.low),
            high=float(each.estimate.high),
            p_value=float(p_value),
            share=float(each.estimate.mean) / max(1e-12, abs(float(points(theirs).mean()))),
        )
        for (name, theirs), each, p_value in zip(rivals.items(), found, adjusted, strict=True)
    ]
    return tuple(sorted(margins, key=lambda margin: margin.mean))


def dominates(theirs: Floats, ours: Floats) -> bool:
    """Whether they are significantly better in a figure of `FIGURES` and significantly worse in none.

    Each of the paired tests stands at the level 5 % by itself; within a policy the figures are corrected after Holm.
    """
    count = len(FIGURES)
    difference = paired(theirs[:, :count], ours[:, :count])
    gain = np.where(LESS, -1.0, 1.0) * difference.estimate.mean
    sure = holm(difference.p_value) <= SURE
    return bool((sure & (gain > 0)).any() and not (sure & (gain < 0)).any())


def sensitivity(rows: Mapping[str, Floats]) -> dict[str, str]:
    """Who has the fewest points with one rate times a half or two, by a name for the change."""
    found: dict[str, str] = {}
    for place, term in enumerate(TERMS):
        for factor, word in ((0.5, "½"), (2.0, "2")):
            rates = RATES.copy()
            rates[place] *= factor
            found[f"{word} × {term.name}"] = min(
                rows, key=lambda name: float(points(rows[name], rates).mean())
            )
    return found


def mean_points(rows: Floats) -> tuple[float, float]:
    """Points per ticket and half the width of their 95 % interval."""
    found = over_replications(points(rows))
    return float(found.mean), float(found.half)
