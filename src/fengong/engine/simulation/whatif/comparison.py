"""Sums up the runs of a trial: differences with intervals, what is certain, who gains and who pays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from math import ceil, inf, isfinite

import numpy as np
from scipy.stats import norm

from fengong.engine.simulation.desk import Desk, Floats, Ints
from fengong.engine.simulation.experiment import Workers, run_seeds
from fengong.engine.simulation.statistics.comparison import holm, paired
from fengong.engine.simulation.whatif.division import Division
from fengong.engine.simulation.whatif.forecast import Forecast
from fengong.engine.simulation.whatif.subject import BETTER, PEOPLE, Kind, Subject
from fengong.engine.simulation.whatif.trial import Trial, prepare, run

LEVEL = 0.05
POWER = 0.8
SMALLEST = 0.05  # the share of the figure before that a comparison should be able to see


@dataclass(frozen=True, slots=True)
class Effect:
    """One figure of one subject under both divisions.

    `before`, `after`: means over runs; `change`: of the differences run by run, with its own 95 % interval `low` ..
    `high`. All four are nan where either side has no such figure (a member who joins or leaves). `p` is adjusted for
    the family it was asked in. `runs` would be needed to see a difference of `SMALLEST`; inf when nothing tells.
    `standing`: 1 gains, -1 pays, 0 when no difference is certain or it is neither good nor bad. `reach`: the share of
    the tickets, or of the members, it is about.
    """

    subject: Subject
    before: float
    after: float
    change: float
    low: float
    high: float
    p: float
    runs: float
    standing: int
    reach: float

    @property
    def certain(self) -> bool:
        """Whether the difference stands after all that were looked at together."""
        return self.p < LEVEL

    @property
    def relative(self) -> float:
        """The change as a share of what was before; inf if that was nothing."""
        if not self.change:
            return 0.0
        return self.change / abs(self.before) if self.before else inf


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was found. `identical`: no figure differs in any run. `weeks`: the compared time."""

    effects: tuple[Effect, ...]
    runs: int
    weeks: float
    identical: bool

    def of(self, kind: Kind, figure: str) -> tuple[Effect, ...]:
        """Return this figure of every subject of a kind."""
        return tuple(e for e in self.effects if e.subject.kind == kind and e.subject.figure == figure)

    def gains(self, kind: Kind) -> tuple[Effect, ...]:
        """Return who is better off for certain, the largest relative change first."""
        return self._stand(kind, 1)

    def pays(self, kind: Kind) -> tuple[Effect, ...]:
        """Return who is worse off for certain, the largest relative change first."""
        return self._stand(kind, -1)

    def _stand(self, kind: Kind, standing: int) -> tuple[Effect, ...]:
        found = [e for e in self.effects if e.subject.kind == kind and e.standing == standing]
        return tuple(sorted(found, key=lambda effect: -abs(effect.relative)))


def compare(
    desk: Desk,
    before: Division,
    after: Division,
    seeds: Sequence[int],
    *,
    groups: Ints | None = None,
    forecast: Forecast | None = None,
    workers: Workers | None = None,
) -> Comparison:
    """Run both divisions on every seed and sum up. Arguments and errors as for `prepare`; two seeds at least."""
    trial = prepare(desk, before, after, groups=groups, forecast=forecast)
    return summed(trial, run_seeds(partial(run, trial), seeds, workers))


def summed(trial: Trial, rows: Floats) -> Comparison:
    """Sum up `rows` f64[runs, 2, subjects], one of `run` for each seed.

    Raises ValueError for fewer than two runs: one run says nothing about its own luck.
    """
    if len(rows) < 2:
        raise ValueError("a comparison needs at least two runs")
    ours, theirs = rows[:, 1], rows[:, 0]
    change, half, p, spread = _tested(ours, theirs)
    adjusted = _adjusted(trial.subjects, p)
    runs = _runs_needed(spread, SMALLEST * np.abs(_mean(theirs)))
    reach = _reach(trial)
    before, after = _mean(theirs), _mean(ours)
    effects = tuple(
        Effect(
            subject=subject,
            before=float(before[i]),
            after=float(after[i]),
            change=float(change[i]),
            low=float(change[i] - half[i]),
            high=float(change[i] + half[i]),
            p=float(adjusted[i]),
            runs=float(runs[i]),
            standing=_standing(subject, float(change[i]), float(adjusted[i])),
            reach=float(reach[i]),
        )
        for i, subject in enumerate(trial.subjects)
    )
    same = bool(np.array_equal(ours, theirs, equal_nan=True))
    return Comparison(effects, len(rows), trial.weeks, same)


