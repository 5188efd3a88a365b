"""One channel after another, each changing what is believed of a member, the shared effects and a ticket's residue.

A real channel is a Kalman update; a logistic one matches mean and variance of its predictor's posterior, by quadrature
(assumed-density filtering: Minka 2001, thesis, ch. 3). Member, shared effects and residue are kept independent.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from fengong.engine.compiled import inner, lean
from fengong.engine.rating.outcomes import Floats, Ints


class Known(NamedTuple):
    """What is believed, changed in place: as in `Ratings`, with `residue` f64[r, 2] (mean, variance) of tickets and
    `clock` f64[1], the time of the last outcome.
    """

    mean: Floats
    cov: Floats
    at: Floats
    shared: Floats
    spread: Floats
    residue: Floats
    clock: Floats


class Stream(NamedTuple):
    """Channels in the order they are taken in. Channel i sees `load * (edge) + offset`.

    `member`, `topic`, `extra` (0 none, 1 pace, 2 manner), `row` (of the ticket's residue) i64[c]; `places` i64[c, w],
    `weights` f64[c, w] of the shared effects; `load`, `seen`, `sd` (0: logistic), `at` f64[c].
    """

    member: Ints
    topic: Ints
    extra: Ints
    row: Ints
    places: Ints
    weights: Floats
    load: Floats
    seen: Floats
    sd: Floats
    at: Floats


class Tools(NamedTuple):
    """`walk` and `tide`, the variance ability and the base of difficulty gain a minute; nodes and weights f64[q] that
    integrate a standard normal; room to work in, f64[K + 2] and f64[s].
    """

    walk: float
    tide: float
    nodes: Floats
    weights: Floats
    member: Floats
    shared: Floats


@lean
def take_in(known: Known, stream: Stream, tools: Tools) -> None:
    """Take in every channel."""
    for c in range(len(stream.member)):
        _age(known, stream.member[c], stream.at[c], tools)
        mean, variance = _predict(known, stream, c, tools)
        if stream.sd[c] > 0.0:
            shrink = 1.0 / (variance + stream.sd[c] ** 2)
            shift = (stream.seen[c] - mean) * shrink
        else:
            after, left = _logistic(mean, variance, stream.seen[c], tools.nodes, tools.weights)
            shift, shrink = (after - mean) / variance, (variance - left) / variance**2
        _change(known, stream, c, (shift, shrink), tools)


@inner
def _age(known: Known, member: int, at: float, tools: Tools) -> None:
    """Let ability and the base of difficulty, the first of the shared effects, drift until now."""
    passed = at - known.at[member]
    if passed > 0.0:
        for k in range(known.mean.shape[1] - 2):
            known.cov[member, k, k] += tools.walk * passed
        known.at[member] = at
    if at > known.clock[0]:
        known.spread[0, 0] += tools.tide * (at - known.clock[0])
        known.clock[0] = at


@inner
def _predict(known: Known, stream: Stream, c: int, room: Tools) -> tuple[float, float]:
    """Mean and variance of the predictor; leaves its covariance with member and shared effects in `room`."""
    member, topic, extra, load = stream.member[c], stream.topic[c], stream.extra[c], stream.load[c]
    last = known.mean.shape[1] - 3 + extra
    for k in range(known.mean.shape[1]):
        room.member[k] = load * known.cov[member, k, topic]
        if extra > 0:
            room.member[k] += known.cov[member, k, last]
    mean, variance = load * known.mean[member, topic], load * room.member[topic]
    if extra > 0:
        mean += known.mean[member, last]
        variance += room.member[last]
    room.shared[:] = 0.0
    for w in range(stream.places.shape[1]):
        if stream.weights[c, w] != 0.0:
            mean += stream.weights[c, w] * known.shared[stream.places[c, w]]
            for i in range(len(room.shared)):
                room.shared[i] += stream.weights[c, w] * known.spread[stream.places[c, w], i]
    for w in range(stream.places.shape[1]):
        variance += stream.weights[c, w] * room.shared[stream.places[c, w]]
    residue = known.residue[stream.row[c]]
    return mean - load * residue[0], variance + load * load * residue[1]


@inner
def _logistic(
    mean: float, variance: float, seen: float, nodes: Floats, weights: Floats
) -> tuple[float, float]:
    """Mean and variance of the predictor once it is known that a coin with its odds fell so."""
    total, first, second = 0.0, 0.0, 0.0
    side = 1.0 if seen > 0.5 else -1.0
    for q in range(len(nodes)):
        offset = np.sqrt(variance) * nodes[q]
        chance = weights[q] / (1.0 + np.exp(-side * (mean + offset)))
        total += chance
        first += chance * offset
        second += chance * offset * offset
    shift = first / total
    return mean + shift, second / total - shift * shift


@inner
def _change(known: Known, stream: Stream, c: int, step: tuple[float, float], room: Tools) -> None:
    """Carry what was seen of the predictor over to everything it depends on."""
    shift, shrink = step
    member, load, row = stream.member[c], stream.load[c], stream.row[c]
    for k in range(len(room.member)):
        known.mean[member, k] += shift * room.member[k]
        for i in range(len(room.member)):
            known.cov[member, k, i] -= shrink * room.member[k] * room.member[i]
    for k in range(len(room.shared)):
        known.shared[k] += shift * room.shared[k]
        for i in range(len(room.shared)):
            known.spread[k, i] -= shrink * room.shared[k] * room.shared[i]
    lean = -load * known.residue[row, 1]
    known.residue[row, 0] += shift * lean
    known.residue[row, 1] -= shrink * lean * lean
