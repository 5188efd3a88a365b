"""The dials of `rules.Rules` and the parameters of the classical policies, as one named tuple kernels can take."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from fengong.engine.routing.arrays import Floats, Ints
from fengong.engine.routing.kernels.keeping import Keeping
from fengong.engine.routing.rules import Rules

NOBODY_KEPT = Keeping(np.zeros((1, 1, 1)), np.zeros((1, 1, 1)), np.zeros((1, 1, 1)))


class Dials(NamedTuple):
    """Scalars are minutes unless said otherwise; arrays are indexed by difficulty - 1, priority - 1, tier, topic.

    reach: tiers above its own that may take a ticket · guard: minutes kept free before the end of a shift · need,
    wanted f64[3] · priority f64[4] weights · weights f64[11], the points of `rules.Weights` in their order there ·
    lateness_scale, patience · overflow: waiting per head above which higher tiers help · urgent: priority from which
    they help at once · stretch, calm: when a ticket is a lesson · share f64[topics]: wanted share of the whole queue,
    theta f64[topics]: abandonments per minute, cost f64[topics]: points per minute of waiting, activate, release
    i64[4]: per tier, how many must wait before a higher tier helps and below how many it stops, spare i64[4]: members
    of the tier kept free of help for others · top_n, prune_above, max_slots: as in `rules.Rules`.

    easing_every, easing_step, easing_floor · lend_waiting, lend_risk · over i64[4] · sheltered: bit c set for channel
    c: as in `rules.Easing`, `Lending`, `Interrupting`. shape: of the cost of delay, 0 linear, 1 quadratic, 2 by the
    promise · ratio: what one ticket of the helper's own weighs against those that ask for help · ring: minutes until
    the next ring of members is asked · overload, relieved: tickets waiting per member present above which there is too
    much work for everybody, and at which this is over · brisk, rest: as in `rules.Rules`.
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
    easing_every: float
    easing_step: float
    easing_floor: float
    lend_waiting: float
    lend_risk: float
    over: Ints
    sheltered: int
    shape: int
    ratio: float
    ring: float
    overload: float
    relieved: float
    brisk: float
    rest: float
    kind: Ints
    keeping: Keeping


def dials_of(rules: Rules, topics: int) -> Dials:
    """The dials these rules stand for, on a desk with so many topics; the classical parameters neutral.

    Needs are rounded as a pool rounds proficiency, so that equal numbers stay equal.
    """
    weights = rules.weights
    return Dials(
        reach=rules.reach,
        guard=float(rules.guard),
        need=np.array(rules.need, dtype=np.float32).astype(np.float64),
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
        easing_every=float(rules.easing.every),
        easing_step=float(rules.easing.step),
        easing_floor=float(rules.easing.floor),
        lend_waiting=float(rules.lending.waiting),
        lend_risk=float(rules.lending.at_risk),
        over=np.array(rules.interrupting.over, dtype=np.int64),
        sheltered=sum(1 << channel for channel in rules.interrupting.sheltered),
        shape=0,
        ratio=0.0,
        ring=0.0,
        overload=float(np.inf),
        relieved=float(np.inf),
        brisk=float(rules.brisk),
        rest=float(rules.rest),
        kind=np.full((4, topics), -1, dtype=np.int64),
        keeping=NOBODY_KEPT,
        top_n=rules.top_n,
        prune_above=rules.prune_above,
        max_slots=rules.max_slots,
    )
