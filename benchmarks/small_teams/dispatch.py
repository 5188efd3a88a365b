"""A small team as live dispatch sees it: members and tickets, and Fengong's own kernel asked in every state.

Kinds become topics, costs become the weights of priorities, service times pace; nobody has a tier above another, so
what keeps a member free is the keeping alone. Of tickets waiting nothing is known but their number: the j-th of a kind
is taken to have come j - 1/2 mean gaps between arrivals ago.
"""

from __future__ import annotations

import numpy as np

from fengong.engine.routing.kernels.choose import FENGONG, best_member, best_ticket
from fengong.engine.routing.kernels.dials import dials_of
from fengong.engine.routing.kernels.keeping import Keeping
from fengong.engine.routing.kernels.moment import Moment
from fengong.engine.routing.kernels.state import Crew, Line
from fengong.engine.routing.kernels.tally import empty_tally, recount
from fengong.engine.routing.rules import Rules, Weights
from fengong.engine.staffing.exact.chart import Chart, Ints
from fengong.engine.staffing.exact.team import SmallTeam

MINUTES = 60.0  # per unit of the team's time
NOW = 1e6


def dispatched_actions(chart: Chart, team: SmallTeam, keeping: Keeping) -> Ints:
    """i64[states] for `long_run_cost`: what the kernel that dispatches would do. At most four kinds."""
    moment = moment_of(team, keeping)
    actions = np.full(chart.states, -1, dtype=np.int64)
    known: dict[tuple[int, ...], int] = {}
    for queue, waiting in enumerate(chart.waiting):
        for work, free in enumerate(chart.free):
            key = (*map(int, waiting), *map(int, free))
            if key not in known:
                known[key] = asked(moment, team, chart, waiting, free)
            actions[queue * len(chart.held) + work] = known[key]
    return actions


def asked(moment: Moment, team: SmallTeam, chart: Chart, waiting: Ints, free: Ints) -> int:
    """The pair that takes a ticket next, or -1. A ticket that a group would take goes to whom it saves most with."""
    if not waiting.any() or not free.any():
        return -1
    now = set_to(moment, team, waiting, free)
    for group, count in enumerate(free):
        member = int(np.searchsorted(moment.crew.group, group))
        place = best_ticket(FENGONG, now, member) if count else -1
        if place >= 0:
            ticket = int(now.waiting[place])
            taker = best_member(FENGONG, now, ticket)
            return int(chart.pair[now.line.topic[ticket], now.crew.group[taker]])
    return -1


def set_to(moment: Moment, team: SmallTeam, waiting: Ints, free: Ints) -> Moment:
    """The moment in this state: in each group the first members are free."""
    crew, line, filled = moment.crew, moment.line, 0
    for group, count in enumerate(free):
        first = int(np.searchsorted(crew.group, group))
        crew.load[first : first + team.members[group]] = MINUTES
        crew.load[first : first + count] = 0.0
    crew.held[:, 0] = crew.load > 0
    for kind, count in enumerate(waiting):
        slots = np.flatnonzero(line.topic == kind)[:count]
        line.waiting_since[slots] = NOW - MINUTES * (np.arange(count) + 0.5) / team.arrivals[kind]
        moment.waiting[filled : filled + count] = slots
        filled += int(count)
    recount(moment.tally, crew, line, moment.waiting, filled)
    return moment._replace(length=filled)


def moment_of(team: SmallTeam, keeping: Keeping) -> Moment:
    """Everybody free and nothing waiting."""
    rates, kinds = np.array(team.rates), len(team.arrivals)
    first, second, third, fourth = (*team.costs, *([1.0] * 4))[:4]
    rules = Rules(
        weights=Weights(over_qualification=0.0, reserve=0.0),
        priority=(first, second, third, fourth),
        guard=0.0,
        brisk=1.0,
        reach=0,
    )
    table = np.full((4, kinds), -1, dtype=np.int64)
    table[1] = np.arange(kinds)
    dials = dials_of(rules, kinds)._replace(kind=table, keeping=keeping)
    crew, line = _crew(team, rates), _line(team)
    places = np.zeros(len(line.ids), dtype=np.int64)
    return Moment(crew, line, empty_tally(kinds, len(team.members), sum(team.members)), dials, places, 0, NOW)


def _crew(team: SmallTeam, rates: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> Crew:
    count = sum(team.members)
    group = np.repeat(np.arange(len(team.members)), team.members)
    pace = np.divide(1.0, rates, out=np.ones_like(rates), where=rates > 0)
    return Crew(
        ids=np.arange(count),
        tier=np.ones(count, dtype=np.int64),
        group=group,
        proficiency=np.where(rates > 0, 5.0, 0.0).T[group],
        pace=pace.T[group],
        load=np.zeros(count),
        capacity=np.full(count, MINUTES),
        held=np.zeros((count, 1), dtype=np.int64),
        slots=np.ones((count, 1), dtype=np.int64),
        present=np.ones(count, dtype=np.bool_),
        off_at=np.full(count, np.inf),
        idle_since=np.zeros(count),
        given=np.zeros(count),
        last_given=np.full(count, -np.inf),
        idled=np.zeros(count),
        team=np.zeros(count, dtype=np.int64),
        most=np.ones(count, dtype=np.int64),
    )


def _line(team: SmallTeam) -> Line:
    kind = np.repeat(np.arange(len(team.longest)), team.longest)
    ones = np.ones(len(kind), dtype=np.int64)
    return Line(
        ids=np.arange(len(kind)),
        topic=kind,
        difficulty=ones,
        priority=kind + 1,
        tier=ones,
        channel=0 * ones,
        effort=np.full(len(kind), MINUTES),
        waiting_since=np.zeros(len(kind)),
        due_at=np.full(len(kind), np.inf),
        last_member=-ones,
        barred=-ones[:, None],
        team=0 * ones,
    )
