"""The way to the engine and back: rows of numbers in, plain results out. Nothing else here knows the engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from math import inf

import numpy as np

from fengong.engine.process.describe import describe
from fengong.engine.process.infer import Inferred, Promise, infer
from fengong.engine.process.log import DAY, WEEK, EventLog, State, ordered
from fengong.engine.process.working import behaviour
from fengong.engine.routing.policies import POLICIES as ALL_POLICIES
from fengong.engine.simulation.calibrate import Minutes, calibrate
from fengong.engine.simulation.changes import Change, changed
from fengong.engine.simulation.desk import Bools, Desk, Tickets
from fengong.engine.simulation.measure import FIGURES, Figures, figures, intervals, paired
from fengong.engine.simulation.outcome import Outcome
from fengong.engine.simulation.run import simulate, simulate_recorded
from fengong.planning.replay.assemble import Assembled
from fengong.planning.replay.mapping import STATES, Mapping, Target
from fengong.planning.replay.problems import Problem
from fengong.planning.replay.results import Check, Range, Scenario
from fengong.planning.replay.team_file import Person, TeamFile

LESS_IS_BETTER = FIGURES
QUANTILES = tuple((np.arange(1, 40) / 40.0).tolist())
LORENZ = 41
POLICIES = tuple(ALL_POLICIES)
EVERYDAY = (
    "fengong",
    "round-robin",
    "least-loaded",
    "longest-idle",
    "static-tiers",
)  # as many as a table can show
STATUS_QUO = "status-quo"
RECORDED = "recorded"
_TAIL = 90 * DAY  # how long after the last arrival the hours of a team file go on
_MONDAY = 4 * DAY  # 1970-01-05 was a Monday, in minutes after 1970-01-01


@dataclass(frozen=True, slots=True)
class Study:
    """A log understood: what was inferred, the desk the policies run on, minutes at which the axis starts."""

    log: EventLog
    inferred: Inferred
    desk: Desk
    epoch: float
    out_of_order: int
    repeats: int


@dataclass(frozen=True, slots=True)
class Sample:
    """One run: its figures, quantiles of hours to resolution, cumulative shares of effort."""

    figures: Figures
    resolved: tuple[float, ...]
    lorenz: tuple[float, ...]


def understand(assembled: Assembled, mapping: Mapping, *, rest: str) -> Study:
    """Turn rows into a log and infer everything from it. Raises `Problem` when nobody ever held a case."""
    events = np.array(assembled.events, dtype=float)
    facts = np.array(assembled.facts, dtype=np.int64)
    minutes = (events[:, 1] + assembled.offset) / 60.0
    epoch = float(np.floor((minutes.min() - _MONDAY) / WEEK) * WEEK + _MONDAY)
    states = np.array([int(State[name.upper()]) for name in STATES])
    whole = events[:, [0, 2, 3, 4]].astype(np.int64)
    log, late, repeats = ordered(
        EventLog(
            case=whole[:, 0],
            time=minutes - epoch,
            person=whole[:, 1],
            team=whole[:, 2],
            state=states[whole[:, 3]],
            topic=facts[:, 0],
            priority=facts[:, 1],
            hints=facts[:, 2:],
            team_tier=np.array([assembled.tiers[i] for i in range(len(assembled.teams.codes))]),
            cases=assembled.cases.all(),
            people=tuple(name for name, _ in assembled.people.codes),
            person_team=np.array([team for _, team in assembled.people.codes], dtype=np.int64),
            teams=assembled.teams.all(),
            topics=assembled.topics.all(),
        )
    )
    try:
        inferred = infer(log, _promise(mapping.targets), least_cases=mapping.least_cases, rest=rest)
    except ValueError as error:
        raise Problem("nobody-held", reason=error) from error
    return Study(log, inferred, inferred.desk, epoch, late, repeats)


def _promise(targets: dict[int, Target]) -> Promise:
    respond, resolve = [inf] * 5, [inf] * 5
    for priority, target in targets.items():
        respond[priority], resolve[priority] = target.first_response, target.resolution
    return Promise(tuple(respond), tuple(resolve))


def halves(study: Study, *, by_time: bool) -> Bools:
    """Return the tickets to fit on: the first half by arrival, or every other one."""
    place = np.arange(len(study.desk.tickets))
    return place < len(place) / 2 if by_time else place % 2 == 0


def fitted(study: Study, fit: Bools) -> Study:
    """Return the study with behaviour estimated and calibrated on some tickets only."""
    seen = study.inferred.working
    desk = replace(study.inferred.desk, behaviour=behaviour(seen, fit))
    recorded = Minutes(seen.ticket, seen.tier, np.nan_to_num(seen.queued), seen.dormant + seen.effort)
    fitted_behaviour = calibrate(desk, study.inferred.routes, recorded, fit)
    inferred = replace(study.inferred, desk=replace(desk, behaviour=fitted_behaviour))
    return replace(study, inferred=inferred, desk=replace(study.desk, behaviour=fitted_behaviour))


def scales(study: Study) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return the fitted scales of waiting in a queue and of lying in hand, by tier."""
    found = study.desk.behaviour
    return tuple(found.takeup_scale.tolist()), tuple(found.dormant_scale.tolist())


