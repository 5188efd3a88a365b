"""Two divisions of one desk, made ready to be run on the same luck, seed by seed."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from fengong.engine.simulation.desk import Desk, Floats, Ints, Tickets
from fengong.engine.simulation.outcome import Outcome
from fengong.engine.simulation.run import simulate
from fengong.engine.simulation.shifts import DAY
from fengong.engine.simulation.whatif.division import Division, Team, team
from fengong.engine.simulation.whatif.forecast import Forecast
from fengong.engine.simulation.whatif.subject import Subject, subjects
from fengong.engine.simulation.whatif.tally import (
    WEEK,
    Window,
    of_all,
    of_people,
    of_tickets,
    of_tiers,
    scheduled,
)


@dataclass(frozen=True, slots=True)
class Side:
    """One division with its people; `hours` f64[m] at work, `place` i64[m] of each among all members compared."""

    division: Division
    team: Team
    hours: Floats
    place: Ints


@dataclass(frozen=True, slots=True)
class Trial:
    """Everything a run needs. `groups` i64[n] by ticket of the desk, `count` groups; `window` the minutes that hours at
    work are counted in; `keys` i64[m] of all members compared; `subjects` what a row of figures holds, in order.
    """

    desk: Desk
    before: Side
    after: Side
    groups: Ints
    count: int
    forecast: Forecast | None
    window: Window
    keys: Ints
    subjects: tuple[Subject, ...]

    @property
    def weeks(self) -> float:
        """How many weeks of work are compared: for a history, at the pace of the nine tenths of its tickets in the
        middle, since a log may hold a few stragglers from years before.
        """
        if self.forecast is not None:
            return self.forecast.weeks
        early, late = np.quantile(self.desk.tickets.arrival, [0.05, 0.95])
        return max(float(late - early) / 0.9, DAY) / WEEK


def prepare(
    desk: Desk,
    before: Division,
    after: Division,
    *,
    groups: Ints | None = None,
    forecast: Forecast | None = None,
) -> Trial:
    """Make two divisions ready; both start from the desk's own staff.

    `groups` i64[n] gives each ticket of the desk its customer group 0, 1, …; without it every topic is one. With a
    forecast, runs draw their tickets from it instead of the history, and the roster is that of the forecast.
    Raises ValueError for a division that does not fit the desk.
    """
    codes = desk.tickets.topic if groups is None else groups
    if len(codes) != len(desk.tickets):
        raise ValueError(f"groups must name one group for each of {len(desk.tickets)} tickets")
    if forecast is not None:
        desk = replace(desk, staff=forecast.staffed(desk.staff))
    window = _window(desk.tickets) if forecast is None else forecast.window
    teams = [team(desk.staff, division) for division in (before, after)]
    keys = np.union1d(teams[0].keys, teams[1].keys)
    sides = [
        Side(division, one, scheduled(one.staff.shifts, window) / 60.0, np.searchsorted(keys, one.keys))
        for division, one in zip((before, after), teams, strict=True)
    ]
    count = int(codes.max(initial=-1)) + 1
    return Trial(desk, sides[0], sides[1], codes, count, forecast, window, keys, subjects(count, keys))


def _window(tickets: Tickets) -> Window:
    if not len(tickets):
        raise ValueError("there are no tickets")
    first, last = float(tickets.arrival.min()), float(tickets.arrival.max())
    return float(np.floor(first / DAY) * DAY), float((np.floor(last / DAY) + 1) * DAY)


def run(trial: Trial, seed: int) -> Floats:
    """Run both divisions once, on the same tickets and the same luck: f64[2, subjects], nan where there is none."""
    tickets, groups = trial.desk.tickets, trial.groups
    if trial.forecast is not None:
        tickets, source = trial.forecast.draw(seed)
        groups = groups[source]
    return np.stack([_row(trial, side, tickets, groups, seed) for side in (trial.before, trial.after)])


def _row(trial: Trial, side: Side, tickets: Tickets, groups: Ints, seed: int) -> Floats:
    desk = Desk(side.team.staff, tickets, trial.desk.behaviour)
    outcome = simulate(desk, policy=side.division.policy, seed=seed, rules=side.division.rules)
    return _figures(trial, side, tickets, groups, outcome)


def _figures(trial: Trial, side: Side, tickets: Tickets, groups: Ints, outcome: Outcome) -> Floats:
    weeks, hours = trial.weeks, side.hours
    members = np.full((len(trial.keys), 3), np.nan)
    members[side.place] = of_people(outcome, hours, weeks)
    by_tier = np.hstack(
        [
            of_tickets(outcome, tickets, tickets.difficulty - 1, 3),
            of_tiers(side.team.staff, outcome, hours, weeks),
        ]
    )
    everything = of_tickets(outcome, tickets, np.zeros_like(groups), 1)
    parts = (everything, of_all(outcome, hours, weeks), of_tickets(outcome, tickets, groups, trial.count))
    return np.concatenate([part.ravel() for part in (*parts, by_tier, members)])
