"""How long a line must be watched to know its figures well, worked out beforehand: no run is chosen by its result.

Source: asymptotic variance of time averages of a birth-and-death process, 2 Σ_j (Σ_{i<=j} (f_i - f̄) π_i)² / (λ_j π_j):
Whitt 1992, Asymptotic formulas for Markov processes with applications to simulation, equation 6.
"""

from __future__ import annotations

from math import inf

import numpy as np
from scipy.stats import t as student

from fengong.engine.simulation.statistics.estimate import Floats

_SMALL = 1e-15
_CONFIDENCE = 0.999


def needed(
    servers: int, load: float, width: float, *, runs: int, leaving: float = 0.0, places: float = inf
) -> float:
    """Service times that all runs together must last, so that half an interval is `width` of the figure.

    Of the share delayed, the mean number waiting and the share turned away: whichever takes longest.
    """
    most = int(min(places, servers + _deepest(servers, load, leaving)))
    states = np.arange(most + 1)
    up = np.full(most, load)
    down = np.minimum(states[1:], servers) + leaving * np.maximum(states[1:] - servers, 0)
    logs = np.concatenate([[0.0], np.cumsum(np.log(up) - np.log(down))])
    chance = np.exp(logs - logs.max())
    chance /= chance.sum()
    figures = [np.where(states >= servers, 1.0, 0.0)]
    if most > servers:
        figures.append(np.maximum(states - servers, 0.0))
    if places < inf:
        figures.append(np.where(states == most, 1.0, 0.0))
    quantile = float(student.ppf((1 + _CONFIDENCE) / 2, runs - 1))
    return max(_variance(figure, chance, up) for figure in figures) * (quantile / width) ** 2


def _deepest(servers: int, load: float, leaving: float) -> int:
    """So many waiting that more hardly ever are."""
    if leaving:
        return int(max(0.0, load - servers) / leaving + 12 * np.sqrt(load / leaving) + 50)
    return int(np.log(_SMALL) / np.log(load / servers)) if load < servers else servers


def _variance(figure: Floats, chance: Floats, up: Floats) -> float:
    """Asymptotic variance of the time average, relative to the squared mean."""
    mean = float(figure @ chance)
    parts = (figure - mean) * chance
    below, above = (
        np.cumsum(parts)[:-1],
        np.cumsum(parts[::-1])[::-1][1:],
    )  # equal but for sign, and for rounding
    sums = np.where(np.arange(len(up)) < np.argmax(chance), below, above)
    weights = chance[:-1] * up
    known = weights > 0
    return 2 * float((sums[known] ** 2 / weights[known]).sum()) / mean**2
