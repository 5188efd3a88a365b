"""Who is here, and who may say so."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from fengong.kernel.errors import Denied, Invalid
from fengong.kernel.spine import history, last_seq
from fengong.rota import queries
from fengong.rota.actions.presence import online_locked, set_presence
from tests.world import World


@pytest.mark.parametrize("name", ["li_na", "wang_fang", "qian_wei", "tang_yun", "admin"])
def test_members_say_for_themselves_whether_they_are_here(world: World, name: str):
    member = world.members[name]
    set_presence(actor=member, member=member, status="online", at=world.now)
    assert queries.presence_of(member) == "online"
    assert member.pk in queries.online()


def test_a_member_nobody_has_heard_of_is_offline(world: World):
    assert queries.presence_of(world.li_na) == "offline"
    assert queries.online() == frozenset()


def test_saying_it_again_changes_nothing(world: World):
    set_presence(actor=world.li_na, member=world.li_na, status="away", at=world.now)
    seq = last_seq()
    later = world.now + timedelta(minutes=1)
    presence = set_presence(actor=world.li_na, member=world.li_na, status="away", at=later)
    assert presence.since == world.now
    assert last_seq() == seq


def test_each_change_is_one_fact_about_the_member(world: World):
    seq = last_seq()
    for status in ("online", "away"):
        set_presence(actor=world.li_na, member=world.li_na, status=status, at=world.now)
    told = history("member", world.li_na.pk).filter(seq__gt=seq)
    assert [(event.verb, event.data["status"]) for event in told] == [
        ("presence.changed", "online"),
        ("presence.changed", "away"),
    ]


def test_a_lead_says_it_for_members_of_the_own_team_only(world: World):
    set_presence(actor=world.wang_fang, member=world.li_na, status="offline", at=world.now)
    with pytest.raises(Denied):
        set_presence(actor=world.wang_fang, member=world.chen_li, status="offline", at=world.now)


def test_an_administrator_says_it_for_anyone(world: World):
    set_presence(actor=world.admin, member=world.chen_li, status="online", at=world.now)
    assert queries.presence_of(world.chen_li) == "online"


@pytest.mark.parametrize("name", ["sun_hao", "qian_wei", "tang_yun"])
def test_nobody_else_says_it_for_others(world: World, name: str):
    for actor in (world.members[name], world.customer):
        with pytest.raises(Denied):
            set_presence(actor=actor, member=world.li_na, status="online", at=world.now)


def test_an_unknown_status_is_refused_by_the_field(world: World):
    with pytest.raises(Invalid) as refused:
        set_presence(actor=world.li_na, member=world.li_na, status="asleep", at=world.now)
    assert refused.value.field == "status"


def test_those_asked_for_under_lock_are_the_ones_online(world: World):
    world.go_online("li_na", "he_jie")
    with transaction.atomic():
        asked = (world.li_na.pk, world.sun_hao.pk)
        assert online_locked(asked) == {world.li_na.pk}
