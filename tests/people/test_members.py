"""Members, their skills, and what each position lets its holder do."""

from __future__ import annotations

import pytest

from fengong.kernel.errors import Denied, Invalid
from fengong.kernel.spine import history
from fengong.people import queries
from fengong.people.actions.members import add_member, set_skill
from fengong.people.models import Member, Skill
from fengong.people.policies import leads
from tests.world import World

MAY = {
    # permission: who holds it
    "ticket.work": {"li_na", "zhou_min", "he_jie", "wang_fang", "admin"},
    "ticket.assign": {"wang_fang", "admin"},
    "board.read": {"li_na", "zhou_min", "he_jie", "wang_fang", "admin"},
    "skill.set": {"wang_fang", "qian_wei", "admin"},
    "people.manage": {"admin"},
    "presence.own": {"li_na", "zhou_min", "he_jie", "wang_fang", "admin", "qian_wei", "tang_yun"},
}
CAST = ("li_na", "zhou_min", "he_jie", "wang_fang", "qian_wei", "tang_yun", "admin")


@pytest.mark.parametrize("permission", MAY)
def test_a_permission_comes_with_the_position(world: World, permission: str):
    assert {name for name in CAST if world.members[name].may(permission)} == MAY[permission]


def test_an_inactive_member_may_do_nothing(world: World):
    world.wang_fang.active = False
    assert not any(world.wang_fang.may(permission) for permission in MAY)


def test_a_customer_may_write_in_and_nothing_more(world: World):
    assert world.customer.may("ticket.open")
    assert not any(world.customer.may(permission) for permission in MAY)


def test_a_lead_leads_the_own_team_and_an_administrator_all(world: World):
    assert leads(world.wang_fang, world.li_na)
    assert not leads(world.wang_fang, Member.objects.get(pk=world.chen_li.pk))
    assert leads(world.admin, world.chen_li)


def join(world: World, *, by: str, name: str = "赵磊") -> Member:
    """A new member, as somebody would add them."""
    return add_member(
        actor=world.members[by],
        team=world.teams["north"],
        position=world.positions["l1"],
        display_name=name,
        at=world.now,
    )


def test_a_new_member_is_one_fact_about_member_and_team(world: World):
    member = join(world, by="admin")
    event = history("member", member.pk).get()
    assert event.verb == "member.joined"
    assert set(event.subjects.values_list("kind", "ref")) == {
        ("member", member.pk),
        ("team", world.teams["north"].pk),
    }


def test_a_member_needs_a_name(world: World):
    with pytest.raises(Invalid) as refused:
        join(world, by="admin", name="  ")
    assert refused.value.field == "display_name"


@pytest.mark.parametrize("name", ["li_na", "wang_fang", "qian_wei", "tang_yun"])
def test_only_an_administrator_adds_members(world: World, name: str):
    with pytest.raises(Denied):
        join(world, by=name)


def rate(world: World, level: int, *, by: str = "wang_fang") -> Skill:
    """Li Na's proficiency in the API, as somebody states it."""
    return set_skill(
        actor=world.members[by],
        member=world.li_na,
        topic=world.topics["api"],
        proficiency=level,
        source="assessed",
        at=world.now,
    )


def test_a_skill_is_stated_again_in_its_place(world: World):
    for level in (2, 4):
        rate(world, level)
    assert Skill.objects.get(member=world.li_na, topic=world.topics["api"]).proficiency == 4
    told = history("topic", world.topics["api"].pk).filter(verb="skill.set", subjects__ref=world.li_na.pk)
    assert [event.data["proficiency"] for event in told] == [2, 4]


@pytest.mark.parametrize("level", [0, 6])
def test_proficiency_goes_from_one_to_five(world: World, level: int):
    with pytest.raises(Invalid) as refused:
        rate(world, level)
    assert refused.value.field == "proficiency"


@pytest.mark.parametrize("name", ["li_na", "tang_yun"])
def test_nobody_rates_without_the_position_for_it(world: World, name: str):
    with pytest.raises(Denied):
        rate(world, 3, by=name)
    rate(world, 3, by="qian_wei")


def test_only_active_members_with_a_tier_can_be_given_work(world: World):
    Member.objects.filter(pk=world.li_na.pk).update(active=False)
    assert queries.tiers() == {
        world.members[name].pk: tier
        for name, tier in {"sun_hao": 1, "zhou_min": 2, "chen_li": 2, "he_jie": 3}.items()
    }
