"""How each policy ranks the members for a ticket and the tickets for a member, among those who may."""

from __future__ import annotations

from math import inf

from fengong.engine.compiled import inner
from fengong.engine.routing.kernels.codes import (
    ALIS,
    BULLSEYE,
    CMU_THETA,
    FAIR_IDLE,
    FIXED_RATIO,
    GENERALIZED_CMU,
    LEAST_LOADED,
    OVERFLOW,
    ROUND_ROBIN,
    STATIC_PRIORITY,
    STATIC_TIERS,
)
from fengong.engine.routing.kernels.delay import delay_index, overload_index, speed
from fengong.engine.routing.kernels.helping import helps_now, is_help
from fengong.engine.routing.kernels.moment import Moment
from fengong.engine.routing.kernels.ratio import excess_over_share
from fengong.engine.routing.kernels.rest import rested
from fengong.engine.routing.kernels.rings import is_open, ring_of

NEVER = inf


@inner
def member_rank(code: int, moment: Moment, ticket: int, member: int) -> float:
    """The smallest goes first, ties by idleness; NEVER: the policy does not let this member have the ticket."""
    crew = moment.crew
    if code == LEAST_LOADED:
        return float(crew.load[member] / crew.capacity[member])
    if code == ROUND_ROBIN:
        return float(crew.last_given[member])
    if code == FAIR_IDLE:
        return -rested(moment, member)
    if code in (GENERALIZED_CMU, CMU_THETA):
        return -speed(moment, ticket, member)
    return _distance(code, moment, ticket, member)


@inner
def ticket_rank(code: int, moment: Moment, ticket: int, member: int) -> float:
    """The greatest goes first, ties by the longest wait; -NEVER: the policy does not let the member have this one."""
    if code == ALIS:
        return 0.0
    if code == GENERALIZED_CMU:
        return delay_index(moment, ticket, member)
    if code == CMU_THETA:
        return overload_index(moment, ticket, member)
    if _distance(code, moment, ticket, member) == NEVER:
        return -NEVER
    if code == FIXED_RATIO:
        return excess_over_share(moment, ticket)
    return _standing(code, moment, ticket)


@inner
def _distance(code: int, moment: Moment, ticket: int, member: int) -> float:
    """How far the ticket is from the member's own work, for policies that look at it."""
    above = float(moment.crew.tier[member] - moment.line.tier[ticket])
    if code == STATIC_PRIORITY:
        return above
    if code == STATIC_TIERS:
        return 0.0 if above == 0.0 else NEVER
    if code == BULLSEYE:
        ring = ring_of(moment, ticket, member)
        return float(ring) if is_open(moment, ticket, ring) else NEVER
    if code in (OVERFLOW, FIXED_RATIO) and is_help(moment, ticket, member):
        return 1.0 + above if helps_now(moment, ticket, member) else NEVER
    return 0.0


@inner
def _standing(code: int, moment: Moment, ticket: int) -> float:
    """By priority, then tier; where hard work comes first, by tier, then priority."""
    priority, tier = moment.line.priority[ticket], moment.line.tier[ticket]
    if code == OVERFLOW:
        return float(8 * tier + priority)
    if code == STATIC_PRIORITY:
        return float(8 * priority + tier)
    return float(priority)
