"""From a reading of a log to a desk that can be simulated, and the routes it recorded."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fengong.engine.process import people
from fengong.engine.process.difficulty import graded
from fengong.engine.process.hours import roster
from fengong.engine.process.log import Bools, EventLog, Floats, Ints
from fengong.engine.process.reading import Reading, read
from fengong.engine.process.stints import Stints
from fengong.engine.process.working import Working, recorded_outcome, tried_share, working
from fengong.engine.simulation.desk import Desk, Staff, Tickets, totals
from fengong.engine.simulation.outcome import Outcome
from fengong.engine.simulation.recorded import Routes


@dataclass(frozen=True, slots=True)
class Promise:
    """Promised minutes by priority: index 1 low .. 4 urgent."""

    respond: tuple[float, ...]
    resolve: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Inferred:
    """`desk` and `routes` to simulate, the `recorded` outcome, tickets in order of arrival; `working` is what behaviour
    is estimated from, `reading` what all of it was read from.
    """

    desk: Desk
    routes: Routes
    recorded: Outcome
    working: Working
    reading: Reading


def infer(log: EventLog, promise: Promise, *, least_cases: int, rest: str) -> Inferred:
    """Infer everything. Cases nobody ever held are left out. Raises ValueError when no case was held by anyone."""
    reading = read(log, least_cases=least_cases, rest=rest)
    tickets = _tickets(reading, promise)
    return Inferred(
        desk=Desk(_staff(reading, tickets), tickets),
        routes=_routes(reading),
        recorded=recorded_outcome(reading),
        working=working(reading),
        reading=reading,
    )


def _staff(reading: Reading, tickets: Tickets) -> Staff:
    stints, member, count = reading.stints, reading.member, len(reading.members)
    typical = float(np.mean(tickets.planned))
    most = people.held_at_once(stints, member, count, reading.customer)
    busiest = people.busiest_day(member, stints.start, reading.effort, count)
    taken = np.bincount(member, minlength=count)
    held = people.at_least_usual(most, taken, reading.line) * typical
    return Staff(
        tier=reading.line,
        team=reading.team,
        proficiency=reading.skills.level,
        capacity=np.maximum(held, float(tickets.planned.max())),
        budget=people.at_least_usual(np.maximum(busiest, typical), taken, reading.line),
        shifts=roster(reading.log, reading.members),
    )


def _tickets(reading: Reading, promise: Promise) -> Tickets:
    log, stints, cases = reading.log, reading.stints, reading.cases
    count = len(log.cases)
    effort = _effort_of_one(reading)[cases]
    facts = np.column_stack([log.topic, log.priority, log.hints])[cases]
    difficulty, topic = reading.difficulty[cases], reading.topic[cases]
    grade = graded(difficulty, facts)
    priority, arrival = log.priority[cases], stints.opened[cases]
    return Tickets(
        arrival=arrival,
        topic=topic,
        priority=priority,
        difficulty=difficulty,
        graded=grade,
        effort=effort,
        planned=_planned(topic, grade, effort),
        customer=totals(stints.case, reading.customer, count)[cases],
        live=stints.begun[cases] == arrival,
        respond_by=arrival + np.array(promise.respond)[priority],
        resolve_by=arrival + np.array(promise.resolve)[priority],
        ease=_ease(stints, reading.attempts.able, cases),
    )


def _effort_of_one(reading: Reading) -> Floats:
    """Return what one able person would have spent on each case of the log, f64[cases].

    The recorded stints of a sufficient line hold one that solved it and others that tried, which cost a known share.
    """
    stints, count, tries = reading.stints, len(reading.log.cases), reading.attempts
    enough = reading.tier >= reading.difficulty[stints.case]
    spent = totals(stints.case[enough], reading.effort[enough], count)
    tried = np.bincount(stints.case[enough & (tries.able | (stints.resolved == 1))], minlength=count)
    share = tried_share(reading.effort[tries.able], stints.resolved[tries.able])
    return np.asarray(np.maximum(spent / (1.0 + share * np.maximum(tried - 1.0, 0.0)), 1.0))


def _routes(reading: Reading) -> Routes:
    stints = reading.stints
    starts = np.searchsorted(stints.case, reading.cases)
    ends = np.searchsorted(stints.case, reading.cases, side="right")
    order = np.concatenate([np.arange(a, b) for a, b in zip(starts, ends, strict=True)])
    return Routes(
        bounds=np.concatenate([[0], np.cumsum(ends - starts)]),
        team=stints.team[order],
        effort=reading.effort[order],
        customer=reading.customer[order],
        queued=~np.isnan(stints.queued[order]),
        resolved=stints.resolved[order] == 1,
        person=reading.member[order],
    )


def _planned(topic: Ints, grade: Ints, effort: Floats) -> Floats:
    """Return what a dispatcher expects: the mean effort by topic and grade, drawn towards that of the grade."""
    planned = np.empty(len(effort))
    for level in np.unique(grade):
        of_level = grade == level
        mean = effort[of_level].mean()
        sums = np.bincount(topic[of_level], effort[of_level], minlength=int(topic.max()) + 1)
        counts = np.bincount(topic[of_level], minlength=len(sums))
        planned[of_level] = ((sums + 10.0 * mean) / (counts + 10.0))[topic[of_level]]
    return planned


def _ease(stints: Stints, able: Bools, cases: Ints) -> Floats:
    """Return Beta parameters of each case's chance to be solved by one able person, f64[n, 2].

    The number of failures before the first success is beta-geometric: P(first try) = a / (a + b) and, after one
    failure, P(second) = a / (a + b + 1); a and b follow from the two observed rates. Each case's own failures then
    update them: Beta(a + 1, b + failures).
    """
    tries = np.bincount(stints.case[able], minlength=int(cases.max()) + 1)[cases]
    solved_at = np.maximum(tries, 1)
    first = float((solved_at == 1).mean())
    second = float((solved_at[solved_at > 1] == 2).mean()) if (solved_at > 1).any() else first
    first, second = min(max(first, 0.05), 0.95), min(max(second, 0.04), 0.94)
    a = 1.0 / max(1.0 / second - 1.0 / first, 0.02)
    b = a / first - a
    failures = solved_at - 1.0
    return np.column_stack([np.full(len(cases), a + 1.0), b + failures])
