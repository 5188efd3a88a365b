"""Tickets that have not come yet: drawn from expected rates instead of read from a history.

What a ticket is like beyond topic, difficulty and priority (effort, grade, how long the customer is waited for,
promises) is that of a ticket of the history of the same kind, so people behave as calibrated.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np

from fengong.engine.simulation.desk import Desk, Floats, Ints, Staff, Tickets
from fengong.engine.simulation.shifts import Shifts, Span
from fengong.engine.simulation.whatif.division import AWAY
from fengong.engine.simulation.whatif.rates import HOURS, WEEK, Rates

_TAIL = 12 * WEEK  # how long after the last arrival the roster goes on, to finish what is open


@dataclass(frozen=True, slots=True)
class Forecast:
    """`weeks` of demand that begin at minute `begins`, a Monday 0:00.

    `busyness`: the variance of the factor, gamma with mean 1, by which a whole day is busier; 0 makes arrivals Poisson.
    `examples`: tickets of a history, in the terms of which a ticket is drawn; `picks` i64 and `bounds` i64[cells + 1]:
    those of cell c are `picks[bounds[c] : bounds[c + 1]]`. The roster is that of the minutes `roster` of the desk's,
    whole weeks, again and again.
    """

    rates: Rates
    examples: Tickets
    picks: Ints
    bounds: Ints
    begins: float
    weeks: int
    busyness: float
    roster: Span

    @property
    def window(self) -> Span:
        """The time it covers, minutes."""
        return self.begins, self.begins + self.weeks * WEEK

    def draw(self, seed: int) -> tuple[Tickets, Ints]:
        """Return tickets in order of arrival and the example each is like, i64[n].

        Within an hour arrivals are Poisson, given how busy the day is: Avramidis, Deslauriers, L'Ecuyer 2004, Modeling
        daily arrivals to a telephone call center, section 3 (a gamma busyness factor, after Whitt 1999).
        """
        dice = np.random.default_rng([20131, seed])
        busy = np.ones(7 * self.weeks)
        if self.busyness > 0:
            busy = dice.gamma(1.0 / self.busyness, self.busyness, len(busy))
        hours = np.arange(HOURS * self.weeks)
        expected = self.rates.per_hour.sum(axis=0)[hours % HOURS] * busy[hours // 24]
        hour = np.repeat(hours, dice.poisson(expected))
        arrival = self.begins + 60.0 * (hour + dice.random(len(hour)))
        order = np.argsort(arrival, kind="stable")
        cell = self._cells(hour[order] % HOURS, dice.random(len(hour)))
        size = self.bounds[cell + 1] - self.bounds[cell]
        source = self.picks[self.bounds[cell] + np.floor(dice.random(len(cell)) * size).astype(np.int64)]
        return self._like(arrival[order], cell, source), source

    def _cells(self, hour: Ints, dice: Floats) -> Ints:
        """Return which cell each arrival belongs to, by the rates of its hour."""
        cell = np.zeros(len(hour), dtype=np.int64)
        for each in np.unique(hour).tolist():
            rising = np.cumsum(self.rates.per_hour[:, each])
            mine = hour == each
            found = np.searchsorted(rising, dice[mine] * rising[-1], side="right")
            cell[mine] = np.minimum(found, len(rising) - 1)
        return cell

    def _like(self, arrival: Floats, cell: Ints, source: Ints) -> Tickets:
        kept = {field.name: getattr(self.examples, field.name)[source] for field in fields(self.examples)}
        since = arrival - kept["arrival"]
        topic, difficulty, priority = self.rates.cells[cell].T
        return replace(
            Tickets(**kept),
            arrival=arrival,
            topic=topic,
            difficulty=difficulty,
            priority=priority,
            respond_by=kept["respond_by"] + since,
            resolve_by=kept["resolve_by"] + since,
        )

    def staffed(self, staff: Staff) -> Staff:
        """Return the staff with the roster of the forecast; who has no shift in the repeated weeks is not there."""
        first, last = self.roster
        step, until = last - first, self.window[1] + _TAIL
        spans: list[list[Span]] = []
        for starts, ends in zip(staff.shifts.starts, staff.shifts.ends, strict=True):
            mine = [(a, b) for a, b in zip(starts, ends, strict=True) if first <= a < last]
            turns = range(int((until - self.begins) // step) + 1)
            moved = [
                (a + by, b + by)
                for turn in turns
                for by in [self.begins - first + turn * step]
                for a, b in mine
            ]
            spans.append((moved or [AWAY]) if starts else [])
        return replace(staff, shifts=Shifts.of(spans))


def forecast(
    desk: Desk, rates: Rates, *, begins: float, weeks: int, busyness: float = 0.0, roster: Span
) -> Forecast:
    """Make a forecast for a desk.

    A cell without a ticket like it in the history takes its examples from the same topic and difficulty, else from the
    same difficulty and priority, else difficulty, else all. Raises ValueError where there is nothing to draw from.
    """
    if weeks < 1 or busyness < 0 or roster[1] <= roster[0]:
        raise ValueError("a forecast needs a week at least, busyness not below 0 and a roster to repeat")
    if not rates.per_hour.sum() > 0 or not len(desk.tickets):
        raise ValueError("there is no demand to forecast")
    chosen = [_alike(desk.tickets, *cell) for cell in rates.cells.tolist()]
    bounds = np.concatenate([[0], np.cumsum([len(each) for each in chosen])])
    return Forecast(rates, desk.tickets, np.concatenate(chosen), bounds, begins, weeks, busyness, roster)


def _alike(tickets: Tickets, topic: int, difficulty: int, priority: int) -> Ints:
    same = (tickets.topic == topic, tickets.difficulty == difficulty, tickets.priority == priority)
    for which in (same[0] & same[1] & same[2], same[0] & same[1], same[1] & same[2], same[1]):
        if which.any():
            return np.flatnonzero(which)
    return np.arange(len(tickets))
