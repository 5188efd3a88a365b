"""What a ticket's channels say when its residue is integrated out, by Gauss-Hermite quadrature.

The likelihood of a ticket is the integral over its residue of the product of its channels (Bock and Aitkin 1981,
Psychometrika 46, eq. 4). With r the residue's distribution given the channels, the score of the integral is the
expected score, and its information the expected information less the covariance of the scores (Louis 1982, J. R.
Statist. Soc. B 44, eq. 3.2).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from fengong.engine.compiled import compiled, inner
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
    """What was found; the caller makes room for it.

    By channel, f64[c]: `score` and `info` of the predictor, `pull` (score of the load), `lean` (how far the residue's
    mean moves with the predictor), `miss` (expected squared residual, real channels only). By pair of channels `curve`:
    the information of the integral, f64[pairs]. By ticket, f64[n]: mean and variance of the residue, log likelihood.
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


class Nodes(NamedTuple):
    """The residues f64[q] at which a ticket is looked at, and their log weights; there, `score` and `info` f64[c, q] of
    the ticket's channels, and each residue's `chance` f64[q] given them.
    """

    residue: Floats
    weight: Floats
    score: Floats
    info: Floats
    chance: Floats


@compiled
def expect(look: Look, nodes: Floats, weights: Floats, residue: float, found: Found) -> None:
    """Fill `found`. `nodes`, `weights` f64[q] integrate a standard normal; `residue` is its standard deviation here."""
    longest, count = 1, len(nodes)
    for j in range(len(look.bounds) - 1):
        longest = max(longest, look.bounds[j + 1] - look.bounds[j])
    room = Nodes(
        nodes * residue,
        np.log(weights),
        np.empty((longest, count)),
        np.empty((longest, count)),
        np.empty(count),
    )
    for j in range(len(look.bounds) - 1):
        _weigh(look, j, room, found)
        _gather(look, j, room, found)


@inner
def _weigh(look: Look, j: int, room: Nodes, found: Found) -> None:
    """Log likelihood, scores and information at each node; then the chance of each node given the channels."""
    first = look.bounds[j]
    for q in range(len(room.chance)):
        room.chance[q] = room.weight[q]
    for c in range(first, look.bounds[j + 1]):
        for q in range(len(room.residue)):
            at = look.load[c] * (look.edge[c] - room.residue[q]) + look.offset[c]
            value, room.score[c - first, q], room.info[c - first, q] = _channel(at, look.seen[c], look.sd[c])
            room.chance[q] += value
    highest, total = room.chance[0], 0.0
    for q in range(len(room.chance)):
        highest = max(highest, room.chance[q])
    for q in range(len(room.chance)):
        room.chance[q] = np.exp(room.chance[q] - highest)
        total += room.chance[q]
    for q in range(len(room.chance)):
        room.chance[q] /= total
    found.loglik[j] = highest + np.log(total)


@inner
def _channel(at: float, seen: float, sd: float) -> tuple[float, float, float]:
    """Log likelihood of one channel, with its first and minus its second derivative."""
    if sd > 0.0:
        miss = (seen - at) / sd
        return -0.5 * miss * miss - np.log(sd), miss / sd, 1.0 / (sd * sd)
    small = np.exp(-abs(at))
    upper = 1.0 / (1.0 + small) if at >= 0.0 else small / (1.0 + small)
    value = (seen - 1.0) * at - np.log1p(small) if at >= 0.0 else seen * at - np.log1p(small)
    return value, seen - upper, upper * (1.0 - upper)


@inner
def _gather(look: Look, j: int, room: Nodes, found: Found) -> None:
    """Expectations over the residue."""
    first, size = look.bounds[j], look.bounds[j + 1] - look.bounds[j]
    mean, square = 0.0, 0.0
    for q in range(len(room.residue)):
        mean += room.chance[q] * room.residue[q]
        square += room.chance[q] * room.residue[q] * room.residue[q]
    found.mean[j], found.variance[j] = mean, square - mean * mean
    for a in range(size):
        _average(look, first + a, a, room, found)
        found.lean[first + a] -= found.score[first + a] * mean
    for a in range(size):
        for b in range(a + 1):
            both = _both(a, b, room) - found.score[first + a] * found.score[first + b]
            found.curve[look.pairs[j] + a * size + b] = -both
            found.curve[look.pairs[j] + b * size + a] = -both
        found.curve[look.pairs[j] + a * size + a] += found.info[first + a]


@inner
def _both(a: int, b: int, room: Nodes) -> float:
    """Expected product of two scores."""
    total = 0.0
    for q in range(len(room.chance)):
        total += room.chance[q] * room.score[a, q] * room.score[b, q]
    return total


@inner
def _average(look: Look, c: int, a: int, room: Nodes, found: Found) -> None:
    """Expectations of one channel, number c of all and a of its ticket."""
    score, info, pull, lean, miss = 0.0, 0.0, 0.0, 0.0, 0.0
    for q in range(len(room.chance)):
        part = room.chance[q] * room.score[a, q]
        score += part
        info += room.chance[q] * room.info[a, q]
        pull += part * (look.edge[c] - room.residue[q])
        lean += part * room.residue[q]
        miss += part * room.score[a, q]
    found.score[c], found.info[c], found.pull[c], found.lean[c] = score, info, pull, lean
    found.miss[c] = miss * look.sd[c] ** 4
