"""What would happen: chance to solve and minutes of work, for a member at a ticket."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from fengong.engine.rating.outcomes import Floats, Ints
from fengong.engine.rating.posterior import standard_normal
from fengong.engine.rating.priors import DAY
from fengong.engine.rating.ratings import Z90, Ratings
from fengong.engine.rating.shared import difficulty_places


@dataclass(frozen=True, slots=True)
class Prediction:
    """f64[n] each. `chance`: P(solved), everything uncertain averaged over; `low`, `high`: where it lies, at 90 %, for
    tickets of this kind, as ability and the effects of grade and topic are not exactly known. `minutes`: expected.
    """

    chance: Floats
    low: Floats
    high: Floats
    minutes: Floats


@dataclass(frozen=True, slots=True)
class Work:
    """Tickets that could be given to somebody, as in `Outcomes`: i64[n] each. `ticket` is -1 where it is a new one."""

    topic: Ints
    grade: Ints
    text_grade: Ints
    kind: Ints
    ticket: Ints


def predict(ratings: Ratings, member: Ints, work: Work, *, at: float | None = None) -> Prediction:
    """Predict one attempt of each member, i64[n], at each ticket.

    A ticket with outcomes is as hard as they tell. `at` (minutes) lets ability drift until then; without it, ability
    is as last seen.
    """
    edge, known = edges(ratings, member, work, at)
    mean, left = _residues(ratings, work.ticket)
    edge = edge - mean
    return Prediction(
        chance=averaged(edge, np.sqrt(known + left)),
        low=averaged(edge - Z90 * np.sqrt(known), np.sqrt(left)),
        high=averaged(edge + Z90 * np.sqrt(known), np.sqrt(left)),
        minutes=_minutes(ratings, member, work.topic, edge, np.sqrt(known + left)),
    )


def edges(ratings: Ratings, member: Ints, work: Work, at: float | None) -> tuple[Floats, Floats]:
    """Ability less expected difficulty f64[n], and the variance of what is known of it f64[n]."""
    topic, places = work.topic, difficulty_places(ratings.layout, work)
    harder = ratings.spread[places[:, :, None], places[:, None, :]].sum(axis=(1, 2))
    passed = np.zeros(len(member)) if at is None else np.maximum(at - ratings.at[member], 0.0) / DAY
    known = ratings.cov[member, topic, topic] + harder + ratings.scales.drift**2 * passed
    edge = ratings.mean[member, topic] - ratings.shared[places].sum(axis=1)
    return edge, np.maximum(known, 1e-12)


def averaged(edge: Floats, sd: Floats) -> Floats:
    """The logistic function averaged over N(edge, sd**2), any shape."""
    nodes, weights = standard_normal()
    return np.asarray(expit(edge[..., None] + sd[..., None] * nodes) @ weights)


def _residues(ratings: Ratings, ticket: Ints) -> tuple[Floats, Floats]:
    """Mean and variance of the tickets' residues."""
    mean, variance = np.zeros(len(ticket)), np.full(len(ticket), ratings.scales.ticket**2)
    if len(ratings.ticket):
        place = np.minimum(np.searchsorted(ratings.ticket, ticket), len(ratings.ticket) - 1)
        met = ratings.ticket[place] == ticket
        mean[met], variance[met] = ratings.residue[place[met]], ratings.residue_var[place[met]]
    return mean, variance


def _minutes(ratings: Ratings, member: Ints, topic: Ints, edge: Floats, sd: Floats) -> Floats:
    """Mean of the lognormal, over the edge and over solving and failing."""
    layout, scales = ratings.layout, ratings.scales
    time, pace = layout.time + topic, layout.topics
    middle = ratings.shared[time] - ratings.mean[member, pace]
    spread = scales.time_sd**2 + ratings.cov[member, pace, pace] + ratings.spread[time, time]
    nodes, weights = standard_normal()
    at = edge[:, None] + sd[:, None] * nodes
    solved = expit(at)
    slower = solved + (1.0 - solved) * np.exp(ratings.shared[layout.failed])
    return np.asarray(np.exp(middle + spread / 2.0) * ((np.exp(-scales.time_load * at) * slower) @ weights))
