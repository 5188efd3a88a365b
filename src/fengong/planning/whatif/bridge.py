"""The way to the engine and back: a study and a scenario in, rows and findings out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

import numpy as np

from fengong.engine.routing.kernels.codes import STATIC_TIERS
from fengong.engine.routing.policies import POLICIES
from fengong.engine.routing.rules import Rules, Weights
from fengong.engine.simulation.changes import Change
from fengong.engine.simulation.shifts import DAY, Span
from fengong.engine.simulation.whatif.comparison import Comparison, Effect, summed
from fengong.engine.simulation.whatif.coverage import gaps
from fengong.engine.simulation.whatif.division import Absence, Division, Move, Newcomer
from fengong.engine.simulation.whatif.finding import Finding, findings
from fengong.engine.simulation.whatif.forecast import Forecast, forecast
from fengong.engine.simulation.whatif.rates import WEEK, measured, measured_busyness
from fengong.engine.simulation.whatif.trial import Trial, prepare, run
from fengong.planning.replay.bridge import Study
from fengong.planning.whatif.cast import Cast
from fengong.planning.whatif.problems import BadScenario
from fengong.planning.whatif.results import Expected, Row, Told
from fengong.planning.whatif.scenario import Demand, Dial, Hours, Scenario, Side

_TAIL = 12 * WEEK  # how long hours that the scenario gives go on after the last ticket
_ROSTER_WEEKS = 4  # the last weeks of the log whose roster a forecast repeats
_WEEKEND = 2.5 * DAY  # a week in which tickets came until Friday noon is whole
_EPOCH = date(1970, 1, 1)

__all__ = ["POLICIES", "Comparison", "Trial", "run"]


def trial_of(study: Study, scenario: Scenario, groups: Sequence[int] | None) -> tuple[Trial, Cast]:
    """Make the two divisions of a scenario ready to run. `groups`: by ticket, None for topics.

    Raises `BadScenario` for what the log does not have or nobody could do.
    """
    cast = _cast(study, scenario)
    demand = None if scenario.demand is None else _forecast(study, scenario.demand, cast)
    window = demand.window if demand else (0.0, float(study.desk.tickets.arrival.max()) + DAY)
    joined: list[str] = []
    before, after = (
        _Making(study, scenario, cast, window, joined).division(side) for side in _sides(scenario)
    )
    codes = None if groups is None else np.array(groups, dtype=np.int64)
    trial = prepare(study.desk, before, after, groups=codes, forecast=demand)
    _check_coverage(study, scenario, trial, cast)
    members = (*cast.members, *((name, "") for name in joined))
    return trial, replace(cast, members=members)


def _sides(scenario: Scenario) -> tuple[Side, Side]:
    return scenario.before, scenario.after


def _cast(study: Study, scenario: Scenario) -> Cast:
    log, reading = study.log, study.inferred.reading
    members = tuple((log.people[p], log.teams[int(log.person_team[p])]) for p in reading.members.tolist())
    return Cast(scenario.path, members, reading.topics)


def day_of(study: Study, day: date) -> float:
    """Return the minute at which a day of the log's calendar begins."""
    return (day - _EPOCH).days * DAY - study.epoch


