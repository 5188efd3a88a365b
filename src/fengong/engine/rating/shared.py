"""The effects all members and tickets share, as one vector: where each stands, and what is believed of it before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from fengong.engine.rating.outcomes import GRADES, Floats, Ints, Members
from fengong.engine.rating.priors import DAY, Priors, Scales

MEDIUM = 2.0  # the grade that effects are counted from
_NOTHING = 1e-3  # the spread of what has no effect
_ORIGIN = 1e4  # precision with which the average member is put at 0


@dataclass(frozen=True, slots=True)
class Layout:
    """Places in the vector of shared effects, s of them, by the names of the module `priors`.

    In order: base, slope, undeclared, failed, liked, holds, then topic[k], time[k], grade[0..3], text_grade[0..3],
    kind[0..], the groups, column by column, and earlier[0..]. `level` is the average declared proficiency, which
    abilities are counted from; `silent` the share of (member, topic) cells without one; `ages` how many earlier periods
    there are.
    """

    topics: int
    kinds: int
    sizes: tuple[int, ...]
    level: float
    silent: float
    ages: int = 0

    base = 0
    slope = 1
    undeclared = 2
    failed = 3
    liked = 4
    holds = 5

    @property
    def topic(self) -> int:
        """Where difficulty by topic starts."""
        return 6

    @property
    def time(self) -> int:
        """Where log minutes by topic start."""
        return 6 + self.topics

    @property
    def grade(self) -> int:
        """Where difficulty by grade starts."""
        return 6 + 2 * self.topics

    @property
    def text_grade(self) -> int:
        """Where difficulty by text grade starts."""
        return self.grade + GRADES

    @property
    def kind(self) -> int:
        """Where difficulty by kind starts."""
        return self.text_grade + GRADES

    def group(self, column: int) -> int:
        """Where the groups of a column start."""
        return self.kind + self.kinds + sum(self.sizes[:column])

    @property
    def earlier(self) -> int:
        """Where it starts how much harder everything was in earlier periods, the one before the last first."""
        return self.group(len(self.sizes))

    def __len__(self) -> int:
        return self.earlier + self.ages


def layout_of(members: Members, kinds: int = 1, ages: int = 0) -> Layout:
    """Where the effects stand for these members, their topics, kinds of ticket (0 among them), and earlier periods."""
    known = members.declared > 0
    level = float(members.declared[known].mean()) if known.any() else 3.0
    silent = float(1.0 - known.mean()) if known.size else 0.0
    return Layout(members.declared.shape[1], kinds, members.sizes, level, silent, ages)


@dataclass(frozen=True, slots=True)
class Belief:
    """A normal distribution by its mean f64[s] and precision f64[s, s]."""

    mean: Floats
    precision: Floats


def belief(layout: Layout, priors: Priors, scales: Scales, members: Members) -> Belief:
    """What is believed of the shared effects before any outcome."""
    mean, sd = np.zeros(len(layout)), np.ones(len(layout))
    sd[layout.base], sd[layout.undeclared] = priors.base_sd, 0.5
    pairs = (
        (layout.slope, priors.slope),
        (layout.failed, priors.failed),
        (layout.liked, priors.liked),
        (layout.holds, priors.holds),
    )
    for place, (middle, spread) in pairs:
        mean[place], sd[place] = middle, spread
    sd[layout.topic : layout.time] = scales.topic
    mean[layout.time : layout.grade], sd[layout.time : layout.grade] = priors.minutes
    for start, (step, spread) in ((layout.grade, priors.grade_step), (layout.text_grade, priors.text_step)):
        mean[start + 1 : start + GRADES] = step * (np.arange(1, GRADES) - MEDIUM)
        sd[start : start + GRADES] = spread
    sd[layout.kind], sd[layout.kind + 1 : layout.group(0)] = _NOTHING, scales.kind
    for column, size in enumerate(layout.sizes):
        sd[layout.group(column) : layout.group(column) + size] = scales.groups[column]
    origin = _average_group(layout, members)
    precision = np.diag(sd**-2.0) + _ORIGIN * np.outer(origin, origin)
    precision[layout.earlier :, layout.earlier :] = _walk(
        layout.ages, scales.tide**2 * priors.tide_period / DAY
    )
    return Belief(mean, precision)


def _walk(steps: int, variance: float) -> Floats:
    """Precision of a random walk back from 0, f64[steps, steps]."""
    differences = np.eye(steps) - np.eye(steps, k=-1)
    return np.asarray(differences.T @ differences / variance) if steps else np.zeros((0, 0))


def _average_group(layout: Layout, members: Members) -> Floats:
    """How the effects of groups add up to the average member's ability, f64[s]."""
    origin = np.zeros(len(layout))
    for kind, column in enumerate(members.groups.T):
        some = column[column >= 0]
        np.add.at(origin, layout.group(kind) + some, 1.0 / max(1, len(column)))
    return origin


@dataclass(frozen=True, slots=True)
class Terms:
    """Which shared effects add up to expected ability: `places` i64[m, w], `weights` f64[m, topics, w]."""

    places: Ints
    weights: Floats

    def dense(self, member: int, effects: int) -> Floats:
        """Return the weights of one member over all effects, f64[topics, effects]."""
        out = np.zeros((self.weights.shape[1], effects))
        np.add.at(out.T, self.places[member], self.weights[member].T)
        return out


def ability_terms(layout: Layout, members: Members) -> Terms:
    """How the shared effects add up to each member's expected ability."""
    count, kinds = members.groups.shape
    places = np.zeros((count, 2 + kinds), dtype=np.int64)
    weights = np.zeros((*members.declared.shape, 2 + kinds))
    known = members.declared > 0
    places[:, 0], places[:, 1] = layout.slope, layout.undeclared
    weights[:, :, 0] = np.where(known, members.declared - layout.level, 0.0)
    weights[:, :, 1] = ~known & (layout.silent < 1.0)
    for kind, column in enumerate(members.groups.T):
        some = column >= 0
        places[some, 2 + kind] = layout.group(kind) + column[some]
        weights[some, :, 2 + kind] = 1.0
    return Terms(places, weights)


class Graded(Protocol):
    """Whatever has a topic, a grade, a grade of its text and a kind: i64[n] each."""

    @property
    def topic(self) -> Ints: ...
    @property
    def grade(self) -> Ints: ...
    @property
    def text_grade(self) -> Ints: ...
    @property
    def kind(self) -> Ints: ...


def difficulty_places(layout: Layout, tickets: Graded) -> Ints:
    """Which shared effects add up to each ticket's expected difficulty, i64[n, 5]. A kind not known has no effect."""
    kind = np.where(tickets.kind < layout.kinds, tickets.kind, 0)
    places = (
        np.full(len(tickets.topic), layout.base),
        layout.topic + tickets.topic,
        layout.grade + tickets.grade,
        layout.text_grade + tickets.text_grade,
        layout.kind + kind,
    )
    return np.stack(places, axis=1)
