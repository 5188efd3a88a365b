"""Draws that belong to a ticket and a purpose, whatever happens in between: common random numbers between policies.

The n-th draw under a key is the n-th output of SplitMix64 started at that key (Steele, Lea & Flood 2014, Fast
splittable pseudorandom number generators, section 5, figure 16), so it can be had without the ones before it. A key is
made of seed, stream and purpose.
"""

from __future__ import annotations

from math import cos, exp, log, pi, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fengong.engine.compiled import inner
from fengong.engine.routing.arrays import Floats
from fengong.engine.simulation.centre.durations import CONSTANT, EMPIRICAL, EXPONENTIAL, LOGNORMAL

Keys = NDArray[np.uint64]
Rows = Any  # an array of records, or one record: numpy has no types for their fields

# Purposes: the first five are those of durations, the columns of the table of lengths.
EFFORT, PATIENCE, RETRY_AFTER, REOPENING_AFTER, ANSWER_AFTER, GAP, FAILS, RETRIES, REOPENS, AWAITS = range(10)
LENGTHS, PURPOSES = 5, 10

_STEP = np.uint64(0x9E3779B97F4A7C15)
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_30, _27, _31, _11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)
_UNIT, _HALF = 2.0**-53, 2.0**-54
_WIDE = 64  # draws set aside for one gamma variate, which rarely takes more than three


# A duration: kind, mean, a, b (lognormal: mean and deviation of the logarithm; gamma: shape and scale) · values of an
# empirical one: pool[first : first + size] · factors by period: pool[factors : factors + periods].
LENGTH = np.dtype(
    [(name, np.int64) for name in ("kind", "first", "size", "factors", "periods")]
    + [(name, np.float64) for name in ("mean", "a", "b")],
    align=True,
)


def key_of(*parts: int) -> np.uint64:
    """A key for these numbers, in this order."""
    made = 0
    for part in parts:
        made = _mixed((made + part + 1) * int(_STEP) % 2**64)
    return np.uint64(made)


def _mixed(z: int) -> int:
    z = (z ^ (z >> 30)) * int(_FIRST) % 2**64
    z = (z ^ (z >> 27)) * int(_SECOND) % 2**64
    return z ^ (z >> 31)


@inner
def uniform(key: np.uint64, n: int) -> float:
    """The n-th draw under this key, strictly between 0 and 1."""
    z = key + np.uint64(n + 1) * _STEP
    z = (z ^ (z >> _30)) * _FIRST
    z = (z ^ (z >> _27)) * _SECOND
    z ^= z >> _31
    return float(z >> _11) * _UNIT + _HALF


@inner
def length(pool: Floats, one: Rows, key: np.uint64, period: int, n: int) -> float:
    """The n-th draw of this duration (a row of LENGTH), for a ticket that arrived in this period."""
    if one.kind == EXPONENTIAL:
        drawn = -one.mean * log(uniform(key, n))
    elif one.kind == CONSTANT:
        drawn = one.mean
    else:
        drawn = _shaped(pool, one, key, n)
    if one.periods > 1:
        drawn *= pool[one.factors + period % one.periods]
    return float(drawn)


@inner
def _shaped(pool: Floats, one: Rows, key: np.uint64, n: int) -> float:
    if one.kind == EMPIRICAL:
        return float(pool[one.first + min(one.size - 1, int(uniform(key, n) * one.size))])
    if one.kind == LOGNORMAL:
        return exp(one.a + one.b * normal(key, 2 * n))
    return float(one.b * gamma(key, n, one.a))


@inner
def normal(key: np.uint64, n: int) -> float:
    """A standard normal variate of draws n and n + 1 (Box & Muller 1958)."""
    return sqrt(-2.0 * log(uniform(key, n))) * cos(2.0 * pi * uniform(key, n + 1))


@inner
def gamma(key: np.uint64, n: int, shape: float) -> float:
    """The n-th gamma variate of scale 1 under this key (Marsaglia & Tsang 2000, sections 3 and 6), by rejection."""
    at = _WIDE * n
    grown = shape if shape >= 1.0 else shape + 1.0
    d = grown - 1.0 / 3.0
    drawn, accepted = d, False
    while not accepted:
        x = normal(key, at)
        v = (1.0 + x / sqrt(9.0 * d)) ** 3
        accepted = v > 0.0 and log(uniform(key, at + 2)) < 0.5 * x * x + d - d * v + d * log(v)
        drawn = d * v
        at += 3
    if shape < 1.0:
        drawn *= uniform(key, _WIDE * n + _WIDE - 1) ** (1.0 / shape)
    return drawn
