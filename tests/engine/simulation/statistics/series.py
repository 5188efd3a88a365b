"""Numbers with known properties."""

from __future__ import annotations

import numpy as np


def autoregressive(count: int, correlation: float, seed: int, start: float = 0.0) -> np.ndarray:
    """x[k] = correlation x[k - 1] + noise: mean 0, variance 1 / (1 - correlation²)."""
    noise = np.random.default_rng(seed).standard_normal(count)
    found, last = np.empty(count), start
    for place in range(count):
        found[place] = last = correlation * last + noise[place]
    return found
