"""The dials of `rules.Rules` and the parameters of the classical policies, as one named tuple kernels can take."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from fengong.engine.routing.arrays import Floats, Ints
from fengong.engine.routing.rules import Rules


class Dials(NamedTuple):
    """Scalars are minutes unless said otherwise; arrays are indexed by difficulty - 1, priority - 1, tier, topic.

    reach: tiers above its own that may take a ticket · guard: minutes kept free before the end of a shift · need,
    wanted f64[3] · priority f64[4] weights · weights f64[11], the points of `rules.Weights` in their order there ·
    lateness_scale, patience · overflow: waiting per head above which higher tiers help · urgent: priority from which
    they help at once · stretch, calm: when a ticket is a lesson · share f64[topics]: wanted share of the whole queue,
    theta f64[topics]: abandonments per minute, cost f64[topics]: points per minute of waiting, activate, release
    i64[4]: per tier, how many must wait before a higher tier helps and below how many it stops, spare i64[4]: members
    of the tier kept free of help for others · top_n, prune_above, max_slots: as in `rules.Rules`.
    """

    reach: int
    guard: float
    need: Floats
    wanted: Floats
    priority: Floats
    weights: Floats
    lateness_scale: float
    patience: float
    overflow: float
    urgent: int
    stretch: float
    calm: float
    share: Floats
    theta: Floats
    cost: Floats
    activate: Ints
    release: Ints
    spare: Ints
    top_n: int
    prune_above: int
    max_slots: int


def dials_of(rules: Rules, topics: int) -> Dials:
    """The dials these rules stand for, on a desk with so many topics; the classical parameters neutral."""
    weights = rules.weights
    return Dials(
        reach=rules.reach,
        guard=float(rules.guard),
        need=np.array(rules.need),
        wanted=np.array(rules.wanted),
        priority=np.array(rules.priority),
        weights=np.array([float(getattr(weights, name)) for name in weights.__slots__]),
        lateness_scale=float(rules.lateness_scale),
        patience=float(rules.patience),
        overflow=float(rules.overflow),
        urgent=rules.urgent,
        stretch=float(rules.stretch),
        calm=float(rules.calm),
        share=np.full(topics, 1.0 / max(1, topics)),
        theta=np.zeros(topics),
        cost=np.ones(topics),
        activate=np.zeros(4, dtype=np.int64),
        release=np.zeros(4, dtype=np.int64),
        spare=np.zeros(4, dtype=np.int64),
        top_n=rules.top_n,
        prune_above=rules.prune_above,
        max_slots=rules.max_slots,
    )
