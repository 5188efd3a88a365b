"""A small named team: two on the first line, one on the second, one on the third."""

from __future__ import annotations

from dataclasses import replace

from fengong.engine.routing.decide import decide
from fengong.engine.routing.decision import Decision
from fengong.engine.routing.rules import Rules
from fengong.engine.routing.situation import Candidate, Situation, WaitingTicket

BILLING, NETWORK = 10, 20
LIN, WANG, ZHAO, CHEN = 1, 2, 3, 4
NOW = 600.0

TEAM = {
    LIN: Candidate(LIN, 1, {BILLING: 3}, load=20, capacity=120, idle_since=590.0),
    WANG: Candidate(WANG, 1, {BILLING: 2, NETWORK: 1}, load=20, capacity=120, idle_since=580.0),
    ZHAO: Candidate(ZHAO, 2, {BILLING: 4, NETWORK: 3}, load=0, capacity=120, idle_since=500.0),
    CHEN: Candidate(CHEN, 3, {BILLING: 5, NETWORK: 5}, load=0, capacity=120, idle_since=400.0),
}


def ticket(number: int = 1, **changes: object) -> WaitingTicket:
    plain = WaitingTicket(number, BILLING, difficulty=1, priority=2, tier=1, effort=30.0, waiting_since=NOW)
    return replace(plain, **changes)


def team(**changes: dict[str, object]) -> tuple[Candidate, ...]:
    """The team with changes by name, such as `lin={"load": 100}`."""
    names = {"lin": LIN, "wang": WANG, "zhao": ZHAO, "chen": CHEN}
    altered = {names[name]: change for name, change in changes.items()}
    return tuple(replace(member, **altered.get(member.id, {})) for member in TEAM.values())


def decided(
    *tickets: WaitingTicket,
    members: tuple[Candidate, ...] | None = None,
    policy: str = "fengong",
    **rules: object,
) -> tuple[Decision, ...]:
    situation = Situation(NOW, tickets or (ticket(),), team() if members is None else members)
    return decide(situation, policy=policy, rules=Rules(**rules))
