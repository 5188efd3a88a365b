"""The policy of dispatch: drafted, published, returned to; and what its rules do to a round."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from math import inf

import pytest

from fengong.dispatch import queries
from fengong.dispatch.actions.matching import match_waiting
from fengong.dispatch.actions.policies import draft_policy, drop_draft, publish_policy, return_to_policy
from fengong.dispatch.models import Decision, PolicyEdition
from fengong.dispatch.policy_rules import Group, Limit, PolicyRules, Relaxation, Ring, Skills
from fengong.dispatch.rules.bridge import engine_rules
from fengong.engine.routing.rules import Rules
from fengong.kernel.actor import MATCHER
from fengong.kernel.errors import Conflict, Denied, Invalid
from tests.world import World

STRICT = PolicyRules(skills=Skills(need=(5.0, 5.0, 5.0)))


def test_rules_come_back_from_json_as_they_were():
    rules = PolicyRules(
        relaxation=Relaxation(every=5.0),
        groups=(Group("Billing", teams=(1,), topics=(2, 3), rings=(Ring(2.0, (4,)),), anybody=10.0),),
        limits=(Limit(3, channel="chat", positions=(1,)),),
    )
    assert PolicyRules.from_json(rules.to_json()) == rules
    assert PolicyRules.from_json({}) == PolicyRules()
    assert PolicyRules().to_json()["relaxation"]["every"] is None
    assert PolicyRules.from_json({"relaxation": {"every": None}}).relaxation.every == inf


def test_rules_as_they_come_are_those_of_the_engine():
    expected = Rules()
    found = engine_rules(PolicyRules())
    assert replace(found, interrupting=expected.interrupting) == expected
    assert found.interrupting.over == expected.interrupting.over


@pytest.mark.parametrize(
    ("found", "field"),
    [
        ({"tempo": 1}, ""),
        ({"tiers": {"reach": "far"}}, "tiers.reach"),
        ({"tiers": {"reach": True}}, "tiers.reach"),
        ({"skills": {"need": [1, 2]}}, "skills.need"),
        ({"groups": [{"name": "A"}]}, "groups.0.teams"),
        ({"weights": {"growth": float("nan")}}, "weights.growth"),
        ([], ""),
    ],
)
def test_rules_that_cannot_be_read_are_refused_with_their_place(found: object, field: str):
    with pytest.raises(Invalid) as refused:
        PolicyRules.from_json(found)
    assert refused.value.field == field


@pytest.mark.django_db
@pytest.mark.parametrize(
    "rules",
    [
        PolicyRules(skills=Skills(need=(0.0, 1.0, 1.0))),
        PolicyRules(groups=(Group("Nobody", teams=()),)),
        PolicyRules(groups=(Group("Back", teams=(1,), rings=(Ring(5.0, (2,)), Ring(2.0, (3,)))),)),
        PolicyRules(limits=(Limit(1, channel="pigeon"),)),
        PolicyRules(limits=(Limit(0),)),
    ],
)
def test_rules_that_contradict_themselves_are_not_drafted(world: World, rules: PolicyRules):
    with pytest.raises(Invalid):
        draft_policy(actor=world.wang_fang, rules=rules, at=world.now)
    assert not PolicyEdition.objects.exists()


def test_a_published_policy_decides_the_next_round_and_the_round_names_it(world: World):
    world.go_online("li_na")
    draft = draft_policy(actor=world.wang_fang, rules=STRICT, at=world.now, note="Only masters")
    assert queries.current_policy() is None
    publish_policy(actor=world.wang_fang, edition=draft, at=world.now)
    world.ticket()
    assert match_waiting(actor=MATCHER, at=world.now) == []
    eased = draft_policy(actor=world.wang_fang, rules=PolicyRules(), at=world.now)
    publish_policy(actor=world.wang_fang, edition=eased, at=world.now + timedelta(minutes=1))
    assert len(match_waiting(actor=MATCHER, at=world.now)) == 1
    assert Decision.objects.select_related("round").get().round.edition_id == eased.pk


def test_returning_to_a_policy_makes_a_new_edition_of_its_rules(world: World):
    first = draft_policy(actor=world.wang_fang, rules=STRICT, at=world.now)
    publish_policy(actor=world.wang_fang, edition=first, at=world.now)
    second = draft_policy(actor=world.wang_fang, rules=PolicyRules(), at=world.now)
    publish_policy(actor=world.wang_fang, edition=second, at=world.now)
    first.refresh_from_db()
    third = return_to_policy(actor=world.wang_fang, edition=first, at=world.now, note="It was better")
    assert queries.current_policy() == third
    assert (third.number, third.rules, third.returns_to) == (3, first.rules, first)
    assert queries.rules_in_force() == (third.pk, STRICT)


def test_what_is_published_stays_as_it_is(world: World):
    edition = draft_policy(actor=world.wang_fang, rules=STRICT, at=world.now)
    publish_policy(actor=world.wang_fang, edition=edition, at=world.now)
    for change in (
        lambda: draft_policy(actor=world.wang_fang, rules=PolicyRules(), at=world.now, draft=edition),
        lambda: publish_policy(actor=world.wang_fang, edition=edition, at=world.now),
        lambda: drop_draft(actor=world.wang_fang, draft=edition, at=world.now),
    ):
        with pytest.raises(Conflict):
            change()


def test_agents_change_no_policy(world: World):
    with pytest.raises(Denied):
        draft_policy(actor=world.li_na, rules=PolicyRules(), at=world.now)
