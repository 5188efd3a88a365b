"""How people work: what the simulator needs to know beside the people and the tickets, and the recorded outcome."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fengong.engine.process.log import Bools, Floats, Ints
from fengong.engine.process.reading import Reading
from fengong.engine.simulation.desk import ENDS, LEVELS, OPENINGS, Behaviour, totals
from fengong.engine.simulation.outcome import Outcome, Trail

POINTS = 101  # quantiles kept of each distribution
ENOUGH = 20  # observations a distribution of its own needs
HALF = 30.0  # observations of a level that weigh as much as the average of all


@dataclass(frozen=True, slots=True)
class Working:
    """Per stint, what behaviour is estimated from: place of the ticket in order of arrival, line 1..3, minutes in the
    queue before (nan when none) and lying in hand, whether it ended in a resolution, whether it began live, whether
    another came before, proficiency level, whether it was an able attempt, effort. `reopened` i64 is per ticket.
    """

    ticket: Ints
    tier: Ints
    queued: Floats
    dormant: Floats
    resolved: Ints
    live: Ints
    later: Ints
    level: Ints
    able: Bools
    effort: Floats
    reopened: Ints


def working(reading: Reading) -> Working:
    """Gather the observations."""
    stints = reading.stints
    place = np.full(len(reading.log.cases), -1, dtype=np.int64)
    place[reading.cases] = np.arange(len(reading.cases))
    first = np.r_[True, stints.case[1:] != stints.case[:-1]]
    live = first & (stints.start == stints.opened[stints.case])
    in_hand = stints.end - stints.start - reading.customer
    return Working(
        ticket=place[stints.case],
        tier=reading.tier,
        queued=stints.queued,
        dormant=np.maximum(in_hand - reading.effort, 0.0),
        resolved=stints.resolved,
        live=live.astype(np.int64),
        later=(~first).astype(np.int64),
        level=reading.skills.before,
        able=reading.attempts.able,
        effort=reading.effort,
        reopened=stints.reopened[reading.cases],
    )


def behaviour(seen: Working, tickets: Bools) -> Behaviour:
    """Estimate behaviour from some of the tickets only (bool[n])."""
    use = tickets[seen.ticket]
    return Behaviour(
        takeup=_takeup(seen, use),
        direct=_direct(seen, use),
        dormant=_dormant(seen, use),
        odds=_odds(seen, use),
        spread=0.3,
        tried=tried_share(seen.effort[use], seen.resolved[use]),
        reopening=float((seen.reopened[tickets] > 0).mean()),
    )


def _quantiles(values: Floats) -> Floats:
    return np.quantile(values, np.linspace(0.0, 1.0, POINTS)) if len(values) else np.zeros(POINTS)


def _takeup(seen: Working, use: Bools) -> Floats:
    tables = np.zeros((3, 2, POINTS))
    for later in (0, 1):
        alike = use & ~np.isnan(seen.queued) & (seen.later == later)
        for tier in (1, 2, 3):
            mine = alike & (seen.tier == tier)
            chosen = mine if mine.sum() >= ENOUGH else alike
            tables[tier - 1, later] = _quantiles(seen.queued[chosen])
    return tables


def _direct(seen: Working, use: Bools) -> Floats:
    later = use & (seen.later == 1)
    passed = np.bincount(seen.tier[later] - 1, minlength=3)
    at_once = np.bincount(seen.tier[later & np.isnan(seen.queued)] - 1, minlength=3)
    return np.minimum(at_once / np.maximum(passed, 1), 0.99)


def _dormant(seen: Working, use: Bools) -> Floats:
    tables = np.zeros((3, ENDS, OPENINGS, POINTS))
    for end in range(ENDS):
        for live in range(OPENINGS):
            alike = use & (seen.resolved == end) & (seen.live == live)
            for tier in (1, 2, 3):
                mine = alike & (seen.tier == tier)
                chosen = mine if mine.sum() >= ENOUGH else alike
                tables[tier - 1, end, live] = _quantiles(seen.dormant[chosen])
    return tables


def _odds(seen: Working, use: Bools) -> Floats:
    """Return the odds of solving at each level relative to the average, never falling with the level.

    Rates are drawn towards the average by `HALF` observations and made monotone by pooling neighbours.
    """
    tried = use & seen.able
    tries = np.bincount(seen.level[tried], minlength=LEVELS).astype(float)
    wins = np.bincount(seen.level[tried], seen.resolved[tried].astype(float), minlength=LEVELS)
    average = float(wins.sum() / max(1.0, tries.sum()))
    average = min(max(average, 0.02), 0.98)
    rate = np.clip((wins + HALF * average) / (tries + HALF), 0.02, 0.98)
    rate = _monotone(rate, tries + HALF)
    return np.asarray(rate / (1.0 - rate) / (average / (1.0 - average)))


def _monotone(values: Floats, weights: Floats) -> Floats:
    """Isotonic regression by pooling adjacent violators."""
    blocks: list[list[float]] = []
    for value, weight in zip(values.tolist(), weights.tolist(), strict=True):
        blocks.append([value, weight, 1.0])
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            v, w, n = blocks.pop()
            u, x, k = blocks[-1]
            blocks[-1] = [(u * x + v * w) / (x + w), x + w, k + n]
    return np.concatenate([np.full(int(n), v) for v, _, n in blocks])


def tried_share(effort: Floats, resolved: Ints) -> float:
    """Return how much effort a stint that solved nothing took, relative to one that did."""
    solved, passed = effort[resolved == 1], effort[resolved == 0]
    if len(solved) == 0 or len(passed) == 0:
        return 0.5
    return float(np.clip(passed.mean() / solved.mean(), 0.05, 1.0))


def recorded_outcome(reading: Reading) -> Outcome:
    """Return how the work went as the log has it, tickets in order of arrival."""
    stints, member, cases = reading.stints, reading.member, reading.cases
    count = len(reading.log.cases)
    trails = [Trail() for _ in range(count)]
    rows = zip(
        stints.case.tolist(), member.tolist(), stints.team.tolist(), reading.tier.tolist(), strict=True
    )
    for case, who, team, line in rows:
        trails[case].goes_to(who, team, line)
    mine = [trails[case] for case in cases.tolist()]
    needed = reading.difficulty[cases].tolist()
    return Outcome(
        arrival=stints.opened[cases],
        assigned=stints.assigned[cases],
        begun=stints.begun[cases],
        resolved=stints.resolved_at[cases],
        queued=totals(stints.case, np.nan_to_num(stints.queued), count)[cases],
        customer=totals(stints.case, reading.customer, count)[cases],
        stints=np.bincount(stints.case, minlength=count)[cases],
        handovers=np.array([trail.handovers for trail in mine], dtype=np.int64),
        returns=np.array([trail.returns for trail in mine], dtype=np.int64),
        right_first=np.array([t.right_first(d) for t, d in zip(mine, needed, strict=True)], dtype=bool),
        effort=totals(member, reading.effort, len(reading.members)),
        taken=np.bincount(member, minlength=len(reading.members)),
    )
