"""What a match costs, term by term, and what waiting costs: the formulae of `costs`, one pair at a time, in points.

What all prices of one ticket have in common is worked out once, as an `Ask`; what all prices of one moment have in
common, as the points per minute given (`given_rate`) and the pressure on each tier (`tier_pressure`).
"""

from __future__ import annotations

from math import exp, floor, inf, log1p
from typing import NamedTuple

from fengong.engine.compiled import inner, lean
from fengong.engine.routing.arrays import Flags, Floats, Ints
from fengong.engine.routing.kernels.dials import Dials
from fengong.engine.routing.kernels.moment import Moment
from fengong.engine.routing.kernels.rest import rested

Terms = tuple[float, float, float, float, float, float]
# The places of `rules.Weights` in `dials.weights`.
LATENESS, SKILL_FIT, OVER_QUALIFICATION, RESERVE, SURPLUS_SKILL, LOAD_SPREAD = range(6)
GIVEN, CONTINUITY, GROWTH, WAITING, AGE = range(6, 11)


class Ask(NamedTuple):
    """One ticket as its prices see it. effort, late_by in minutes, the latter past the promise at which somebody with
    nothing else to do would be done (-inf: nothing promised) · urgency: the weight of its priority and topic · above:
    points per tier above its own · need, wanted: proficiency · lesson: a learner may have it · rate: points per minute
    given to a member lately · waits: points for leaving it waiting · rest: points per minute idle so far.
    """

    ticket: int
    topic: int
    tier: int
    last_member: int
    effort: float
    late_by: float
    urgency: float
    above: float
    need: float
    wanted: float
    lesson: bool
    rate: float
    waits: float
    rest: float


@inner
def ask_of(moment: Moment, ticket: int, helped: bool, rate: float) -> Ask:
    """The ticket with all that does not depend on the member; `helped`: whether help from higher tiers is due."""
    line, dials = moment.line, moment.dials
    difficulty, priority = line.difficulty[ticket] - 1, line.priority[ticket]
    return Ask(
        ticket,
        line.topic[ticket],
        line.tier[ticket],
        line.last_member[ticket],
        line.effort[ticket],
        moment.now + line.effort[ticket] - line.due_at[ticket],
        urgency_of(moment, ticket),
        dials.weights[OVER_QUALIFICATION] if helped else dials.weights[RESERVE],
        dials.need[difficulty],
        dials.wanted[difficulty],
        priority <= 2 and not is_at_risk(moment, ticket),
        rate,
        waiting_cost(moment, ticket),
        rest_rate(moment),
    )


@inner
def match_cost(moment: Moment, ask: Ask, member: int) -> float:
    """The sum of the terms of one match."""
    late, fit, over, spread, known, grown = match_terms(moment, ask, member)
    return late + fit + over + spread + known + grown


@inner
def match_terms(moment: Moment, ask: Ask, member: int) -> Terms:
    """The terms of one match, in the order of `decision.TERMS`."""
    crew, dials = moment.crew, moment.dials
    points, capacity = dials.weights, crew.capacity[member]
    share = crew.load[member] / capacity if capacity > 0.0 else 1.0
    known, added = crew.proficiency[member, ask.topic], ask.effort / capacity
    lesson = ask.lesson and 0.0 <= known - ask.need < dials.stretch and share <= dials.calm
    above = (crew.tier[member] - ask.tier) * ask.above
    return (
        lateness(dials, ask.urgency, ask.late_by + dials.patience * share),
        (points[SKILL_FIT] / 4.0) * max(0.0, ask.wanted - known),
        (points[SURPLUS_SKILL] / 4.0) * max(0.0, known - ask.wanted) + above,
        points[LOAD_SPREAD] * added * (2.0 * share + added)
        + ask.rate * crew.given[member]
        + tiring(moment, ask, member),
        -points[CONTINUITY] if ask.last_member == member else 0.0,
        -points[GROWTH] if lesson else 0.0,
    )


@inner
def waiting_cost(moment: Moment, ticket: int) -> float:
    """What it costs to leave the ticket waiting."""
    dials, line = moment.dials, moment.line
    urgency = urgency_of(moment, ticket)
    age = max(0.0, moment.now - line.waiting_since[ticket]) + dials.patience
    aged = urgency * (dials.weights[AGE] / dials.lateness_scale) * age
    late_by = moment.now + line.effort[ticket] - line.due_at[ticket]
    return float(dials.weights[WAITING] + aged + lateness(dials, urgency, late_by + dials.patience))


@inner
def urgency_of(moment: Moment, ticket: int) -> float:
    """The weight of the ticket's priority, times what waiting costs in its topic."""
    line = moment.line
    return float(moment.dials.priority[line.priority[ticket] - 1] * moment.dials.cost[line.topic[ticket]])


@inner
def lateness(dials: Dials, urgency: float, late_by: float) -> float:
    """The expected lateness, where it is `late_by` minutes by plan; log(1 + exp(x)) without overflow."""
    if late_by == -inf:
        return 0.0
    late = late_by / dials.lateness_scale
    return float(dials.weights[LATENESS] * urgency * (max(0.0, late) + log1p(exp(-abs(late)))))


