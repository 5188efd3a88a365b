"""Generalized c-mu: what a minute of waiting costs now, times the speed at which this member would end it.

A. Mandelbaum, A. Stolyar, "Scheduling flexible servers with convex delay costs: heavy-traffic optimality of the
generalized c-mu rule", Operations Research 52(6), 2004: a free server j takes argmax over i of C_i'(W_i) mu_ij. In
overload with abandonment the index is divided by the rate theta_i at which customers leave: R. Atar, C. Giat,
N. Shimkin, "The c-mu/theta rule for many-server queues with abandonment", Operations Research 58(5), 2010.
"""

from __future__ import annotations

from math import exp

from fengong.engine.compiled import inner
from fengong.engine.routing.kernels.moment import Moment

LINEAR, QUADRATIC, PROMISED = range(3)
ALWAYS = 0.05  # of a broken promise, what waiting costs where nothing is promised or the promise is far away
PATIENT = 1e-9  # leaving per minute of those who never leave: they come first, among themselves by c-mu


@inner
def delay_index(moment: Moment, ticket: int, member: int) -> float:
    """C'(W) mu: points saved per minute of this member's work."""
    return delay_rate(moment, ticket) * speed(moment, ticket, member)


@inner
def delay_rate(moment: Moment, ticket: int) -> float:
    """C'(W) in points per minute, with c the weight of the priority times the cost of the topic: c (linear), 2 c W
    (quadratic), or c (ALWAYS + 1 / (1 + exp(-late / lateness_scale))), the slope of the expected lateness.
    """
    dials, line = moment.dials, moment.line
    cost = dials.priority[line.priority[ticket] - 1] * dials.cost[line.topic[ticket]]
    if dials.shape == QUADRATIC:
        return float(2.0 * cost * max(0.0, moment.now - line.waiting_since[ticket]))
    if dials.shape == PROMISED:
        late = (moment.now + line.effort[ticket] - line.due_at[ticket]) / dials.lateness_scale
        return float(cost * (ALWAYS + 1.0 / (1.0 + exp(-late))))
    return float(cost)


@inner
def speed(moment: Moment, ticket: int, member: int) -> float:
    """mu: tickets like this one per minute of this member's work."""
    pace = moment.crew.pace[member, moment.line.topic[ticket]]
    return float(1.0 / (moment.line.effort[ticket] * pace))


@inner
def overload_index(moment: Moment, ticket: int, member: int) -> float:
    """C'(W) mu / theta while there is too much work for everybody, else C'(W) mu."""
    index = delay_index(moment, ticket, member)
    if moment.tally.overload[0] == 0:
        return index
    return float(index / max(moment.dials.theta[moment.line.topic[ticket]], PATIENT))


@inner
def note_overload(moment: Moment) -> None:
    """Overload begins when more than `overload` tickets wait per member present and ends at `relieved` or fewer."""
    here = moment.tally.here[1] + moment.tally.here[2] + moment.tally.here[3]
    waiting = moment.length / max(1, here)
    if waiting > moment.dials.overload:
        moment.tally.overload[0] = 1
    elif waiting <= moment.dials.relieved:
        moment.tally.overload[0] = 0
