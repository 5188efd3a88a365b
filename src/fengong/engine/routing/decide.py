"""From one situation to one explained decision per ticket, by the same policies that simulations run.

The façade turns the situation into arrays, lets the policy assign, and then explains: the terms of the
winner's cost, the best alternatives, and for everybody else the reason why not, all as seen at the start of
the batch.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from fengong.engine.routing.arrays import Floats, Ints, Scene
from fengong.engine.routing.costs import Prices, Terms
from fengong.engine.routing.decision import (
    HELD_BACK,
    NOBODY,
    OUTBID,
    Alternative,
    Decision,
    Exclusion,
)
from fengong.engine.routing.exclusions import need_of, sifted
from fengong.engine.routing.idleness import by_idleness
from fengong.engine.routing.policies import policy as policy_called
from fengong.engine.routing.rules import Rules
from fengong.engine.routing.situation import Situation
from fengong.engine.routing.translation import pool_of, queue_of, topics_of

ALTERNATIVES = 3


def decide(situation: Situation, *, policy: str, rules: Rules) -> tuple[Decision, ...]:
    """One decision per ticket, in the order of the situation. Raises ValueError for an unknown policy."""
    chosen = policy_called(policy)
    topics = topics_of(situation)
    pool, queue = pool_of(situation, topics), queue_of(situation, topics)
    if not len(queue):
        return ()
    tickets, members = chosen.assign(pool, queue, situation.now, rules)
    winner = np.full(len(queue), -1, dtype=np.int64)
    winner[tickets] = members
    held, opened = pool.load.copy(), pool.held.copy()
    np.add.at(held, members, queue.effort[tickets])
    np.add.at(opened, (members, queue.channel[tickets]), 1)
    prices = Prices(Scene(pool, queue, situation.now, rules))
    waiting = prices.waiting(np.arange(len(queue)))
    explain = _Explainer(prices, policy, held, opened, winner, waiting)
    return tuple(explain.decision(ticket) for ticket in range(len(queue)))


@dataclass(frozen=True, slots=True)
class _Explainer:
    prices: Prices
    policy: str
    held: Floats  # loads after the batch
    open: Ints  # tickets open after it, per channel
    winner: Ints  # per ticket the member position, -1 for none
    waiting: Floats  # per ticket what it costs to leave it waiting
    alike: dict[tuple[float, ...], tuple[Ints, tuple[Exclusion, ...]]] = field(default_factory=dict)

    def decision(self, ticket: int) -> Decision:
        eased = self._eased(ticket)
        eligible, exclusions = self._sifted(ticket, eased)
        mine, others = self._priced(ticket, eligible)
        queue = self.prices.scene.queue
        waiting = float(self.waiting[ticket])
        return Decision(
            ticket=int(queue.ids[ticket]),
            member=mine.member if mine else None,
            policy=self.policy,
            cost=mine.cost if mine else waiting,
            terms=mine.terms if mine else {},
            alternatives=others,
            exclusions=exclusions,
            eligible=len(eligible),
            waits="" if mine else self._waits(ticket, eligible),
            waiting_cost=waiting,
            help_due=bool(self.prices.relief[ticket]),
            eased=eased,
            interrupts=self.prices.scene.rules.interrupting.over[queue.priority[ticket] - 1] > 0,
        )

    def _sifted(self, ticket: int, eased: float) -> tuple[Ints, tuple[Exclusion, ...]]:
        """Who may take it, the longest idle first, and who not; once for tickets alike in all that the checks read."""
        scene = self.prices.scene
        queue = scene.queue
        if (queue.barred[:, 0] == ticket).any():
            return self._in_order(ticket)
        read = (queue.topic, queue.difficulty, queue.tier, queue.effort, queue.channel, queue.team)
        key = (*(float(each[ticket]) for each in read), eased)
        if key not in self.alike:
            self.alike[key] = self._in_order(ticket)
        return self.alike[key]

    def _in_order(self, ticket: int) -> tuple[Ints, tuple[Exclusion, ...]]:
        eligible, exclusions = sifted(self.prices.scene, ticket)
        return by_idleness(self.prices.scene, eligible), exclusions

    def _eased(self, ticket: int) -> float:
        need = need_of(self.prices.scene, ticket)
        return round(need["at_first"] - need["need"], 2) if "at_first" in need else 0.0

    def _waits(self, ticket: int, eligible: Ints) -> str:
        if not len(eligible):
            return NOBODY
        scene, channel = self.prices.scene, self.prices.scene.queue.channel[ticket]
        after = self.held[eligible] + scene.queue.effort[ticket]
        has_room = after <= scene.pool.capacity[eligible]
        has_room &= self.open[eligible, channel] < scene.pool.slots[eligible, channel]
        has_room &= self.open[eligible].sum(axis=1) < scene.pool.most[eligible]
        return HELD_BACK if has_room.any() else OUTBID

    def _priced(self, ticket: int, members: Ints) -> tuple[Alternative | None, tuple[Alternative, ...]]:
        """The winner, if any, and the best others, cheapest first; ties by idleness, as the matching breaks them."""
        if not len(members):
            return None, ()
        terms, cost = self.prices.priced(np.full(len(members), ticket), members)
        ranked = np.argsort(np.round(cost, 3), kind="stable")
        won = members[ranked] == self.winner[ticket]
        first = [self._alternative(i, members, cost, terms) for i in ranked[~won][:ALTERNATIVES]]
        mine = [self._alternative(i, members, cost, terms) for i in ranked[won]]
        return (mine[0] if mine else None), tuple(first)

    def _alternative(self, i: int, members: Ints, cost: Floats, terms: Terms) -> Alternative:
        scene = self.prices.scene
        given = scene.queue.ids[self.winner == members[i]]
        return Alternative(
            member=int(scene.pool.ids[members[i]]),
            cost=float(cost[i]),
            terms={
                name: float(values[i]) + 0.0 for name, values in terms.items()
            },  # + 0.0 turns -0.0 into 0.0
            busy_with=tuple(sorted(given.tolist())),
        )
