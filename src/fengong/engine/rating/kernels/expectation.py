"""What a ticket's channels say when its residue is integrated out, by Gauss-Hermite quadrature.

The likelihood of a ticket is the integral over its residue of the product of its channels (Bock and Aitkin 1981,
Psychometrika 46, eq. 4). With r the residue's distribution given the channels, the score of the integral is the
expected score, and its information the expected information less the covariance of the scores (Louis 1982, J. R.
Statist. Soc. B 44, eq. 3.2).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from fengong.engine.compiled import compiled
from fengong.engine.rating.outcomes import Floats, Ints


class Look(NamedTuple):
    """One look at the channels: `edge` (without residue), `offset`, `load`, `sd` f64[c] (sd 0: logistic), `seen`."""

    edge: Floats
    offset: Floats
    load: Floats
    sd: Floats
    seen: Floats
    bounds: Ints
    pairs: Ints


class Found(NamedTuple):
    """By channel, f64[c]: `score` and `info` of the predictor, `pull` (score of the load), `lean` (how far
    the residue's mean moves with the predictor), `miss` (expected squared residual, real channels only). By pair of channels `curve`: the information of the integral,
    f64[pairs]. By ticket, f64[n]: mean and variance of the residue, log likelihood.
    """

    score: Floats
    info: Floats
    pull: Floats
    lean: Floats
    miss: Floats
    curve: Floats
    mean: Floats
    variance: Floats
    loglik: Floats


@compiled
def expect(look: Look, nodes: Floats, weights: Floats, residue: float, found: Found) -> None:
    """Fill `found`. `nodes`, `weights` f64[q] integrate a standard normal; `residue` is its standard deviation here."""
    longest = 1
    for j in range(len(look.bounds) - 1):
        longest = max(longest, look.bounds[j + 1] - look.bounds[j])
    score = np.empty((longest, len(nodes)))
    info = np.empty((longest, len(nodes)))
    chance = np.empty(len(nodes))
    for j in range(len(look.bounds) - 1):
        _weigh(look, j, nodes, weights, residue, score, info, chance, found)
        _gather(look, j, nodes * residue, score, info, chance, found)


@compiled
def _weigh(
    look: Look,
    j: int,
    nodes: Floats,
    weights: Floats,
    residue: float,
    score: Floats,
    info: Floats,
    chance: Floats,
    found: Found,
) -> None:
    """Log likelihood, scores and information at each node; then the chance of each node given the channels."""
    first, last = look.bounds[j], look.bounds[j + 1]
    chance[:] = np.log(weights)
    for c in range(first, last):
        for q in range(len(nodes)):
            at = look.load[c] * (look.edge[c] - residue * nodes[q]) + look.offset[c]
            value, score[c - first, q], info[c - first, q] = _channel(at, look.seen[c], look.sd[c])
            chance[q] += value
    highest = chance.max()
    chance[:] = np.exp(chance - highest)
    total = chance.sum()
    chance /= total
    found.loglik[j] = highest + np.log(total)


@compiled
def _channel(at: float, seen: float, sd: float) -> tuple[float, float, float]:
    """Log likelihood of one channel, with its first and minus its second derivative."""
    if sd > 0.0:
        miss = (seen - at) / sd
        return -0.5 * miss * miss - np.log(sd), miss / sd, 1.0 / (sd * sd)
    small = np.exp(-abs(at))
    upper = 1.0 / (1.0 + small) if at >= 0.0 else small / (1.0 + small)
    value = (seen - 1.0) * at - np.log1p(small) if at >= 0.0 else seen * at - np.log1p(small)
    return value, seen - upper, upper * (1.0 - upper)


@compiled
def _gather(
    look: Look, j: int, residues: Floats, score: Floats, info: Floats, chance: Floats, found: Found
) -> None:
    """Expectations over the residue."""
    first, size = look.bounds[j], look.bounds[j + 1] - look.bounds[j]
    mean, square = 0.0, 0.0
    for q in range(len(residues)):
        mean += chance[q] * residues[q]
        square += chance[q] * residues[q] * residues[q]
    found.mean[j], found.variance[j] = mean, square - mean * mean
    for c in range(size):
        _average(look, first + c, residues, score[c], chance, mean, found)
    for a in range(size):
        for b in range(a + 1):
            both = _both(score, chance, a, b) - found.score[first + a] * found.score[first + b]
            found.curve[look.pairs[j] + a * size + b] = -both
            found.curve[look.pairs[j] + b * size + a] = -both
        found.info[first + a] = 0.0
        for q in range(len(residues)):
            found.info[first + a] += chance[q] * info[a, q]
        found.curve[look.pairs[j] + a * size + a] += found.info[first + a]


@compiled
def _both(score: Floats, chance: Floats, a: int, b: int) -> float:
    """Expected product of two scores."""
    total = 0.0
    for q in range(len(chance)):
        total += chance[q] * score[a, q] * score[b, q]
    return total


@compiled
def _average(look: Look, c: int, residues: Floats, score: Floats, chance: Floats, mean: float, found: Found) -> None:
    """Expectations of one channel."""
    total, pull, lean, miss = 0.0, 0.0, 0.0, 0.0
    for q in range(len(residues)):
        total += chance[q] * score[q]
        pull += chance[q] * score[q] * (look.edge[c] - residues[q])
        lean += chance[q] * score[q] * residues[q]
        miss += chance[q] * score[q] * score[q]
    found.score[c] = total
    found.pull[c] = pull
    found.lean[c] = lean - total * mean
    found.miss[c] = miss * look.sd[c] ** 4
