"""What a match saves against leaving the ticket waiting, and the greatest saving for one ticket or for one member.

This is Fengong's matching where there is nothing to search for. Savings are compared in whole units, thousandths of a
point, so that rounding decides nothing; of equal ones the member idle longest wins, or the ticket with the smallest id.
"""

from __future__ import annotations

import numpy as np

from fengong.engine.compiled import inner, lean
from fengong.engine.routing.arrays import Ints
from fengong.engine.routing.kernels.eligible import may_take
from fengong.engine.routing.kernels.keeping import worth_taking
from fengong.engine.routing.kernels.lending import note_lending
from fengong.engine.routing.kernels.moment import Moment
from fengong.engine.routing.kernels.pricing import (
    CONTINUITY,
    GROWTH,
    OVER_QUALIFICATION,
    RESERVE,
    Ask,
    ask_of,
    given_rate,
    is_help_due,
    is_pressing,
    lateness,
    match_cost,
    tier_pressure,
)

POINTS = 1000  # units per point
CEILING = 1e6  # points; a larger saving counts as this much, so that sums of units cannot overflow


@inner
def units_of(saving: float) -> int:
    """A saving in points as whole units."""
    return int(np.rint(min(saving, CEILING) * POINTS))


@inner
def saving_of(moment: Moment, ask: Ask, member: int) -> float:
    """Points saved by this match; with `brisk`, per minute of work, a minute being one of the usual answer time."""
    saved, brisk = ask.waits - match_cost(moment, ask, member), moment.dials.brisk
    if brisk == 0.0 or saved <= 0.0:
        return saved
    minutes = ask.effort * moment.crew.pace[member, ask.topic]
    return float(saved * (moment.dials.lateness_scale / minutes) ** brisk)


@inner
def is_kept(moment: Moment, waiting: Ints, free: Ints, ticket: int, member: int) -> bool:
    """The member is better kept free than given this ticket, with so many `waiting` by tier and topic and `free` by
    group (see `tally.Tally`).
    """
    tier, topic = moment.line.tier[ticket], moment.line.topic[ticket]
    kind, alike = moment.dials.kind[tier, topic], 0
    if kind < 0:
        return False
    for place in range(waiting.size):
        alike += int(waiting.flat[place]) if moment.dials.kind.flat[place] == kind else 0
    group = moment.crew.group[member]
    return worth_taking(moment.dials.keeping, kind, group, alike, free[group]) <= 0.0


@inner
def may_have(moment: Moment, ticket: int, member: int) -> bool:
    """The member may take the ticket and is not better kept free."""
    if not may_take(moment, ticket, member):
        return False
    return not is_kept(moment, moment.tally.waiting, moment.tally.free, ticket, member)


@lean
def only_member(moment: Moment) -> int:
    """The member for the first of `waiting`, as if nothing else waited, or -1: what a batch of one ticket is."""
    note_lending(moment)
    return saving_member(moment, moment.waiting[0])


@inner
def saving_member(moment: Moment, ticket: int) -> int:
    """The member with whom this ticket saves most, or -1 if with nobody it saves anything."""
    ask = ask_of(moment, ticket, False, given_rate(moment))
    best, most = _best_of(moment, ask, False, -1, 0)
    if moment.dials.brisk == 0.0 and units_of(ask.waits - _least_above(moment, ask)) < most:
        return best
    ask = ask_of(moment, ticket, is_help_due(moment, ticket), ask.rate)
    best, most = _best_of(moment, ask, True, best, most)
    return best


@inner
def saving_ticket(moment: Moment, member: int) -> int:
    """The place in `waiting` of the ticket that saves most with this member, or -1 if none saves anything."""
    best, most, rate = -1, 0, given_rate(moment)
    first, second = False, False
    if moment.crew.tier[member] > 1:
        first = _is_crowded(moment, 1)
    if moment.crew.tier[member] > 2:
        second = _is_crowded(moment, 2)
    for place in range(moment.length):
        ticket = moment.waiting[place]
        if not may_have(moment, ticket, member):
            continue
        tier = moment.line.tier[ticket]
        crowded = (tier == 1 and first) or (tier == 2 and second)
        above = moment.crew.tier[member] > tier
        ask = ask_of(moment, ticket, crowded or (above and is_pressing(moment, ticket)), rate)
        units = units_of(saving_of(moment, ask, member))
        if units > most or (units == most and best >= 0 and _is_smaller(moment, ticket, best)):
            best, most = place, units
    return best


@inner
def _best_of(moment: Moment, ask: Ask, above: bool, best: int, most: int) -> tuple[int, int]:
    """The better of `best` and everybody above the ticket's own tier, or everybody in it; and the units saved."""
    for member in range(len(moment.crew.ids)):
        if not moment.tally.roomy[member] or (moment.crew.tier[member] > ask.tier) != above:
            continue
        if not may_have(moment, ask.ticket, member):
            continue
        units = units_of(saving_of(moment, ask, member))
        if units > most or (units == most and best >= 0 and _is_idler(moment, member, best)):
            best, most = member, units
    return best, most


@inner
def _least_above(moment: Moment, ask: Ask) -> float:
    """No match with a higher tier costs less than this."""
    points = moment.dials.weights
    least = min(points[OVER_QUALIFICATION], points[RESERVE]) - points[CONTINUITY] - points[GROWTH]
    return float(least + lateness(moment.dials, ask.urgency, ask.late_by))


@inner
def _is_crowded(moment: Moment, tier: int) -> bool:
    return tier_pressure(moment, tier) > moment.dials.overflow


@inner
def _is_idler(moment: Moment, member: int, other: int) -> bool:
    crew = moment.crew
    if crew.idle_since[member] != crew.idle_since[other]:
        return bool(crew.idle_since[member] < crew.idle_since[other])
    return bool(crew.ids[member] < crew.ids[other])


@inner
def _is_smaller(moment: Moment, ticket: int, place: int) -> bool:
    return bool(moment.line.ids[ticket] < moment.line.ids[moment.waiting[place]])
