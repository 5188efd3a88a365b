"""Moments for the tests of kernels: a team, what waits, and a policy's dials."""

from __future__ import annotations

from fengong.engine.routing.arrays import Scene
from fengong.engine.routing.kernels.choose import best_member, best_ticket
from fengong.engine.routing.kernels.moment import Moment
from fengong.engine.routing.policies import policy
from fengong.engine.routing.policies.base import Policy
from fengong.engine.routing.rules import Rules
from fengong.engine.routing.situation import Candidate, Situation, WaitingTicket
from fengong.engine.routing.view import moment_of
from tests.engine.routing.scenes import arrays_of

ROOM = 1000.0


def person(
    number: int, tier: int = 1, *, level: float = 5.0, topics: int = 3, **changes: object
) -> Candidate:
    known = dict.fromkeys(range(topics), level)
    return Candidate(number, tier, **({"proficiency": known, "capacity": ROOM} | changes))


def asks(number: int, **changes: object) -> WaitingTicket:
    plain = {"topic": 0, "difficulty": 1, "priority": 2, "tier": 1, "effort": 10.0, "waiting_since": 0.0}
    return WaitingTicket(id=number, **(plain | changes))


def moment(people, tickets, how: Policy, *, now: float = 0.0, rules: Rules | None = None) -> Moment:
    rules = rules or Rules(guard=0.0)
    pool, queue = arrays_of(Situation(now, tuple(tickets), tuple(people)))
    made = moment_of(Scene(pool, queue, now, rules))
    return made._replace(dials=how.dials(rules, made.crew.proficiency.shape[1]))


def winner(people, tickets, how: Policy, ticket: int = 0, **changes: object) -> int | None:
    """The id of the member whom the kernel gives this ticket."""
    made = moment(people, tickets, how, **changes)
    found = best_member(how.code, made, ticket)
    return None if found < 0 else people[found].id


def served(people, tickets, how: Policy, member: int = 0, **changes: object) -> int | None:
    """The id of the ticket that the kernel gives this member."""
    made = moment(people, tickets, how, **changes)
    found = best_ticket(how.code, made, member)
    return None if found < 0 else tickets[made.waiting[found]].id


def batch(people, tickets, name: str, *, now: float = 0.0, rules: Rules | None = None, **parameters: object):
    """Pairs (ticket id, member id) of one round, in the order in which they were made."""
    pool, queue = arrays_of(Situation(now, tuple(tickets), tuple(people)))
    found = policy(name, **parameters).assign(pool, queue, now, rules or Rules(guard=0.0))
    return [(tickets[t].id, people[m].id) for t, m in zip(*found, strict=True)]
