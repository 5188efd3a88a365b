"""Decisions of a small named team, to the letter; and what every explanation must add up to."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from math import e, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fengong.engine.routing.decide import decide
from fengong.engine.routing.decision import REASONS, TERMS, WAITS
from fengong.engine.routing.policies import POLICIES
from fengong.engine.routing.situation import Situation
from tests.engine.routing.scenes import RULES, UNHURRIED, reason_against, scenes
from tests.engine.routing.team import BILLING, CHEN, LIN, NETWORK, NOW, WANG, ZHAO, decided, team, ticket


def test_a_common_question_goes_to_the_better_of_the_first_line():
    (decision,) = decided()
    assert decision.member == LIN
    assert decision.waits == ""
    assert decision.terms == pytest.approx(
        {
            "lateness": 0.0,  # nothing was promised
            "skill_fit": 0.0,  # 3 is what difficulty 1 wants
            "over_qualification": 0.0,
            "load_spread": 30 * ((50 / 120) ** 2 - (20 / 120) ** 2),
            "continuity": 0.0,
            "growth": 0.0,
        }
    )
    assert decision.cost == pytest.approx(sum(decision.terms.values()))
    assert [each.member for each in decision.alternatives] == [WANG, ZHAO, CHEN]
    assert decision.alternatives[0].terms["skill_fit"] == pytest.approx(5.0)
    assert decision.alternatives[1].terms["over_qualification"] == pytest.approx(150 + 1.5)
    assert (decision.eligible, decision.exclusions, decision.help_due) == (4, (), False)


def test_every_reason_against_somebody_comes_with_its_figures():
    members = team(
        lin={"present": False},
        wang={"off_at": NOW + 34},
        zhao={"load": 100.0},
        chen={"proficiency": {NETWORK: 5}},
    )
    (decision,) = decided(ticket(), members=members)
    assert (decision.member, decision.waits, decision.eligible) == (None, "nobody_eligible", 0)
    assert [tuple(each) for each in decision.exclusions] == [
        (LIN, "absent", {}),
        (WANG, "shift_ending", {"off_in": 34.0, "effort": 30.0, "guard": 5.0}),
        (ZHAO, "no_capacity", {"load": 100.0, "capacity": 120.0, "effort": 30.0}),
        (CHEN, "no_skill", {"proficiency": 0.0, "need": 1.0}),
    ]
    (escalated,) = decided(ticket(tier=2, barred=frozenset({CHEN}), difficulty=2), members=team(), reach=0)
    assert [tuple(each) for each in escalated.exclusions] == [
        (LIN, "below_tier", {"tier": 1, "lowest": 2}),
        (WANG, "below_tier", {"tier": 1, "lowest": 2}),
        (CHEN, "barred", {}),
    ]
    (common,) = decided(reach=1)
    assert [tuple(each) for each in common.exclusions] == [(CHEN, "above_reach", {"tier": 3, "highest": 2})]


def test_a_full_first_line_waits_while_its_queue_is_short_and_gets_help_when_it_is_not():
    full = team(lin={"load": 110.0}, wang={"load": 110.0})
    (alone,) = decided(members=full)
    assert (alone.member, alone.waits, alone.help_due) == (None, "held_back", False)
    assert alone.cost == alone.waiting_cost == pytest.approx(90 + 2 * 10 * 60 / 60)
    assert alone.terms == {}
    assert [each.member for each in alone.alternatives] == [ZHAO, CHEN]
    five = decided(*[ticket(number) for number in range(1, 6)], members=full)
    assert {decision.member for decision in five} == {ZHAO, CHEN}
    assert all(decision.help_due for decision in five)


@pytest.mark.parametrize("change", [{"priority": 4}, {"due_at": NOW + 80}])
def test_urgent_work_and_promises_at_risk_get_help_at_once(change):
    (decision,) = decided(ticket(**change), members=team(lin={"load": 110.0}, wang={"load": 110.0}))
    assert (decision.member, decision.help_due) == (ZHAO, True)
    assert decision.terms["over_qualification"] == pytest.approx(15 + 1.5)


def test_a_first_line_that_is_not_there_at_all_is_helped_at_once():
    (decision,) = decided(members=team(lin={"present": False}, wang={"present": False}))
    assert decision.member == ZHAO


def test_the_customer_gets_whom_they_know_and_a_learner_gets_safe_work():
    (known,) = decided(ticket(last_member=WANG))
    assert (known.member, known.terms["continuity"]) == (WANG, -8.0)
    (lesson,) = decided(ticket(topic=NETWORK), members=team(zhao={"present": False}))
    assert (lesson.member, lesson.terms["growth"]) == (WANG, -4.0)
    (serious,) = decided(ticket(topic=NETWORK, priority=3))
    assert (serious.member, serious.terms["growth"]) == (WANG, 0.0)


def test_lateness_grows_with_priority_and_with_the_load_of_the_member():
    (decision,) = decided(ticket(priority=3, due_at=NOW + 40))
    assert decision.member == LIN
    softplus = log(1 + e ** ((60 * 20 / 120 + 30 - 40) / 60))
    assert decision.terms["lateness"] == pytest.approx(10 * 4 * softplus)
    assert decision.alternatives[1].terms["lateness"] < decision.terms["lateness"]  # the idle second line


def test_a_cheaper_alternative_says_what_it_was_needed_for():
    easy = ticket(1, tier=2, last_member=CHEN)
    hard = ticket(2, tier=2, topic=NETWORK, difficulty=3)
    members = team(zhao={"capacity": 30.0, "proficiency": {BILLING: 3}}, chen={"capacity": 30.0, "tier": 2})
    first, second = decided(easy, hard, members=members)
    assert (first.member, second.member) == (ZHAO, CHEN)
    (cheaper,) = first.alternatives
    assert (cheaper.member, cheaper.busy_with) == (CHEN, (2,))
    assert cheaper.cost < first.cost


def test_what_others_of_the_batch_took_is_called_outbid():
    alone = team(
        wang={"present": False}, zhao={"present": False}, chen={"present": False}, lin={"load": 90.0}
    )
    urgent, plain = decided(ticket(1, priority=4), ticket(2), members=alone)
    assert (urgent.member, plain.member, plain.waits) == (LIN, None, "outbid")
    assert plain.alternatives[0].busy_with == (1,)


@pytest.mark.parametrize("policy", list(POLICIES))
def test_nothing_waits_and_nobody_is_there(policy):
    assert decide(Situation(NOW, (), team()), policy=policy, rules=RULES) == ()
    (decision,) = decide(Situation(NOW, (ticket(),), ()), policy=policy, rules=RULES)
    assert (decision.member, decision.waits, decision.exclusions) == (None, "nobody_eligible", ())


@pytest.mark.parametrize("policy", list(POLICIES))
@UNHURRIED
@given(situation=scenes, reach=st.integers(0, 2))
def test_one_decision_per_ticket_and_one_role_per_member(policy, situation, reach):
    rules = replace(RULES, reach=reach)
    decisions = decide(situation, policy=policy, rules=rules)
    assert [decision.ticket for decision in decisions] == [each.id for each in situation.tickets]
    held = {member.id: member.load for member in situation.members}
    for decision, asked in zip(decisions, situation.tickets, strict=True):
        against = {m.id: reason_against(m, asked, situation.now, rules) for m in situation.members}
        assert {each.member: each.reason for each in decision.exclusions} == {
            i: r for i, r in against.items() if r
        }
        assert len(decision.exclusions) + decision.eligible == len(situation.members)
        others = [each.member for each in decision.alternatives]
        assert all(against[each] is None and each != decision.member for each in others)
        assert len(set(others)) == min(3, decision.eligible - (decision.member is not None))
        assert (decision.waits == "") == (decision.member is not None)
        held[decision.member] = held.get(decision.member, 0) + asked.effort
    assert all(held[member.id] <= max(member.capacity, member.load) for member in situation.members)


@UNHURRIED
@given(situation=scenes)
def test_explanations_use_the_known_words_and_terms_add_up(situation):
    for decision in decide(situation, policy="fengong", rules=RULES):
        assert {each.reason for each in decision.exclusions} <= set(REASONS)
        assert decision.waits in ("", *WAITS)
        costs = [each.cost for each in decision.alternatives]
        assert all(cheaper <= dearer + 1e-3 for cheaper, dearer in pairwise(costs))
        for each in decision.alternatives:
            assert tuple(each.terms) == TERMS
            assert sum(each.terms.values()) == pytest.approx(each.cost)
