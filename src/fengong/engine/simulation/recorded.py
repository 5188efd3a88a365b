"""What happens to a ticket when it goes the way a log recorded: from team to team, to whoever of the team takes it.

This is the status quo every policy is compared with. The way is given; who takes it, when, and how long it takes come
from the same machinery as under a policy. A team pulls: a waiting ticket lies unseen for a drawn time first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import inf

import numpy as np

from fengong.engine.simulation.courses import Pairs, Stint
from fengong.engine.simulation.desk import Bools, Desk, Floats, Ints
from fengong.engine.simulation.draws import Draws, quantile
from fengong.engine.simulation.floor import Floor


@dataclass(frozen=True, slots=True)
class Routes:
    """`s` stations of `n` tickets in order; those of ticket i are `bounds[i]` to `bounds[i + 1]`.

    `team` i64, `effort` f64, `customer` f64, `queued` bool (it lay in a queue before), `resolved` bool; `person` i64,
    any number that is the same when the same person of the log had it again.
    """

    bounds: Ints
    team: Ints
    effort: Floats
    customer: Floats
    queued: Bools
    resolved: Bools
    person: Ints


class Recorded:
    """Tickets go the recorded way."""

    def __init__(self, desk: Desk, draws: Draws, routes: Routes) -> None:
        behaviour = desk.behaviour
        self.most = behaviour.most_stints
        self.spread_free = draws.factor.tolist()
        self.takeup_draw, self.dormant_draw = draws.takeup.tolist(), draws.dormant.tolist()
        self.bounds, self.team = routes.bounds.tolist(), routes.team.tolist()
        self.effort, self.customer = routes.effort.tolist(), routes.customer.tolist()
        self.queued, self.resolved = routes.queued.tolist(), routes.resolved.tolist()
        self.person, self.live = routes.person.tolist(), desk.tickets.live.tolist()
        self.tiers, self.team_of = desk.staff.tier.tolist(), desk.staff.team.tolist()
        self.takeup = (behaviour.takeup * behaviour.takeup_scale[:, None, None]).tolist()
        self.dormant = (behaviour.dormant * behaviour.dormant_scale[:, None, None, None]).tolist()
        teams = max(int(desk.staff.team.max()), int(routes.team.max(initial=0))) + 1
        self.members = [np.flatnonzero(desk.staff.team == t) for t in range(teams)]
        ends = desk.staff.shifts.ends
        self.last_seen = [
            max((ends[m][-1] if ends[m] else inf for m in team), default=inf) for team in self.members
        ]
        self.stations = [0] * len(desk.tickets)
        self.stand_in: list[dict[int, int]] = [{} for _ in range(len(desk.tickets))]
        self.team_tier = [self._tier_of(t) for t in range(teams)]

    def _tier_of(self, team: int) -> int:
        return self.tiers[int(self.members[team][0])] if len(self.members[team]) else 1

    def hidden(self, ticket: int, k: int) -> float:
        station = self._station(ticket)
        if not self.queued[station]:
            return 0.0
        table = self.takeup[self.team_tier[self.team[station]] - 1][k > 0]
        return quantile(table, self.takeup_draw[ticket][k % self.most])

    def assign(self, waiting: list[int], floor: Floor, now: float) -> Pairs:
        pairs: Pairs = []
        load = floor.pool.load.copy()
        for ticket in waiting:
            member = self._taker(ticket, floor, load, now)
            if member >= 0:
                load[member] += 1.0  # the next of this round goes to somebody else where there is one
                pairs.append((ticket, member))
        return pairs

    def may_help(self, members: Sequence[int], waiting: Iterable[int]) -> bool:
        teams = {self.team[self._station(ticket)] for ticket in waiting}
        return any(self.team_of[member] in teams for member in members)

    def _taker(self, ticket: int, floor: Floor, load: Floats, now: float) -> int:
        station = self._station(ticket)
        known = self.stand_in[ticket].get(self.person[station], -1)
        if known >= 0 and floor.pool.present[known] and load[known] < floor.pool.capacity[known]:
            return known
        members = self.members[self.team[station]]
        gone = now > self.last_seen[self.team[station]]
        there = members if gone else members[floor.pool.present[members]]
        there = there[load[there] < floor.pool.capacity[there]]
        if len(there) == 0:
            return -1
        idle = floor.pool.idle_since[there] + load[there] * 1e-9
        free = [
            m
            for m in there[np.argsort(idle, kind="stable")].tolist()
            if m not in self.stand_in[ticket].values()
        ]
        return int(free[0]) if free else int(there[0])

    def stint(self, ticket: int, member: int, k: int) -> Stint:
        station = self._station(ticket)
        self.stand_in[ticket][self.person[station]] = member
        live = self.live[ticket] and k == 0
        ends = self.resolved[station]
        lying = self.dormant[self.tiers[member] - 1][ends][live]
        return Stint(
            delay=0.0,
            work=self.effort[station],
            dormant=quantile(lying, self.dormant_draw[ticket][k % self.most]),
            customer=self.customer[station],
            solved=ends,
        )

    def after(self, ticket: int, member: int, k: int, stint: Stint, now: float) -> bool:
        self.stations[ticket] += 1
        return bool(self.bounds[ticket] + self.stations[ticket] >= self.bounds[ticket + 1])

    def _station(self, ticket: int) -> int:
        return int(self.bounds[ticket] + self.stations[ticket])
