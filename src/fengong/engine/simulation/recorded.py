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
        self.station = routes.bounds[:-1].tolist()
        self.stand_in: list[dict[int, int]] = [{} for _ in range(len(desk.tickets))]
        self.team_tier = [self._tier_of(t) for t in range(teams)]

    def _tier_of(self, team: int) -> int:
        return self.tiers[int(self.members[team][0])] if len(self.members[team]) else 1

    def hidden(self, ticket: int, k: int) -> float:
        station = self.station[ticket]
        if not self.queued[station]:
            return 0.0
        table = self.takeup[self.team_tier[self.team[station]] - 1][k > 0]
        return quantile(table, self.takeup_draw[ticket][k % self.most])

    def assign(self, waiting: list[int], floor: Floor, now: float) -> Pairs:
        pairs: Pairs = []
        room: dict[int, list[int]] = {}  # by team, who could take something, longest idle first
        for ticket in waiting:
            station = self.station[ticket]
            team = self.team[station]
            if team not in room:
                room[team] = self._room(team, floor, now)
            if room[team]:
                member = self._taker(ticket, self.person[station], room[team])
                room[team].remove(member)  # the next of this round goes to somebody else where there is one
                room[team] = room[team] or self._room(team, floor, now)
                pairs.append((ticket, member))
        return pairs

    def _room(self, team: int, floor: Floor, now: float) -> list[int]:
        members, pool = self.members[team], floor.pool
        if now <= self.last_seen[team]:  # after that, whoever there was takes what is left
            members = members[pool.present[members]]
        members = members[pool.load[members] < pool.capacity[members]]
        if len(members) < 2:
            return [int(m) for m in members]
        return [int(m) for m in members[np.argsort(pool.idle_since[members], kind="stable")]]

    def _taker(self, ticket: int, person: int, there: list[int]) -> int:
        """The one who had the place of this person before; else who has had none yet; else the longest idle."""
        had = self.stand_in[ticket]
        known = had.get(person, -1)
        if known in there:
            return known
        return next((m for m in there if m not in had.values()), there[0])

    def could_take(self, members: Sequence[int], waiting: Iterable[int], floor: Floor) -> list[int]:
        teams = {self.team_of[member] for member in members}
        return [ticket for ticket in waiting if self.team[self.station[ticket]] in teams]

    def stint(self, ticket: int, member: int, k: int) -> Stint:
        station = self.station[ticket]
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
        self.station[ticket] += 1
        return bool(self.station[ticket] >= self.bounds[ticket + 1])