def _mean(values: Floats) -> Floats:
    known = np.isfinite(values)
    count = known.sum(axis=0)
    total = np.where(known, values, 0.0).sum(axis=0)
    return np.asarray(np.divide(total, count, out=np.full(len(count), np.nan), where=count > 0))


def _tested(ours: Floats, theirs: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Return the mean difference, half of its interval, its p-value and the spread of single differences.

    Where a figure has no value in some run (a group without tickets that time) the others are used, two at least.
    """
    found = np.full((4, ours.shape[1]), np.nan)
    there = np.isfinite(ours) & np.isfinite(theirs)
    whole = there.all(axis=0)
    found[:, whole] = _paired(ours[:, whole], theirs[:, whole])
    for i in np.flatnonzero(~whole & (there.sum(axis=0) >= 2)).tolist():
        use = there[:, i]
        found[:, [i]] = _paired(ours[use][:, [i]], theirs[use][:, [i]])
    return found[0], found[1], found[2], found[3]


def _paired(ours: Floats, theirs: Floats) -> Floats:
    tested = paired(ours, theirs, 1.0 - LEVEL)
    spread = (ours - theirs).std(axis=0, ddof=1)
    return np.stack([tested.estimate.mean, tested.estimate.half, tested.p_value, spread])


def _adjusted(subjects: tuple[Subject, ...], p: Floats) -> Floats:
    """Adjust by Holm 1979 within each family: all figures of everything together; of groups, of tiers and of members
    each figure is a question of its own, asked of all of them.
    """
    families: dict[tuple[str, str], list[int]] = {}
    for i, subject in enumerate(subjects):
        if np.isfinite(p[i]):
            figure = "" if subject.kind == "all" else subject.figure
            families.setdefault((subject.kind, figure), []).append(i)
    found = np.full(len(p), np.nan)
    for places in families.values():
        found[places] = holm(p[places])
    return found


def _standing(subject: Subject, change: float, p: float) -> int:
    if not p < LEVEL:  # also where there is no p
        return 0
    return int(np.sign(change)) * BETTER[subject.figure]


def _runs_needed(spread: Floats, smallest: Floats) -> Floats:
    """Return the runs with which a paired t-test at `LEVEL` sees a difference of `smallest` with probability `POWER`.

    n = (z(1 - a/2) + z(power))² s² / d² + z(1 - a/2)² / 2, Guenther 1981, Sample size formulas for normal theory t
    tests; `spread` is an estimate itself, so from few runs this is rough. At least 2; inf where d is 0.
    """
    wide, sure = float(norm.ppf(1.0 - LEVEL / 2.0)), float(norm.ppf(POWER))
    ratio = np.divide(spread, smallest, out=np.full(len(spread), inf), where=smallest > 0)
    needed = ((wide + sure) * ratio) ** 2 + wide**2 / 2.0
    return np.array([max(2.0, float(ceil(each))) if isfinite(each) else inf for each in needed.tolist()])


def _reach(trial: Trial) -> Floats:
    """Return the share of all tickets, or for what people do of all members, that each subject is about."""
    tickets, heads = trial.desk.tickets, len(trial.keys)
    by_group = np.bincount(trial.groups[trial.groups >= 0], minlength=trial.count) / len(tickets)
    by_tier = np.bincount(tickets.difficulty, minlength=4) / len(tickets)
    tiers = np.bincount(trial.after.team.staff.tier, minlength=4) / len(trial.after.team.keys)

    def share(subject: Subject) -> float:
        if subject.kind == "group":
            return float(by_group[subject.key])
        if subject.kind == "tier":
            return float((tiers if subject.figure in PEOPLE else by_tier)[subject.key])
        return 1.0 / heads if subject.kind == "member" else 1.0

    return np.array([share(subject) for subject in trial.subjects])
