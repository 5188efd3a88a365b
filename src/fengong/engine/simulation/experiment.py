"""Runs over seeds, on one core or many machines, until the figures are precise enough.

What comes out depends on the seeds only, never on how many processes worked on it or which ended first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Literal, get_args

import numpy as np
from joblib import Parallel, delayed, parallel_config
from numpy.typing import ArrayLike

from fengong.engine.simulation.statistics.estimate import Estimate, Floats
from fengong.engine.simulation.statistics.precision import Precision, wanted
from fengong.engine.simulation.statistics.replications import over_replications

Backend = Literal["loky", "threading", "dask", "ray", "sequential"]
Run = Callable[[int], ArrayLike]
_NEEDS = {"dask": ("dask", "distributed"), "ray": ("ray",)}  # what the others need comes with joblib


class BackendMissing(Exception):
    """Who should work is not installed or not there; the message says what to do."""


@dataclass(frozen=True)
class Workers:
    """Who runs the replications: `count` of them, -1 for one on each core, through joblib's `backend`.

    `loky`: processes of this machine. `threading`: threads, for kernels that let go of the global lock.
    `dask`: the workers of the `distributed.Client` the caller has opened. `ray`: those of the Ray cluster.
    """

    count: int = 1
    backend: Backend = "loky"

    def __post_init__(self) -> None:
        """Refuse words joblib would only stumble over later."""
        if self.backend not in get_args(Backend):
            raise ValueError(f"backend must be one of {', '.join(get_args(Backend))}, not {self.backend!r}")
        if self.count < 1 and self.count != -1:
            raise ValueError(f"count must be at least 1, or -1 for every core, not {self.count!r}")


@dataclass(frozen=True, eq=False)
class Experiment:
    """What was found: `values` f64[replications, figures…], row k from `seeds`[k]; `reached`: precise enough."""

    seeds: tuple[int, ...]
    values: Floats
    estimate: Estimate
    reached: bool


def run_seeds(run: Run, seeds: Sequence[int], workers: Workers | None = None) -> Floats:
    """Call `run(seed)`, which answers f64[figures…], for every seed: f64[replications, figures…], in their order.

    `run` must be a function of a module, or a `functools.partial` of one, unless the backend shares memory.
    Errors: BackendMissing; what `run` raises, with a note of the seed; ValueError if its shapes differ.
    """
    workers = workers or Workers()
    if not len(seeds):
        raise ValueError("seeds must name at least one run")
    if workers.backend == "sequential" or (workers.backend == "loky" and workers.count == 1):
        return np.array([_one(run, seed) for seed in seeds])
    with _config(workers):
        found = Parallel(max_nbytes=None)(delayed(_one)(run, seed) for seed in seeds)
    return np.array(found)


def until_precise(
    run: Run,
    precision: Precision,
    *,
    first_seed: int = 0,
    workers: Workers | None = None,
    watch: Callable[[Floats], Floats] | None = None,
) -> Experiment:
    """Run seeds `first_seed`, `first_seed` + 1, … in waves until every figure is as precise as asked.

    `watch` turns f64[replications, figures…] into the figures the rule looks at, such as the difference of two systems
    run on the same seeds; all of them unless given. The waves follow from the values alone.
    Errors: as for `run_seeds`.
    """
    look = watch or _same
    values = run_seeds(run, range(first_seed, first_seed + precision.least), workers)
    more = wanted(look(values), precision)
    while more:
        ahead = first_seed + len(values)
        values = np.concatenate([values, run_seeds(run, range(ahead, ahead + more), workers)])
        more = wanted(look(values), precision)
    estimate = over_replications(values, precision.confidence)
    watched = over_replications(look(values), precision.confidence)
    reached = bool((watched.half <= precision.allowed(watched)).all())
    return Experiment(tuple(range(first_seed, first_seed + len(values))), values, estimate, reached)


def _same(values: Floats) -> Floats:
    return values


def _one(run: Run, seed: int) -> Floats:
    try:
        return np.asarray(run(seed), dtype=np.float64)
    except Exception as error:
        error.add_note(f"in the run with seed {seed}")
        raise


def _config(workers: Workers) -> parallel_config:
    """joblib's own switch, after a look whether the backend can be had."""
    absent = [name for name in _NEEDS.get(workers.backend, ()) if find_spec(name) is None]
    if absent:
        raise BackendMissing(f"backend {workers.backend!r} needs {' and '.join(absent)}, not installed here")
    if workers.backend == "ray":
        import_module("ray.util.joblib").register_ray()
    try:
        return parallel_config(backend=workers.backend, n_jobs=workers.count)
    except ValueError as error:  # Dask without a client
        raise BackendMissing(f"backend {workers.backend!r} cannot start: {error}") from error
