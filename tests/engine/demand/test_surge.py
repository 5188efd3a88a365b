"""Surges: the bound on false alarms is shown exactly, in simulation, and by what it costs in delay."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import nbinom, poisson

from fengong.engine.demand.surge import (
    Dials,
    Seen,
    Standing,
    beginning,
    declared,
    log_ratio,
    look,
    nothing,
    share_of_alarm,
)

MEANS = st.floats(0.02, 40.0)
FACTORS = st.floats(1.05, 8.0)
DISPERSIONS = st.one_of(st.just(1.0), st.floats(1.05, 6.0))


def _chances(mean: float, dispersion: float, most: int) -> np.ndarray:
    counts = np.arange(most)
    if dispersion == 1.0:
        return np.asarray(poisson.pmf(counts, mean))
    return np.asarray(nbinom.pmf(counts, mean / (dispersion - 1), 1 / dispersion))


def _mean_ratio(true: float, ceiling: float, factor: float, dispersion: float) -> float:
    most = int(true * 12 + 400 * dispersion)
    ratio = log_ratio(
        np.arange(most, dtype=float), np.asarray(ceiling), np.asarray(factor), np.asarray(dispersion)
    )
    chances = _chances(true, dispersion, most)
    return float((chances * np.exp(np.minimum(ratio, 600)))[chances > 0].sum())


@given(ceiling=MEANS, share=st.floats(0.05, 1.0), factor=FACTORS, dispersion=DISPERSIONS)
def test_no_rate_up_to_the_ceiling_grows_evidence_in_the_mean(
    ceiling: float, share: float, factor: float, dispersion: float
):
    """The one inequality that the bound rests on, by summing over all counts."""
    assert _mean_ratio(ceiling * share, ceiling, factor, dispersion) <= 1 + 1e-6


@given(still=MEANS, more=st.floats(1.0, 4.0), dispersion=DISPERSIONS)
def test_no_rate_that_is_still_high_grows_the_evidence_of_calm(still: float, more: float, dispersion: float):
    assert _mean_ratio(still * more, still, 0.5, dispersion) <= 1 + 1e-6


def _first_alarms(draw: np.random.Generator, runs: int, streams: int, dials: Dials, most: int) -> np.ndarray:
    """Steps to the first alarm of any stream, per run; a day that doubles and halves, with the ceiling at the truth."""
    whole = nothing(runs * streams, dials)
    first = np.full(runs, float(most))
    shape = np.repeat(np.arange(1, streams + 1)[None, :], runs, axis=0).ravel() * 0.2
    inside = Dials(
        quiet=dials.quiet / runs, factors=dials.factors
    )  # `look` multiplies by all streams it is given
    for step in range(most):
        mean = shape * (1.0 + 0.9 * np.sin(step / 60))
        seen = Seen(float(step), draw.poisson(mean).astype(float), mean, np.ones(len(mean)))
        whole = look(whole, seen, inside)
        rings = whole.surging.reshape(runs, streams).any(axis=1) & (first == most)
        first[rings] = step + 1
        if (first < most).all():
            break
    return first


@pytest.mark.parametrize("streams", [1, 6])
def test_false_alarms_of_all_streams_together_are_no_more_frequent_than_stated(streams: int):
    """Stated: once in 400 steps at most. Runs are cut at 8,000 steps, which only lowers what is measured."""
    first = _first_alarms(np.random.default_rng(11), 400, streams, Dials(quiet=400.0), 8_000)
    sure = first.mean() - 3 * first.std() / np.sqrt(len(first))
    assert sure >= 400


def _delays(before: float, factor: float, dials: Dials, runs: int = 200) -> np.ndarray:
    draw = np.random.default_rng(5)
    standing = nothing(runs, dials)
    inside = Dials(quiet=dials.quiet / runs, factors=dials.factors)
    found = np.full(runs, np.inf)
    for step in range(2_000):
        mean = np.full(runs, before * (factor if step >= 600 else 1.0))
        ceiling = np.full(runs, before)
        standing = look(
            standing, Seen(float(step), draw.poisson(mean).astype(float), ceiling, np.ones(runs)), inside
        )
        fresh = standing.surging & np.isinf(found) & (step >= 600)
        found[fresh] = step - 600 + 1
        if not np.isinf(found).any():
            break
    return found


@pytest.mark.parametrize(("an_hour", "factor", "minutes"), [(120, 2.0, 20), (20, 3.0, 40), (20, 5.0, 14)])
def test_a_surge_is_found_within_minutes_at_one_false_alarm_in_a_fortnight(
    an_hour: float, factor: float, minutes: float
):
    assert np.median(_delays(an_hour / 60, factor, Dials(quiet=20_160.0))) <= minutes


def test_steps_are_minutes_and_a_surge_ends_soon_after_the_contacts_do():
    dials, ends = Dials(), []
    draw = np.random.default_rng(3)
    for _ in range(30):
        standing = declared(nothing(1, dials), 0, surging=True)
        for step in range(600):
            count = draw.poisson([1.0]).astype(float)
            standing = look(standing, Seen(step, count, np.asarray([1.0]), np.ones(1)), dials)
            if not standing.surging[0]:
                ends.append(step)
                break
    assert len(ends) == 30 and np.median(ends) <= 40


def test_a_surge_that_goes_on_is_not_called_off():
    dials, draw = Dials(sure=60.0), np.random.default_rng(4)
    standing = declared(nothing(50, dials), 0, surging=True)
    for stream in range(1, 50):
        standing = declared(standing, stream, surging=True)
    lived = np.zeros(50)
    for step in range(3_000):
        counts = draw.poisson(np.full(50, 2.0)).astype(float)
        standing = look(standing, Seen(step, counts, np.ones(50), np.ones(50)), dials)
        lived += standing.surging & (lived == step)
    assert lived.mean() >= 60


def test_the_beginning_of_a_surge_is_found_too():
    dials, draw = Dials(), np.random.default_rng(8)
    standing = nothing(1, dials)
    for step in range(1_000):
        mean = np.asarray([4.0 if step >= 300 else 1.0])
        standing = look(standing, Seen(step, draw.poisson(mean).astype(float), np.ones(1), np.ones(1)), dials)
        if standing.surging[0]:
            break
    assert standing.surging[0] and abs(beginning(standing)[0] - 300) <= 5


def test_evidence_stands_between_nothing_and_an_alarm():
    dials = Dials()
    calm = nothing(2, dials)
    stirred = look(calm, Seen(0, np.asarray([0.0, 9.0]), np.ones(2), np.ones(2)), dials)
    near = share_of_alarm(stirred, dials)
    assert share_of_alarm(calm, dials).tolist() == [0.0, 0.0] and 0 < near[0] < near[1] < 1


def test_scattered_counts_are_weaker_evidence():
    counts, mean, factor = np.asarray([8.0]), np.asarray([2.0]), np.asarray([3.0])
    even = log_ratio(counts, mean, factor, np.ones(1))
    scattered = log_ratio(counts, mean, factor, np.asarray([4.0]))
    assert scattered < even


@pytest.mark.parametrize("wrong", [{"quiet": 0.5}, {"over": 1.0}, {"factors": (1.0,)}, {"sure": 0.0}])
def test_dials_that_make_no_sense_are_refused(wrong: dict[str, object]):
    with pytest.raises(ValueError, match="at least 1"):
        Dials(**wrong)


def test_what_somebody_declares_holds_from_then_on():
    dials = Dials()
    standing: Standing = declared(nothing(3, dials), 1, surging=True)
    assert standing.surging.tolist() == [False, True, False]
    assert declared(standing, 1, surging=False).surging.tolist() == [False] * 3
