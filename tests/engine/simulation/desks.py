from __future__ import annotations

from math import inf

import numpy as np

from fengong.engine.simulation.desk import Behaviour, Desk, Staff, plain_tickets
from fengong.engine.simulation.shifts import Shifts

DAY = 1440.0


def staff(tiers, *, topics=1, level=3.0, capacity=1.0, shifts=None):
    count = len(tiers)
    return Staff(
        tier=np.array(tiers),
        team=np.array(tiers) - 1,
        proficiency=np.full((count, topics), level),
        capacity=np.full(count, float(capacity)),
        budget=np.full(count, inf),
        shifts=shifts or Shifts.always(count),
    )


def queueing_desk(servers, load, customers, seed, *, scale=1.0):
    """M/M/c: service of mean 1, arrivals of rate `load`; planned effort 1 and capacity 1, so one at a time each."""
    dice = np.random.default_rng([7, seed])
    arrival = np.cumsum(dice.exponential(1.0 / load, customers))
    effort = dice.exponential(1.0, customers) * scale
    return Desk(staff([1] * servers), plain_tickets(arrival, effort), Behaviour(beat=0.0, allowance=0.0))


def tiered_desk(seed=3, tickets=400, days=10):
    """Three tiers in shifts of 8 to 16 o'clock, tickets round the clock, all kinds of difficulty and luck."""
    dice = np.random.default_rng(seed)
    tiers = [1] * 6 + [2] * 4 + [3] * 2
    spans = [[(d * DAY + 480.0, d * DAY + 960.0) for d in range(days + 20)] for _ in tiers]
    arrival = np.sort(dice.uniform(0.0, days * DAY, tickets))
    difficulty = dice.choice([1, 2, 3], tickets, p=[0.6, 0.3, 0.1])
    graded = np.where(dice.random(tickets) < 0.8, difficulty, 1)
    facts = plain_tickets(
        arrival,
        dice.lognormal(2.5, 0.7, tickets),
        topic=dice.integers(0, 3, tickets),
        difficulty=difficulty,
        graded=graded,
        planned=np.full(tickets, 20.0),
        customer=np.where(dice.random(tickets) < 0.3, 600.0, 0.0),
        live=dice.random(tickets) < 0.5,
        ease=np.tile([3.0, 1.5], (tickets, 1)),
    )
    flat = np.zeros((3, 2, 2, 2))
    flat[..., 1] = 120.0
    behaviour = Behaviour(
        takeup=np.tile([0.0, 60.0], (3, 2, 1)), dormant=flat, spread=0.4, tried=0.5, reopening=0.05
    )
    people = staff(tiers, topics=3, capacity=80.0, shifts=Shifts.of(spans))
    return Desk(people, facts, behaviour)
