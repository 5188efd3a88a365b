"""The streams of a model as tables that kernels draw from."""

from __future__ import annotations

from math import inf, log, sqrt

import numpy as np

from fengong.engine.simulation.centre.chance import LENGTH, LENGTHS, PURPOSES, Keys, Rows, key_of
from fengong.engine.simulation.centre.durations import GAMMA, LOGNORMAL, Duration
from fengong.engine.simulation.centre.pool import Pool
from fengong.engine.simulation.centre.room import GRID
from fengong.engine.simulation.centre.state import STREAM
from fengong.engine.simulation.centre.streams import Rates, Stream, Trace

_BUSYNESS = 1 << 41  # apart from the numbers of streams in a key
_SAME = (
    "topic", "team", "difficulty", "priority", "channel", "promise", "retry", "reopening", "reopened_effort",
    "awaits", "halt",
)  # fmt: skip


def streams_of(streams: tuple[Stream, ...], pool: Pool, seed: int) -> Rows:
    """Every stream at its beginning."""
    table = np.zeros(len(streams), dtype=STREAM)
    for row, stream in zip(table, streams, strict=True):
        for name in _SAME:
            row[name] = getattr(stream, name)
        row["graded"] = stream.graded or stream.difficulty
        row["tier"] = stream.tier or stream.graded or stream.difficulty
        row["planned"] = on_grid(stream.planned_effort)
        row["factor_day"] = -1
        if isinstance(stream.arrivals, Trace):
            _recorded(row, stream.arrivals, pool)
        else:
            _drawn(row, stream.arrivals, pool, seed)
    return table


def on_grid(minutes: float) -> float:
    """The nearest minutes that loads are counted in, above 0."""
    return max(1.0, round(minutes * GRID)) / GRID


def _recorded(row: Rows, trace: Trace, pool: Pool) -> None:
    efforts = np.full(len(trace.times), -1.0) if trace.effort is None else trace.effort
    row["traced"], row["first"], row["size"] = 1, pool.add(trace.times), len(trace.times)
    row["efforts"] = pool.add(efforts)
    row["span"], row["day"], row["busyness"] = inf, 1, inf


def _drawn(row: Rows, rates: Rates, pool: Pool, seed: int) -> None:
    row["first"], row["size"] = pool.add(rates.per_minute), len(rates.per_minute)
    row["span"], row["day"], row["busyness"] = rates.period, 1, rates.busyness
    if rates.busyness < inf:
        row["span"] = min(rates.period, rates.day)
        row["day"] = max(1, round(rates.day / row["span"]))
        row["busy_key"] = key_of(seed, _BUSYNESS, rates.family)


def keys_of(streams: int, seed: int) -> Keys:
    """A key for every stream and purpose."""
    keys = [[key_of(seed, stream, purpose) for purpose in range(PURPOSES)] for stream in range(streams)]
    return np.array(keys, dtype=np.uint64)


def lengths_of(streams: tuple[Stream, ...], pool: Pool) -> Rows:
    """Every duration of every stream."""
    table = np.zeros((len(streams), LENGTHS), dtype=LENGTH)
    for rows, each in zip(table, streams, strict=True):
        durations = (each.effort, each.patience, each.retry_after, each.reopening_after, each.answer_after)
        for row, duration in zip(rows, durations, strict=True):
            row["kind"], row["mean"] = duration.kind, duration.mean
            row["a"], row["b"] = _shape(duration)
            row["first"], row["size"] = pool.add(duration.values), len(duration.values)
            row["factors"], row["periods"] = pool.add(duration.factors), len(duration.factors)
    return table


def _shape(duration: Duration) -> tuple[float, float]:
    """Mean and deviation of the logarithm of a lognormal, shape and scale of a gamma, from the mean and deviation."""
    if duration.kind == LOGNORMAL:
        spread = log(1.0 + (duration.sd / duration.mean) ** 2)
        return log(duration.mean) - spread / 2.0, sqrt(spread)
    if duration.kind == GAMMA:
        return (duration.mean / duration.sd) ** 2, duration.sd**2 / duration.mean
    return 0.0, 0.0