def checks(study: Study, fit: Bools, seeds: Sequence[int]) -> tuple[dict[str, Check], dict[str, Check]]:
    """Compare the simulated status quo with the record on the fitted tickets and on the others."""
    inferred = study.inferred
    runs = [simulate_recorded(inferred.desk, inferred.routes, seed=seed) for seed in seeds]
    return _compare(study, fit, runs), _compare(study, ~fit, runs)


def _compare(study: Study, which: Bools, runs: Sequence[Outcome]) -> dict[str, Check]:
    tickets = _some(study.inferred.desk.tickets, which)
    recorded = figures(study.inferred.recorded.part(which), tickets)
    simulated = intervals([figures(run.part(which), tickets) for run in runs])
    return {name: Check(recorded[name], simulated[name].mean) for name in FIGURES}


def _some(tickets: Tickets, which: Bools) -> Tickets:
    return Tickets(**{field.name: getattr(tickets, field.name)[which] for field in fields(tickets)})


def run(study: Study, policy: str, seed: int) -> Sample:
    """Run one policy, or the status quo, once."""
    if policy == STATUS_QUO:
        inferred = study.inferred
        return _sample(simulate_recorded(inferred.desk, inferred.routes, seed=seed), inferred.desk.tickets)
    return _sample(simulate(study.desk, policy=policy, seed=seed), study.desk.tickets)


def _sample(outcome: Outcome, tickets: Tickets) -> Sample:
    hours = (outcome.resolved - outcome.arrival) / 60.0
    effort = np.sort(outcome.effort)
    shares = np.concatenate([[0.0], np.cumsum(effort) / max(float(effort.sum()), 1e-9)])
    lorenz = np.interp(np.linspace(0.0, 1.0, LORENZ), np.linspace(0.0, 1.0, len(shares)), shares)
    return Sample(
        figures(outcome, tickets),
        tuple(np.nanquantile(hours, QUANTILES).tolist()),
        tuple(lorenz.tolist()),
    )


def recorded_sample(study: Study) -> Sample:
    """Return how it really went, in the shape of a run."""
    return _sample(study.inferred.recorded, study.inferred.desk.tickets)


def scenario(name: str, samples: Sequence[Sample], baseline: Sequence[Sample]) -> Scenario:
    """Sum up the runs of one policy; `baseline` are the status quo's, seed by seed."""
    found = intervals([sample.figures for sample in samples])
    apart = paired([sample.figures for sample in samples], [sample.figures for sample in baseline])
    return Scenario(
        name=name,
        values={figure: Range(value.mean, value.low, value.high) for figure, value in found.items()},
        against={figure: Range(value.mean, value.low, value.high) for figure, value in apart.items()},
        resolved=tuple(np.mean([sample.resolved for sample in samples], axis=0).tolist()),
        lorenz=tuple(np.mean([sample.lorenz for sample in samples], axis=0).tolist()),
    )


def with_team(study: Study, team: TeamFile) -> Study:
    """Return the study with the policies' desk changed as the file says. Raises `Problem` for names it cannot place."""
    tickets = study.desk.tickets
    last = float(tickets.arrival.max()) + _TAIL
    changes = [change for person in team.people for change in _changes(study, person, last)]
    staff = changed(study.desk.staff, changes, only=team.only)
    for tier in np.unique(tickets.difficulty).tolist():
        if not (staff.tier >= tier).any():
            raise Problem("no-one-for-tier", tier=tier)
    return replace(study, desk=replace(study.desk, staff=staff))


def _changes(study: Study, person: Person, last: float) -> list[Change]:
    log, reading = study.log, study.inferred.reading
    known = [
        m
        for m, p in enumerate(reading.members.tolist())
        if log.people[p] == person.name and person.team in (None, log.teams[int(log.person_team[p])])
    ]
    if not known and (person.tier is None or person.hours is None):
        raise Problem("unknown-member", name=person.name, team=person.team or "")
    unknown = sorted(set(person.skills) - set(reading.topics))
    if unknown:
        raise Problem("unknown-topic", name=person.name, topic=unknown[0], present=reading.topics)
    skills = {reading.topics.index(topic): level for topic, level in person.skills.items()}
    spans = None if person.hours is None else _weekly(person.hours, person.days, last)
    who: list[int | None] = [*known] or [None]
    return [Change(m, person.tier, skills, person.capacity, person.per_shift, spans) for m in who]


def _weekly(
    hours: tuple[float, float], days: tuple[int, ...], last: float
) -> tuple[tuple[float, float], ...]:
    start, end = hours
    return tuple(
        (day * DAY + start, day * DAY + end) for day in range(int(last // DAY) + 1) if day % 7 in days
    )


def facts(study: Study) -> dict[str, object]:
    """Return what the log says, by name."""
    found: dict[str, object] = asdict(describe(study.log, study.inferred))
    found["odds"] = study.desk.behaviour.odds.tolist()
    found["tried"] = study.desk.behaviour.tried
    found["changed_members"] = len(study.desk.staff) - len(study.inferred.desk.staff)
    return found
