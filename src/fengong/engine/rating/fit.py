"""Learning from a record of outcomes at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fengong.engine.rating.arrow import diagonal_part
from fengong.engine.rating.channels import sight
from fengong.engine.rating.learning import learned, settled
from fengong.engine.rating.outcomes import Floats, Ints, Members, Outcomes
from fengong.engine.rating.posterior import Posterior, Problem, newton, swing
from fengong.engine.rating.priors import DAY, Priors, Scales
from fengong.engine.rating.ratings import Ratings, cold
from fengong.engine.rating.shared import Terms, ability_terms, belief, difficulty_places, layout_of
from fengong.engine.rating.slots import EXTRA, covariance, precision, slots_of

_MOST = 80  # steps
_WHOLE = 2000  # variables up to which the covariance at the end counts that members learn from one another's attempts
_AGAIN = 4  # steps after which it is worth asking again how uncertainty blurs
_TOLERANCE = 1e-3  # of a logit


def fit(
    outcomes: Outcomes, members: Members, priors: Priors | None = None, *, now: float | None = None
) -> Ratings:
    """Learn ability and difficulty jointly, by an approximate posterior (see `posterior`) and EM for the scales.

    `now` (minutes; the last outcome unless told) is when ability is stated for. Deterministic; the order of outcomes
    and of members does not matter. Raises ValueError where outcomes and members do not fit together.
    """
    priors = priors or Priors()
    members = members.checked()
    outcomes = outcomes.checked(members)
    outcomes = outcomes.where(outcomes.telling)
    if not len(outcomes):
        return cold(members, priors, at=now or 0.0)
    now = float(outcomes.at.max()) if now is None else now
    ages = _ages(outcomes, priors)
    layout = layout_of(members, int(outcomes.kind.max()) + 1, int(ages.max()))
    terms = ability_terms(layout, members)
    slots = slots_of(outcomes, len(members.declared), priors, priors.scales)
    batch = _Batch(
        outcomes,
        members,
        terms,
        ages,
        Problem(sight(outcomes, slots, layout, terms, ages), slots, layout, priors),
    )
    return _ratings(batch, *_climb(batch), now)


@dataclass(frozen=True, slots=True)
class _Batch:
    outcomes: Outcomes
    members: Members
    terms: Terms
    ages: Ints
    problem: Problem


def _ages(outcomes: Outcomes, priors: Priors) -> Ints:
    """How many periods of the tide before the last outcome each attempt ended."""
    if priors.scales.tide <= 0:
        return np.zeros(len(outcomes), dtype=np.int64)
    return np.asarray((outcomes.at.max() - outcomes.at) // priors.tide_period, dtype=np.int64)


def _climb(batch: _Batch) -> tuple[Posterior, Scales]:
    """Newton and EM by turns until nothing moves."""
    problem, members = batch.problem, batch.members
    layout, priors = problem.layout, problem.priors
    scales = priors.scales_for(len(layout.sizes))
    before = belief(layout, priors, scales, members)
    at = np.concatenate([before.mean, np.zeros(len(problem.slots))])
    for step in range(_MOST):
        found = newton(problem, scales, before, at, whole=False)
        at = found.at
        if step % _AGAIN == 0:
            blurred = swing(problem, found)
        new = learned(problem, scales, found, blurred) if priors.learn else scales
        done = settled(scales, new, found.solved, _TOLERANCE)
        scales, before = new, belief(layout, priors, new, members)
        if done:
            break
    return newton(problem, scales, before, at, whole=len(problem.slots) <= _WHOLE), scales


def _ratings(batch: _Batch, found: Posterior, scales: Scales, now: float) -> Ratings:
    outcomes, members, layout = batch.outcomes, batch.members, batch.problem.layout
    count, topics = members.declared.shape
    mean, cov = np.zeros((count, topics + EXTRA)), np.zeros((count, topics + EXTRA, topics + EXTRA))
    for member in range(count):
        mean[member], cov[member] = _member(batch, found, scales, member, now)
    told = outcomes.solved | outcomes.escalated
    seen = np.zeros((count, topics))
    np.add.at(seen, (outcomes.member[told], outcomes.topic[told]), 1.0)
    tickets = batch.problem.sight.tickets
    expected, variance = _expected(batch, found, tickets)
    return Ratings(
        members=members,
        scales=scales,
        layout=layout,
        mean=mean,
        cov=cov,
        at=np.full(count, now),
        seen=seen,
        shared=found.at[: len(layout)],
        spread=found.solved.head,
        ticket=tickets,
        difficulty=expected + found.found.mean,
        difficulty_sd=np.sqrt(variance + found.found.variance),
        residue=found.found.mean,
        residue_var=found.found.variance,
    )


def _expected(batch: _Batch, found: Posterior, tickets: Ints) -> tuple[Floats, Floats]:
    """Each ticket's expected difficulty, from how and when it was graded last, and its variance."""
    outcomes, layout = batch.outcomes, batch.problem.layout
    order = np.lexsort((outcomes.at, outcomes.ticket))
    last = order[np.searchsorted(outcomes.ticket[order], tickets, side="right") - 1]
    places, ages = difficulty_places(layout, outcomes.where(last)), batch.ages[last]
    places = np.column_stack([places, np.where(ages > 0, layout.earlier + ages - 1, 0)])
    weights = np.ones(places.shape)
    weights[:, -1] = ages > 0
    covariance = found.solved.head[places[:, :, None], places[:, None, :]]
    return (weights * found.at[places]).sum(axis=1), np.einsum("nu,nuw,nw->n", weights, covariance, weights)


def _member(
    batch: _Batch, found: Posterior, scales: Scales, member: int, now: float
) -> tuple[Floats, Floats]:
    """Ability by topic now, pace and manner of one member, from the slots they were seen in."""
    slots, layout, terms = batch.problem.slots, batch.problem.layout, batch.terms
    mine = slice(int(slots.bounds[member]), int(slots.bounds[member + 1]))
    size, topics, shared = mine.stop - mine.start, layout.topics, len(layout)
    first = int(slots.first(member))
    run = slice(first, first + size + EXTRA)
    every, today = np.arange(topics), np.full(topics, max(0.0, (now - slots.start) / DAY))
    known = (slots.topic[mine], slots.time[mine])
    across = covariance(scales, every, today, *known)
    carry = np.zeros((topics + EXTRA, size + EXTRA))
    carry[:topics, :size] = across @ precision(scales, *known)
    carry[topics:, size:] = np.eye(EXTRA)
    places, weights = terms.places[member], np.zeros((topics + EXTRA, terms.places.shape[1]))
    weights[:topics] = terms.weights[member]
    solved = found.solved
    cov = carry @ diagonal_part(solved.inner, first, size + EXTRA) @ carry.T
    mixed = carry @ solved.across(run, places) @ weights.T
    cov += mixed + mixed.T + weights @ solved.head[np.ix_(places, places)] @ weights.T
    cov[:topics, :topics] += covariance(scales, every, today, every, today) - carry[:topics, :size] @ across.T
    mean = carry @ found.at[shared:][run] + weights @ found.at[places]
    return mean, (cov + cov.T) / 2.0
