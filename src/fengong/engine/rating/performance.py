"""Difficulty-adjusted performance: what each member would achieve at the same work."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit

from fengong.engine.rating.outcomes import Bools, Floats, Outcomes
from fengong.engine.rating.posterior import standard_normal
from fengong.engine.rating.predict import Work, predict
from fengong.engine.rating.ratings import Z90, Ratings
from fengong.engine.rating.shared import difficulty_places


@dataclass(frozen=True, slots=True)
class Mix:
    """The work everyone is measured at: kinds of ticket, c of them, and their shares f64[c], which sum to 1."""

    work: Work
    share: Floats


def mix_of(outcomes: Outcomes) -> Mix:
    """The team's average ticket: each ticket once, as it was graded last. Raises ValueError where there is none."""
    if not len(outcomes):
        raise ValueError("no ticket, no average ticket")
    order = np.lexsort((outcomes.at, outcomes.ticket))
    last = outcomes.where(order[np.append(np.diff(outcomes.ticket[order]) != 0, True)])
    facts = np.stack([last.topic, last.grade, last.text_grade, last.kind], axis=1)
    kinds, counts = np.unique(facts, axis=0, return_counts=True)
    return Mix(
        Work(kinds[:, 0], kinds[:, 1], kinds[:, 2], kinds[:, 3], np.full(len(kinds), -1)),
        counts / counts.sum(),
    )


@dataclass(frozen=True, slots=True)
class Performance:
    """f64[m] each: the share of the mix a member would solve, its 90 % interval, and the minutes a ticket takes."""

    solved: Floats
    low: Floats
    high: Floats
    minutes: Floats


def performance(ratings: Ratings, mix: Mix, topics: Bools | None = None) -> Performance:
    """Return what each member would achieve. `topics` bool[m, K] leaves to each member the part of the work it names.

    The interval is what is not known of the member (delta method, on logits); the work is the same for all, so what
    is not known of it does not count. Raises ValueError where a member is left without work.
    """
    count, work = len(ratings.mean), mix.work
    share = np.repeat(mix.share[None, :], count, axis=0)
    if topics is not None:
        share = share * topics[:, work.topic]
    if (share.sum(axis=1) <= 0).any():
        raise ValueError("every member needs a part of the work")
    share = share / share.sum(axis=1, keepdims=True)
    places = difficulty_places(ratings.layout, work)
    edge = ratings.mean[:, work.topic] - ratings.shared[places].sum(axis=1)
    nodes, weights = standard_normal()
    each = expit(edge[:, :, None] + ratings.scales.ticket * nodes)
    solved = (share * (each @ weights)).sum(axis=1)
    steep = share * ((each * (1.0 - each)) @ weights)
    pull = np.zeros((count, ratings.layout.topics))
    np.add.at(pull.T, work.topic, steep.T)
    cov = ratings.cov[:, : ratings.layout.topics, : ratings.layout.topics]
    variance = np.einsum("mk,mkl,ml->m", pull, cov, pull)
    spread = Z90 * np.sqrt(np.maximum(variance, 0.0)) / (solved * (1.0 - solved))
    return Performance(
        solved, expit(logit(solved) - spread), expit(logit(solved) + spread), _minutes(ratings, work, share)
    )


def _minutes(ratings: Ratings, work: Work, share: Floats) -> Floats:
    count, kinds = share.shape
    columns = (work.topic, work.grade, work.text_grade, work.kind, work.ticket)
    everything = Work(*(np.tile(column, count) for column in columns))
    found = predict(ratings, np.repeat(np.arange(count), kinds), everything)
    return np.asarray((share * found.minutes.reshape(count, kinds)).sum(axis=1))
