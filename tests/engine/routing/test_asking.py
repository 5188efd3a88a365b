"""Who is asked for a ticket: teams one after the other, or one member alone."""

from __future__ import annotations

from math import inf
from typing import Any

import pytest

from fengong.engine.routing.decide import decide
from fengong.engine.routing.decision import Decision
from fengong.engine.routing.policies import POLICIES
from fengong.engine.routing.rules import Rules
from fengong.engine.routing.situation import Candidate, Situation, WaitingTicket

NOW = 1000.0
MEMBERS = tuple(
    Candidate(member, tier=1, proficiency={7: 3.0}, capacity=100.0, team=team)
    for member, team in ((1, 10), (2, 20), (3, None))
)


def ticket(number: int, **more: Any) -> WaitingTicket:
    told: dict[str, Any] = {
        "topic": 7,
        "difficulty": 1,
        "priority": 2,
        "tier": 1,
        "effort": 30.0,
        "waiting_since": 990.0,
    }
    return WaitingTicket(id=number, **{**told, **more})


def asked(*tickets: WaitingTicket, policy: str = "fengong") -> tuple[Decision, ...]:
    return decide(Situation(NOW, tickets, MEMBERS), policy=policy, rules=Rules())


@pytest.mark.parametrize("policy", sorted(POLICIES))
def test_no_policy_gives_a_ticket_to_a_team_that_is_not_asked_yet(policy: str):
    [found] = asked(ticket(1, opens={10: NOW + 5}, opens_else=inf), policy=policy)
    assert (found.member, found.waits, found.eligible) == (None, "nobody_eligible", 0)
    assert {(each.member, each.detail["asked_in"]) for each in found.exclusions} == {
        (1, 5.0),
        (2, -1),
        (3, -1),
    }


def test_a_team_is_asked_from_its_moment_on():
    [found] = asked(ticket(1, opens={20: NOW}, opens_else=NOW + 3))
    assert (found.member, found.eligible) == (2, 1)


def test_whoever_belongs_to_no_team_is_asked_with_the_others():
    [found] = asked(ticket(1, opens={10: inf, 20: inf}))
    assert found.member == 3


def test_a_ticket_kept_for_one_member_goes_to_nobody_else():
    found = asked(ticket(1, only=2), ticket(2, only=2, effort=60.0), ticket(3, only=2, effort=40.0))
    assert sum(each.member == 2 for each in found) == 2
    assert all(each.member in (2, None) for each in found)


def test_tickets_that_everybody_is_asked_for_are_divided_as_if_there_were_no_others():
    alone = asked(ticket(1), ticket(2))
    beside = asked(ticket(1), ticket(2), ticket(3, opens_else=inf))
    assert {each.member for each in beside[:2]} == {each.member for each in alone}
    assert beside[2].member is None


def test_a_skill_that_is_missing_is_told_only_of_those_who_are_asked():
    [found] = asked(ticket(1, topic=8, opens={10: -inf}, opens_else=inf))
    assert {each.member: each.reason for each in found.exclusions} == {
        1: "no_skill",
        2: "not_asked",
        3: "not_asked",
    }