def date_at(study: Study, minute: float) -> date:
    """Return the day of the log's calendar a minute falls into."""
    return _EPOCH + timedelta(days=float((study.epoch + minute) // DAY))


class _Making:
    """Turns the sides of a scenario into divisions; `joined` collects newcomers of both by name."""

    def __init__(self, study: Study, scenario: Scenario, cast: Cast, window: Span, joined: list[str]) -> None:
        self.study, self.cast, self.window, self.joined = study, cast, window, joined
        self.path = scenario.path
        self.gone = _gone(study, window) if scenario.demand else frozenset()

    def division(self, side: Side) -> Division:
        """Return one side."""
        if side.policy not in POLICIES:
            raise BadScenario(
                self.path, side.place, "unknown-policy", name=side.policy, known=tuple(POLICIES), near=""
            )
        leavers = {member for who in side.leaves for member in self.cast.who(who)} | self.gone
        if len(leavers) == len(self.cast.members) and not side.joins:
            raise BadScenario(self.path, side.leaves[0].place if side.leaves else None, "nobody-left")
        return Division(
            policy=side.policy,
            rules=self._rules(side.dials),
            changes=self._changes(side),
            newcomers=self._newcomers(side),
            leavers=frozenset(leavers),
            absences=self._absences(side),
            moves=tuple(
                Move(member, shifted.by)
                for shifted in side.shifted
                if shifted.by is not None
                for member in self.cast.who(shifted.who)
            ),
        )

    def _rules(self, dials: tuple[Dial, ...]) -> Rules:
        rules = Rules()
        for dial in dials:
            of: Rules | Weights = rules.weights if dial.weight else rules
            known = {each.name: getattr(of, each.name) for each in fields(of)}
            usual = known.get(dial.name)
            if not isinstance(usual, int | float):
                names = tuple(name for name, value in known.items() if isinstance(value, int | float))
                raise BadScenario(self.path, dial.place, "unknown-rule", name=dial.name, known=names, near="")
            new: dict[str, Any] = {dial.name: type(usual)(dial.value)}
            if dial.weight:
                new = {"weights": replace(rules.weights, **new)}
            try:
                rules = replace(rules, **new)
            except ValueError as error:
                raise BadScenario(self.path, dial.place, "bad-rule", reason=str(error)) from error
        return rules

    def _changes(self, side: Side) -> tuple[Change, ...]:
        found = [Change(member, tier=to.tier) for to in side.tiers for member in self.cast.who(to.who)]
        for skill in side.skills:
            topic = self.cast.topic(skill.topic, skill.place)
            found += [Change(member, skills={topic: skill.level}) for member in self.cast.who(skill.who)]
        for shifted in side.shifted:
            if shifted.hours is not None:
                spans = self._spans(shifted.hours)
                found += [Change(member, spans=spans) for member in self.cast.who(shifted.who)]
        return tuple(found)

    def _newcomers(self, side: Side) -> tuple[Newcomer, ...]:
        found = []
        for one in side.joins:
            self.cast.newcomer(one.name, one.place)
            skills = {self.cast.topic(topic, place): level for topic, level, place in one.skills}
            like = Change(None, one.tier, skills, one.capacity, one.per_shift, self._spans(one.hours))
            if one.name not in self.joined:
                self.joined.append(one.name)
            found.append(Newcomer(len(self.cast.members) + self.joined.index(one.name), like))
        return tuple(found)

    def _absences(self, side: Side) -> tuple[Absence, ...]:
        found = []
        first, last = self.window
        for away in side.away:
            members = self.cast.who(away.who)
            start, end = day_of(self.study, away.first), day_of(self.study, away.last) + DAY
            if end <= first or start >= last:
                days = [date_at(self.study, at).isoformat() for at in (first, last - 1.0)]
                raise BadScenario(self.path, away.place, "outside", first=days[0], last=days[1])
            found += [Absence(member, start, end) for member in members]
        return tuple(found)

    def _spans(self, hours: Hours) -> tuple[Span, ...]:
        first, last = self.window
        days = range(int(first // DAY), int((last + _TAIL) // DAY) + 1)
        return tuple(
            (day * DAY + hours.start, day * DAY + hours.end) for day in days if day % 7 in hours.days
        )


def _roster(study: Study) -> Span:
    """The last whole weeks of the log, whose roster a forecast repeats; the first one if there is no whole week."""
    end = float(study.desk.tickets.arrival.max())
    last = max(1.0, (end + _WEEKEND) // WEEK) * WEEK
    return max(0.0, last - _ROSTER_WEEKS * WEEK), last


def _measured(study: Study, demand: Demand) -> tuple[int, int]:
    """How many weeks before that a forecast is measured on, and how many whole ones there are."""
    first = float(study.desk.tickets.arrival.min()) // WEEK * WEEK
    most = max(1, int((_roster(study)[1] - first) // WEEK))
    return demand.measured or most, most


def _gone(study: Study, window: Span) -> frozenset[int]:
    """Members without a shift in the weeks that come again: they have left."""
    first, last = _roster(study)
    shifts = study.desk.staff.shifts
    return frozenset(
        member
        for member, starts in enumerate(shifts.starts)
        if starts and not any(first <= start < last for start in starts)
    )


def _forecast(study: Study, demand: Demand, cast: Cast) -> Forecast:
    tickets, last = study.desk.tickets, _roster(study)[1]
    weeks, most = _measured(study, demand)
    first = last - weeks * WEEK
    if weeks > most:
        raise BadScenario(cast.path, demand.place, "too-short", weeks=weeks, most=most)
    own = {cast.topic(topic, place): factor for topic, factor, place in demand.topics}
    busyness = measured_busyness(tickets, first, last) if demand.busyness is None else demand.busyness
    begins = (float(tickets.arrival.max()) // WEEK + 1) * WEEK
    try:
        rates = measured(tickets, first, last).scaled(demand.factor, own)
        return forecast(
            study.desk, rates, begins=begins, weeks=demand.weeks, busyness=busyness, roster=_roster(study)
        )
    except ValueError as error:
        raise BadScenario(cast.path, demand.place, "no-demand") from error


def expected(study: Study, trial: Trial, scenario: Scenario) -> Expected | None:
    """Return what the forecast expects, None without one."""
    made, demand = trial.forecast, scenario.demand
    if made is None or demand is None:
        return None
    first = date_at(study, made.begins).isoformat()
    return Expected(made.rates.per_week, made.weeks, _measured(study, demand)[0], made.busyness, first)


def _check_coverage(study: Study, scenario: Scenario, trial: Trial, cast: Cast) -> None:
    """Refuse a side in which nobody may take something that the recorded team could."""
    plain = gaps(study.desk.staff, study.desk.tickets, Rules())
    known = {(gap.topic, gap.tier) for gap in plain}
    for side, made in zip(_sides(scenario), (trial.before, trial.after), strict=True):
        there = made.hours > 0
        rules = made.division.rules
        if POLICIES[made.division.policy].code == STATIC_TIERS:
            rules = replace(rules, reach=0)
        found = gaps(made.team.staff, study.desk.tickets, rules, there)
        new = [gap for gap in found if (gap.topic, gap.tier) not in known]
        if new:
            topic = cast.topics[new[0].topic]
            detail = {"topic": topic, "tier": new[0].tier, "tickets": new[0].tickets}
            raise BadScenario(scenario.path, side.place, "nobody-may", **detail)


def rows_of(
    trial: Trial, figures: Sequence[np.ndarray], cast: Cast, groups: Sequence[str]
) -> tuple[tuple[Row, ...], tuple[Told, ...], bool]:
    """Sum up the runs: every row, the findings in order, and whether nothing differs at all."""
    found = summed(trial, np.array(figures))
    told = tuple(_told(finding, cast, groups) for finding in findings(found))
    return tuple(_row(effect, cast, groups) for effect in found.effects), told, found.identical


def _told(finding: Finding, cast: Cast, groups: Sequence[str]) -> Told:
    row = None if finding.effect is None else _row(finding.effect, cast, groups)
    return Told(
        code=finding.code,
        kind=finding.kind,
        figure=finding.figure,
        confidence=finding.confidence,
        row=row,
        gains=finding.gains,
        pays=finding.pays,
        count=finding.count,
    )


def _row(effect: Effect, cast: Cast, groups: Sequence[str]) -> Row:
    kind, key, figure = effect.subject
    name, team = "", ""
    if kind == "member":
        name, team = cast.shown(key)
    elif kind == "group":
        name = groups[key]
    elif kind == "tier":
        name = str(key)
    shared = {
        each: getattr(effect, each)
        for each in (
            "before",
            "after",
            "change",
            "low",
            "high",
            "relative",
            "p",
            "runs",
            "standing",
            "certain",
        )
    }
    return Row(kind=kind, name=name, team=team, figure=figure, reach=effect.reach, **shared)
