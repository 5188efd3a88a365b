"""Runs over seeds: the same answer whoever works on it."""

from __future__ import annotations

import numpy as np
import pytest
from distributed import Client

from fengong.engine.simulation import experiment
from fengong.engine.simulation.experiment import BackendMissing, Workers, run_seeds, until_precise
from fengong.engine.simulation.statistics.precision import Precision


def noisy(seed: int) -> list[float]:
    random = np.random.default_rng(seed)
    return [10.0 + random.normal(), 5.0 + random.normal()]


def failing(seed: int) -> list[float]:
    if seed == 3:
        raise ZeroDivisionError("no members")
    return [0.0]


def alike(seed: int) -> list[float]:
    luck = np.random.default_rng(seed).normal(0.0, 10.0)
    return [luck + 1.0, luck]


@pytest.mark.parametrize("workers", [Workers(2), Workers(3, "threading"), Workers(1, "sequential")])
def test_who_works_changes_nothing(workers):
    alone = until_precise(noisy, Precision(relative=0.05, least=5), first_seed=7)
    shared = until_precise(noisy, Precision(relative=0.05, least=5), first_seed=7, workers=workers)
    assert alone.reached
    assert alone.seeds == shared.seeds
    assert len(alone.seeds) > 5
    assert (alone.values == shared.values).all()
    assert (alone.values == run_seeds(noisy, alone.seeds)).all()


def test_the_limit_leaves_it_unreached():
    found = until_precise(noisy, Precision(relative=0.001, least=5, most=12))
    assert not found.reached
    assert len(found.seeds) == found.estimate.count == 12


def test_a_difference_may_be_what_is_watched():
    asked = Precision(relative=0.1, least=3)
    found = until_precise(alike, asked, watch=lambda values: values[:, :1] - values[:, 1:])
    assert found.reached
    assert len(found.seeds) == 3
    assert len(until_precise(alike, Precision(relative=0.1, least=3, most=40)).seeds) == 40


@pytest.mark.parametrize("workers", [Workers(), Workers(2, "threading"), Workers(2)])
def test_a_failure_names_its_seed(workers):
    with pytest.raises(ZeroDivisionError) as failure:
        run_seeds(failing, range(5), workers)
    assert "in the run with seed 3" in failure.value.__notes__


@pytest.mark.parametrize("backend", ["dask", "ray"])
def test_a_backend_that_is_not_there_is_said_clearly(backend, monkeypatch):
    monkeypatch.setattr(experiment, "find_spec", lambda name: None)
    with pytest.raises(BackendMissing, match=f"'{backend}' needs .*not installed"):
        run_seeds(noisy, range(3), Workers(2, backend))


def test_dask_without_a_client_is_said_clearly():
    with pytest.raises(BackendMissing, match="client"):
        run_seeds(noisy, range(3), Workers(2, "dask"))


def test_dask_gives_the_same_as_one_process():
    with Client(processes=False, n_workers=1, threads_per_worker=2, dashboard_address=None):
        there = run_seeds(noisy, range(6), Workers(2, "dask"))
    assert np.array_equal(there, run_seeds(noisy, range(6), Workers(1, "sequential")))


def test_unknown_words_are_refused():
    with pytest.raises(ValueError, match="backend"):
        Workers(2, "cloud")
    with pytest.raises(ValueError, match="count"):
        Workers(0)
    with pytest.raises(ValueError, match="at least one"):
        run_seeds(noisy, [])
