"""The spread of residues is learned as if abilities were known only as well as they are."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import minimize_scalar

from benchmarks.rating.truth import Shape, simulate
from fengong.engine.rating.arrow import square
from fengong.engine.rating.channels import sight
from fengong.engine.rating.kernels.curvature import Swing
from fengong.engine.rating.learning import learned
from fengong.engine.rating.posterior import Problem, newton, swing
from fengong.engine.rating.priors import Priors, Scales
from fengong.engine.rating.shared import ability_terms, belief, layout_of
from fengong.engine.rating.slots import slots_of

SCALES = Scales(
    general=0.5, topical=0.7, ticket=0.9, topic=0.4, groups=(0.9,), satisfaction_sd=0.9, reopen_load=0.6
)


@pytest.fixture(scope="module")
def problem():
    truth = simulate(Shape(members=24, topics=5, tickets=1500), 6)
    o, members = truth.outcomes, truth.members
    priors, layout = Priors(scales=SCALES, weight=1e-6), layout_of(members)
    slots = slots_of(o, 24, priors, SCALES)
    laid = sight(o, slots, layout, ability_terms(layout, members), np.zeros(len(o), dtype=np.int64))
    return Problem(laid, slots, layout, priors), belief(layout, priors, SCALES, members)


def settled(problem, before, scales):
    at = np.concatenate([before.mean, np.zeros(len(problem.slots))])
    for _ in range(7):
        found = newton(problem, scales, before, at, whole=True)
        at = found.at
    return found


def evidence(problem, before, ticket):
    """Laplace's approximation of the log marginal likelihood, up to a constant."""
    found = settled(problem, before, replace(SCALES, ticket=ticket))
    shared, total = len(before.mean), found.found.loglik.sum()
    off = found.at[:shared] - before.mean
    total -= off @ before.precision @ off / 2.0
    for member, inner in enumerate(found.inner):
        mine = found.at[shared + int(problem.slots.first(member)) :][: len(inner)]
        total -= mine @ inner @ mine / 2.0
    covariance = found.solved.covariance()
    whole = np.block([[covariance.head, covariance.edge.T], [covariance.edge, square(covariance, 0)]])
    return total + np.linalg.slogdet(whole)[1] / 2.0


def test_the_spread_of_residues_is_where_the_evidence_peaks(problem):
    setting, before = problem
    peak = minimize_scalar(
        lambda ticket: -evidence(setting, before, ticket),
        bounds=(0.5, 1.5),
        method="bounded",
        options={"xatol": 0.01},
    ).x
    ends = {}
    for aware in (True, False):
        scales = SCALES
        for _ in range(12):
            found = settled(setting, before, scales)
            blurred = swing(setting, found)
            if not aware:
                blurred = Swing(*(np.zeros_like(part) for part in blurred))
            scales = replace(scales, ticket=learned(setting, scales, found, blurred).ticket)
        ends[aware] = scales.ticket
    assert ends[True] == pytest.approx(peak, abs=0.06)
    assert ends[False] < peak - 0.12  # what taking abilities for known would give
