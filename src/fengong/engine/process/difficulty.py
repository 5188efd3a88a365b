"""How hard each case really was, and how hard it would have been graded from what was known when it opened."""

from __future__ import annotations

import numpy as np

from fengong.engine.process.log import Bools, Floats, Ints
from fengong.engine.process.stints import Stints

NEEDED_SHARE = 0.25  # a higher line did part of the work when it gave at least this share of the effort …
NEEDED_MINUTES = 5.0  # … and at least this long
_FOLDS = 5


def true_difficulty(stints: Stints, effort: Floats, team_tier: Ints, cases: int) -> Ints:
    """Return the highest line each case needed, i64[cases] in 1..3.

    That is the line that resolved it, or a higher one that did a real part of the work. A line the case only passed
    through does not count, neither does a low line that closed what a higher one had solved.
    """
    tier = team_tier[stints.team]
    needed = np.ones(cases, dtype=np.int64)
    last = _last_of_case(stints.case)
    needed[stints.case[last]] = tier[last]
    whole = np.bincount(stints.case, effort, minlength=cases)
    for line in (2, 3):
        given = np.bincount(stints.case[tier == line], effort[tier == line], minlength=cases)
        part = (given >= NEEDED_MINUTES) & (given >= NEEDED_SHARE * whole)
        needed[part] = np.maximum(needed[part], line)
    return needed


def _last_of_case(case: Ints) -> Bools:
    last = np.ones(len(case), dtype=bool)
    last[:-1] = case[1:] != case[:-1]
    return last


def graded(difficulty: Ints, facts: Ints, *, smoothing: float = 1.0) -> Ints:
    """Grade every case from the facts known when it opened, by a model that never saw that case, i64[cases].

    Naive Bayes over categorical facts (i64[cases, k]) with additive smoothing, in five interleaved folds: each fifth is
    graded from the other four. It stands for what a dispatcher could have known, errors included.
    """
    grades = np.ones_like(difficulty)
    fold = np.arange(len(difficulty)) % _FOLDS
    for f in range(_FOLDS):
        held = fold == f
        if held.any() and (~held).any():
            grades[held] = _naive_bayes(difficulty[~held], facts[~held], facts[held], smoothing)
    return grades


def _naive_bayes(known: Ints, facts: Ints, asked: Ints, smoothing: float) -> Ints:
    prior = np.bincount(known - 1, minlength=3) + smoothing
    score = np.tile(np.log(prior / prior.sum()), (len(asked), 1))
    for column in range(facts.shape[1]):
        width = int(max(facts[:, column].max(), asked[:, column].max())) + 1
        counts = np.zeros((width, 3)) + smoothing * prior / prior.sum()
        np.add.at(counts, (facts[:, column], known - 1), 1.0)
        score += np.log(counts / counts.sum(axis=0))[asked[:, column]]
    return np.asarray(score.argmax(axis=1) + 1)