@inner
def given_rate(moment: Moment) -> float:
    """Points per minute given: `given` is weighed against the most given to anyone, but at least an average capacity.

    Below one full load, who was given most says little: the first ticket of a day is no burden.
    """
    weight = moment.dials.weights[GIVEN]
    if weight == 0.0:
        return 0.0
    most, room = 0.0, 0.0
    for member in range(len(moment.crew.ids)):
        most = max(most, moment.crew.given[member])
        room += moment.crew.capacity[member]
    return float(weight / max(1.0, most, room / max(1, len(moment.crew.ids))))


@inner
def rest_rate(moment: Moment) -> float:
    """Points per minute of rest: `rest` is weighed against the longest rest of anybody present."""
    if moment.dials.rest == 0.0:
        return 0.0
    most = 1.0
    for member in range(len(moment.crew.ids)):
        if moment.crew.present[member]:
            most = max(most, rested(moment, member))
    return float(moment.dials.rest / most)


@inner
def tiring(moment: Moment, ask: Ask, member: int) -> float:
    """Points for giving it to somebody who was idle less than another."""
    return moment.dials.rest - ask.rest * rested(moment, member) if ask.rest > 0.0 else 0.0


@inner
def is_at_risk(moment: Moment, ticket: int) -> bool:
    """The promise would not be kept if the ticket waited `patience` more minutes."""
    effort = moment.line.effort[ticket]
    return bool(moment.line.due_at[ticket] < effort + (moment.now + moment.dials.patience))


@inner
def is_pressing(moment: Moment, ticket: int) -> bool:
    """Help from higher tiers is due whatever room the tier has: urgent, at risk, or too few who know the topic."""
    if moment.line.priority[ticket] >= moment.dials.urgent or is_at_risk(moment, ticket):
        return True
    tier, topic = moment.line.tier[ticket], moment.line.topic[ticket]
    waiting, knowing = moment.tally.waiting[tier, topic], moment.tally.knowing[tier, topic]
    return bool(knowing == 0 or waiting / knowing > moment.dials.overflow)


@inner
def is_help_due(moment: Moment, ticket: int) -> bool:
    """Help from higher tiers is due for this ticket."""
    if is_pressing(moment, ticket):
        return True
    return tier_pressure(moment, moment.line.tier[ticket]) > moment.dials.overflow


@inner
def tier_pressure(moment: Moment, tier: int) -> float:
    """Tickets waiting on a tier beyond what its free room holds, per present member of it; inf if nobody is there."""
    waiting = 0
    for topic in range(moment.tally.waiting.shape[1]):
        waiting += moment.tally.waiting[tier, topic]
    if waiting == 0:
        return 0.0
    here = moment.tally.here[tier]
    if here == 0:
        return inf
    return float(max(0.0, waiting - tier_room(moment, tier)) / here)


@inner
def tier_room(moment: Moment, tier: int) -> float:
    """How many tickets of mean effort the members of a tier still have room for."""
    crew, mean, room = moment.crew, mean_effort(moment), 0.0
    for member in range(len(crew.ids)):
        if crew.present[member] and crew.tier[member] == tier:
            room += floor(max(0.0, crew.capacity[member] - crew.load[member]) / mean)
    return room


@inner
def mean_effort(moment: Moment) -> float:
    """Of everything that waits, minutes."""
    total = 0.0
    for place in range(moment.length):
        total += moment.line.effort[moment.waiting[place]]
    return total / max(1, moment.length)


@lean
def find_relief(moment: Moment, helped: Flags) -> None:
    """Says for each place in `waiting` whether help is due; helped bool[length]."""
    first = tier_pressure(moment, 1) > moment.dials.overflow
    second = tier_pressure(moment, 2) > moment.dials.overflow
    third = tier_pressure(moment, 3) > moment.dials.overflow
    for place in range(moment.length):
        ticket = moment.waiting[place]
        tier = moment.line.tier[ticket]
        crowded = (tier == 1 and first) or (tier == 2 and second) or (tier == 3 and third)
        helped[place] = crowded or is_pressing(moment, ticket)


@lean
def price_pairs(moment: Moment, helped: Flags, places: Ints, members: Ints, terms: Floats) -> None:
    """The terms of each match (waiting[places[i]], members[i]), into terms f64[p, 6]."""
    rate = given_rate(moment)
    for pair in range(len(places)):
        ask = ask_of(moment, moment.waiting[places[pair]], helped[places[pair]], rate)
        late, fit, over, spread, known, grown = match_terms(moment, ask, members[pair])
        terms[pair, 0], terms[pair, 1], terms[pair, 2] = late, fit, over
        terms[pair, 3], terms[pair, 4], terms[pair, 5] = spread, known, grown


@lean
def price_waiting(moment: Moment, places: Ints, costs: Floats) -> None:
    """What it costs to leave waiting[places[i]] waiting, into costs f64[p]."""
    for i in range(len(places)):
        costs[i] = waiting_cost(moment, moment.waiting[places[i]])
