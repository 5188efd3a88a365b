"""A desk that has much to do: three lines at work from 8 to 16, tickets while they are there."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np

from fengong.engine.simulation.desk import Desk
from tests.engine.simulation.desks import DAY, tiered_desk

HOURS = tuple((d * DAY + 480.0, d * DAY + 960.0) for d in range(30))


@cache
def busy_desk(tickets: int = 500) -> Desk:
    """Members 0..5 are the first line, 6..9 the second, 10 and 11 the third; three topics known to all."""
    plain, dice = tiered_desk(tickets=tickets), np.random.default_rng(5)
    arrival = np.sort(dice.integers(0, 10, tickets) * DAY + dice.uniform(480.0, 900.0, tickets))
    facts = replace(
        plain.tickets,
        arrival=arrival,
        effort=3.0 * plain.tickets.effort,
        live=np.zeros(tickets, dtype=bool),
        resolve_by=arrival + 240.0,
    )
    at_once = replace(
        plain.behaviour, takeup=np.zeros((3, 2, 2)), dormant=np.zeros((3, 2, 2, 2)), reopening=0.0
    )
    return Desk(plain.staff, facts, at_once)
