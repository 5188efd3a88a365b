"""The compiled sums against plain numerical differentiation of the likelihood they belong to."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import norm

from fengong.engine.rating.arrow import empty, solve, square
from fengong.engine.rating.channels import sight
from fengong.engine.rating.fit import fit
from fengong.engine.rating.posterior import Problem, newton
from fengong.engine.rating.priors import Priors, Scales
from fengong.engine.rating.shared import ability_terms, belief, layout_of
from fengong.engine.rating.slots import slots_of
from tests.engine.rating.desks import attempts, joined, small, team

SCALES = Scales(general=0.5, topical=0.6, ticket=0.9, tide=0.1, groups=(0.7,), time_load=0.25)


@pytest.fixture(scope="module")
def setting():
    truth = small()
    o = truth.outcomes.where(truth.outcomes.ticket < 60)
    ages = np.arange(len(o)) % 3
    priors, layout = Priors(scales=SCALES), layout_of(truth.members, 1, 2)
    slots = slots_of(o, 24, priors, SCALES)
    problem = Problem(
        sight(o, slots, layout, ability_terms(layout, truth.members), ages), slots, layout, priors
    )
    return problem, belief(layout, priors, SCALES, truth.members)


def height(problem, before, at):
    """Log posterior density, up to a constant."""
    found = newton(problem, SCALES, before, at, whole=True)
    shared, total = len(before.mean), found.found.loglik.sum()
    off = at[:shared] - before.mean
    total -= off @ before.precision @ off / 2.0
    for member, inner in enumerate(found.inner):
        mine = at[shared + int(problem.slots.first(member)) :][: len(inner)]
        total -= mine @ inner @ mine / 2.0
    return total


def test_the_mode_is_the_top_and_the_covariance_the_curvature_there(setting):
    problem, before = setting
    at = np.concatenate([before.mean, np.zeros(len(problem.slots))])
    for _ in range(12):
        found = newton(problem, SCALES, before, at, whole=True)
        at = found.at
    assert np.abs(found.solved.step).max() < 1e-8
    shared, step = len(before.mean), 1e-3
    covariance, rng = found.solved.covariance(), np.random.default_rng(2)
    whole = np.block([[covariance.head, covariance.edge.T], [covariance.edge, square(covariance, 0)]])
    top = height(problem, before, at)
    for place in [*rng.choice(len(at), 6, replace=False), shared - 1]:
        direction = whole[:, place] / whole[place, place]
        up, down = (height(problem, before, at + s * step * direction) for s in (1, -1))
        assert (up - down) / (2 * step) == pytest.approx(0.0, abs=1e-5)
        assert -(up - 2 * top + down) / step**2 == pytest.approx(1 / whole[place, place], rel=1e-3)


def test_members_apart_reach_the_same_mode(setting):
    problem, before = setting
    ends = []
    for whole in (True, False):
        at = np.concatenate([before.mean, np.zeros(len(problem.slots))])
        for _ in range(40):
            at = newton(problem, SCALES, before, at, whole=whole).at
        ends.append(at)
    assert np.allclose(*ends, atol=1e-6)


def test_an_arrow_is_solved_as_the_matrix_it_stands_for():
    rng = np.random.default_rng(3)
    arrow = empty(4, np.array([0, 3, 5]))
    root = rng.normal(size=(9, 30))
    matrix = root @ root.T
    matrix[4:7, 7:] = matrix[7:, 4:7] = 0.0
    matrix += 20 * np.eye(9)
    arrow.head[:], arrow.edge[:] = matrix[:4, :4], matrix[4:, :4]
    square(arrow, 0)[:], square(arrow, 1)[:] = matrix[4:7, 4:7], matrix[7:, 7:]
    arrow.gradient[:] = rng.normal(size=9)
    solved, inverse = solve(arrow), np.linalg.inv(matrix)
    assert np.allclose(solved.step, inverse @ arrow.gradient)
    assert np.allclose(solved.head, inverse[:4, :4])
    covariance = solved.covariance()
    assert np.allclose(covariance.edge, inverse[4:, :4])
    assert np.allclose(square(covariance, 0), inverse[4:7, 4:7])
    assert np.allclose(square(covariance, 1), inverse[7:, 7:])


def test_a_tickets_residue_is_integrated_out():
    """One ticket, two attempts: mean and variance of its residue against adaptive quadrature."""
    both = joined(
        attempts(0, [False], ticket=7, minutes=30.0), attempts(1, [True], ticket=7, at=60.0, minutes=12.0)
    )
    scales = replace(SCALES, groups=(), time_sd=0.5, tide=0.0)
    sharp = Priors(scales=scales, learn=False, base_sd=1e-3, grade_step=(0.0, 1e-3), text_step=(0.0, 1e-3))
    sharp = replace(sharp, scales=replace(scales, general=1e-3, topical=1e-3, pace=1e-3, topic=1e-3))
    sharp = replace(sharp, failed=(0.1, 1e-3), minutes=(3.0, 1e-3), slope=(0.4, 1e-3), holds=(2.5, 1e-3))
    ratings = fit(both, team([[3.0], [3.0]]), sharp)

    def density(residue):
        failed, solved = 1 / (1 + np.exp(-residue)), 1 / (1 + np.exp(residue))
        times = norm.pdf(np.log(30.0), 3.1 + 0.25 * residue, 0.5) * norm.pdf(
            np.log(12.0), 3.0 + 0.25 * residue, 0.5
        )
        holds = 1 / (1 + np.exp(-2.5 + 0.7 * residue))
        return failed * solved * holds * times * norm.pdf(residue, 0, 0.9)

    total, first, second = (quad(lambda e, n=n: e**n * density(e), -8, 8)[0] for n in range(3))
    assert ratings.residue[0] == pytest.approx(first / total, abs=2e-3)
    assert ratings.residue_var[0] == pytest.approx(second / total - (first / total) ** 2, abs=2e-3)
