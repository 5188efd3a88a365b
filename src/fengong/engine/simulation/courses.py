"""What happens to a ticket once somebody has it, when a policy is free to choose that somebody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from fengong.engine.routing.arrays import Queue
from fengong.engine.routing.policies.base import Policy
from fengong.engine.routing.rules import Rules
from fengong.engine.simulation.desk import Desk
from fengong.engine.simulation.draws import Draws, quantile
from fengong.engine.simulation.floor import Floor

Pairs = list[tuple[int, int]]
_REMEMBERED = 3  # who passed a ticket on last do not get it again, as long as somebody is left who may


@dataclass(frozen=True, slots=True)
class Stint:
    """One person with one ticket: minutes until begun, of work, lying in hand, awaiting the customer; solved or not."""

    delay: float
    work: float
    dormant: float
    customer: float
    solved: bool


class Course(Protocol):
    """The ways of a ticket. `k` counts its stints from 0."""

    def hidden(self, ticket: int, k: int) -> float:
        """Return how many minutes pass before anyone looks at the waiting ticket."""
        ...

    def assign(self, waiting: list[int], floor: Floor, now: float) -> Pairs:
        """Return who takes which waiting ticket now."""
        ...

    def could_take(self, members: Sequence[int], waiting: Iterable[int], floor: Floor) -> list[int]:
        """Return the waiting tickets that one of these members, just come or free, might take."""
        ...

    def stint(self, ticket: int, member: int, k: int) -> Stint:
        """Return what this member does with it."""
        ...

    def after(self, ticket: int, member: int, k: int, stint: Stint, now: float) -> bool:
        """Note how the stint ended; return whether the ticket is done."""
        ...


class Free:
    """Tickets go where the policy sends them.

    A member below the ticket's true difficulty spends a part of the effort and escalates it one tier. One of the right
    tier solves it with the ticket's own chance, moved by proficiency, else passes it to someone else of the tier. A
    solution may not hold; then the ticket waits again.
    """

    def __init__(self, desk: Desk, draws: Draws, policy: Policy, rules: Rules) -> None:
        tickets, behaviour = desk.tickets, desk.behaviour
        self.policy, self.rules, self.behaviour = policy, rules, behaviour
        self.topic, self.priority = tickets.topic, tickets.priority.astype(np.int8)
        self.tier = tickets.graded.astype(np.int8)
        self.graded = tickets.graded.astype(np.int8)
        self.planned, self.waiting_since = tickets.planned, tickets.arrival.copy()
        self.due = tickets.respond_by.copy()
        self.resolve_by = tickets.resolve_by
        self.last_member = np.full(len(tickets), -1, dtype=np.int64)
        self.barred: dict[int, list[int]] = {}
        self.able: dict[tuple[int, int, int], int] = {}
        self.topics, self.difficulty = tickets.topic.tolist(), tickets.difficulty.tolist()
        self.effort, self.customer = tickets.effort.tolist(), tickets.customer.tolist()
        self.live = tickets.live.tolist()
        self.levels = np.rint(desk.staff.proficiency).astype(int).tolist()
        self.tiers = desk.staff.tier.tolist()
        self.draws = _Lists(draws)
        scaled = behaviour.takeup * behaviour.takeup_scale[:, None, None]
        lying = behaviour.dormant * behaviour.dormant_scale[:, None, None, None]
        self.takeup, self.dormant = scaled.tolist(), lying.tolist()
        self.direct = behaviour.direct.tolist()
        self.odds, self.pace = behaviour.odds.tolist(), behaviour.pace.tolist()

    def hidden(self, ticket: int, k: int) -> float:
        return 0.0

    def assign(self, waiting: list[int], floor: Floor, now: float) -> Pairs:
        at = np.array(waiting)
        tickets, members = self.policy.assign(floor.pool, self._queue(at), now, self.rules)
        return [(waiting[i], m) for i, m in zip(tickets.tolist(), members.tolist(), strict=True)]

    def could_take(self, members: Sequence[int], waiting: Iterable[int], floor: Floor) -> list[int]:
        return [ticket for ticket in waiting if any(self._might(m, ticket, floor) for m in members)]

    def _might(self, member: int, ticket: int, floor: Floor) -> bool:
        """The checks every policy makes, but for those that only time or somebody else can change."""
        enough = self.levels[member][self.topics[ticket]] >= self.rules.need[self.graded[ticket] - 1]
        above = self.tiers[member] - int(self.tier[ticket])
        if not (enough and 0 <= above <= self.rules.reach):
            return False
        return bool(floor.pool.load[member] + self.planned[ticket] <= floor.pool.capacity[member])

    def _queue(self, at: np.ndarray) -> Queue:
        queue = Queue(
            ids=at,
            topic=self.topic[at],
            difficulty=self.graded[at],
            priority=self.priority[at],
            tier=self.tier[at],
            effort=self.planned[at],
            waiting_since=self.waiting_since[at],
            due_at=self.due[at],
            last_member=self.last_member[at],
        )
        barred = [(i, m) for i, ticket in enumerate(at.tolist()) for m in self.barred.get(ticket, ())]
        if barred:
            queue.barred = np.array(barred, dtype=np.int64)
        return queue

    def stint(self, ticket: int, member: int, k: int) -> Stint:
        tier, level = self.tiers[member], self.levels[member][self.topics[ticket]]
        live = self.live[ticket] and k == 0
        solved = self._solves(ticket, tier, level, k)
        work = self.effort[ticket] * self.pace[level] * self.draws.factor[ticket][k]
        lying = self.dormant[tier - 1][solved][live]
        return Stint(
            delay=0.0 if live else self._delay(ticket, tier, k),
            work=work if solved else work * self.behaviour.tried,
            dormant=quantile(lying, self.draws.dormant[ticket][k]),
            customer=self.customer[ticket] if solved else 0.0,
            solved=solved,
        )

    def _delay(self, ticket: int, tier: int, k: int) -> float:
        u, later = self.draws.takeup[ticket][k], k > 0
        direct = self.direct[tier - 1] if later else 0.0
        return 0.0 if u < direct else quantile(self.takeup[tier - 1][later], (u - direct) / (1.0 - direct))

    def _solves(self, ticket: int, tier: int, level: int, k: int) -> bool:
        if k >= self.behaviour.most_stints - 1:
            return True
        ease = self.draws.ease[ticket]
        odds = ease / (1.0 - ease) * self.odds[level]
        return bool(tier >= self.difficulty[ticket] and self.draws.solving[ticket][k] < odds / (1.0 + odds))

    def after(self, ticket: int, member: int, k: int, stint: Stint, now: float) -> bool:
        self.waiting_since[ticket] = now
        self.due[ticket] = self.resolve_by[ticket]
        if stint.solved:
            self.customer[ticket] = 0.0
            self.last_member[ticket] = member
            holds = self.draws.reopening[ticket][k] >= self.behaviour.reopening
            return bool(holds or k >= self.behaviour.most_stints - 1)
        tier = self.tiers[member]
        if tier < self.difficulty[ticket]:
            self.tier[ticket] = tier + 1
            self.graded[ticket] = max(int(self.graded[ticket]), tier + 1)
        passed_by = [*self.barred.get(ticket, ()), member]
        self.barred[ticket] = passed_by[max(0, len(passed_by) - self._most_barred(ticket)) :]
        return False

    def _most_barred(self, ticket: int) -> int:
        tier, topic, grade = int(self.tier[ticket]), self.topics[ticket], int(self.graded[ticket])
        if (tier, topic, grade) not in self.able:
            need = self.rules.need[grade - 1]
            able = sum(
                t == tier and row[topic] >= need for t, row in zip(self.tiers, self.levels, strict=True)
            )
            self.able[tier, topic, grade] = min(max(able - 1, 0), _REMEMBERED)
        return self.able[tier, topic, grade]


class _Lists:
    """Draws as plain lists, which a loop reads faster."""

    def __init__(self, draws: Draws) -> None:
        self.takeup, self.dormant = draws.takeup.tolist(), draws.dormant.tolist()
        self.solving, self.reopening = draws.solving.tolist(), draws.reopening.tolist()
        self.factor, self.ease = draws.factor.tolist(), draws.ease.tolist()
