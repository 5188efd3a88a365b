"""Erlang's two formulas for `servers` equal servers under an offered `load` = arrival rate / service rate.

Everything rests on the sum of the states below "all busy", relative to that state. Its terms are all positive, so the
relative error is at most about 2e-16 per server, in theory; a probability below 1e-308 comes out as 0.
"""

from __future__ import annotations

from math import inf

import numpy as np
from numpy.typing import NDArray

from fengong.engine.staffing.checks import not_negative, stable, whole

Floats = NDArray[np.float64]


def erlang_b(servers: int, load: float) -> float:
    """The share of contacts that find all servers busy and are lost, M/M/c/c.

    B = (a^c / c!) / sum of a^k / k! over k = 0..c, as 1/B = 1 + c/a + c(c-1)/a^2 + …
    Source: Erlang 1917; Cooper 1981, Introduction to Queueing Theory, chapter 3.
    Errors: ValueError if `servers` < 0 or `load` < 0.
    """
    return 1 / (1 + below(whole("servers", servers, 0), not_negative("load", load)))


def erlang_b_curve(servers: int, load: float) -> Floats:
    """Erlang B for 0, 1, … `servers` servers: f64[servers + 1], in one pass.

    Source: 1/B(c) = 1 + (c/a)/B(c-1), Jagerman 1974, Some properties of the Erlang loss function.
    Errors: as for `erlang_b`.
    """
    whole("servers", servers, 0)
    not_negative("load", load)
    lost = np.empty(servers + 1)
    lost[0] = odds = 1.0
    for count in range(1, servers + 1):
        odds = 1 + odds * count / load if load else inf
        lost[count] = 1 / odds
    return lost


def erlang_c(servers: int, load: float) -> float:
    """The share of contacts that have to wait when all wait as long as it takes, M/M/c.

    Source: Erlang 1917; Cooper 1981, chapter 3, as 1/C = 1 + (1 - a/c)(1/B - 1), where nothing cancels.
    Errors: ValueError if `servers` < 1 or `load` < 0; Unstable if `load` >= `servers`.
    """
    whole("servers", servers)
    stable(servers, not_negative("load", load))
    return 1 / (1 + (servers - load) / servers * below(servers, load))


def erlang_c_curve(servers: int, load: float) -> Floats:
    """Erlang C for 0, 1, … `servers` servers: f64[servers + 1]; 1 wherever the load is too much, for all wait then.

    Source and errors as for `erlang_b_curve`.
    """
    lost = erlang_b_curve(servers, load)
    counts = np.arange(servers + 1)
    free = np.maximum(counts - load, 0.0)
    # B/(B + (1 - a/c)(1 - B)), times c above and below, so that c = 0 needs no case of its own
    delayed = np.ones(servers + 1)
    np.divide(counts * lost, counts * lost + free * (1 - lost), out=delayed, where=free > 0)
    return delayed


def below(servers: int, load: float) -> float:
    """The probability of fewer than `servers` busy, in units of that of exactly `servers`: 1/B - 1; may be inf."""
    if not load:
        return inf if servers else 0.0
    with np.errstate(over="ignore", divide="ignore"):
        return float(np.cumprod(np.arange(servers, 0, -1) / load).sum())
