"""Members, teams and topics on the pages of settings; invitations; who leaves and who may not."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fengong.desk.models import Load
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.people import queries as people
from fengong.people.actions.members import add_member
from fengong.people.models import Account, Member, Skill, Team, Topic
from fengong.rota.queries import presence_of
from tests.world import World

PAGES = ("members", "teams", "topics")


def typed(world: World, **more: Any) -> dict[str, Any]:
    """A new member as the form gives them."""
    frame = {"team": world.teams["north"].pk, "position": world.positions["l1"].pk, "capacity": 120}
    return {"display_name": "赵磊", "language": "en", **frame, **more}


@pytest.fixture
def admin(world: World, reader: Callable[..., Any]) -> Any:
    return reader(world.admin)


@pytest.mark.parametrize("page", PAGES)
def test_only_administrators_manage_people(world: World, reader, page: str):
    for member in (world.li_na, world.wang_fang, world.qian_wei):
        client = reader(member)
        assert client.get(f"/settings/{page}").status_code == 403
        assert client.post(f"/settings/{page}", typed(world, name_en="X")).status_code == 403
    assert not Member.objects.filter(display_name="赵磊").exists()


def test_a_new_member_has_room_skills_and_a_way_in(world: World, admin):
    admin.post("/settings/members", typed(world, email="Zhao@example.test", level=3))
    member = Member.objects.get(display_name="赵磊")
    assert Load.objects.get(member=member).capacity == 120
    assert {skill.topic.slug: skill.proficiency for skill in people.skills_of(member)} == dict.fromkeys(
        world.topics, 3
    )
    assert member.account.email == "zhao@example.test"
    assert not member.account.has_usable_password()


def test_somebody_without_a_tier_gets_no_room_for_tickets(world: World, admin):
    admin.post("/settings/members", typed(world, position=world.positions["hr"].pk, level=3))
    member = Member.objects.get(display_name="赵磊")
    assert not Load.objects.filter(member=member).exists()
    assert not Skill.objects.filter(member=member).exists()


def test_an_address_that_is_taken_brings_nobody_in(world: World, admin):
    answer = admin.post("/settings/members", typed(world, email="LI_NA@example.test"))
    assert answer.status_code == 422
    assert "already in use" in answer.text
    assert not Member.objects.filter(display_name="赵磊").exists()


def invite(admin: Any, world: World) -> tuple[Member, str]:
    """A member who was brought in, and the path of their link."""
    admin.post("/settings/members", typed(world, email="zhao@example.test"))
    member = Member.objects.get(display_name="赵磊")
    page = admin.post(f"/settings/members/{member.pk}/invitation").text
    found = re.search(r"(/welcome/\d+/[^<]+)</code>", page)
    assert found is not None
    return member, found.group(1)


def test_an_invitation_is_a_link_by_which_somebody_chooses_a_password_once(world: World, admin):
    member, link = invite(admin, world)
    guest = Client()
    weak = guest.post(link, {"password": "short"})
    assert weak.status_code == 422
    answer = guest.post(link, {"password": "seven green lamps"})
    assert answer.headers["Location"] == "/today"
    assert guest.get("/today").status_code == 200
    assert Account.objects.get(pk=member.account_id).check_password("seven green lamps")
    again = Client(headers={"Accept-Language": "en"}).post(link, {"password": "another good phrase"})
    assert again.status_code == 422
    assert "does not hold any more" in again.text


def test_a_link_opens_only_its_own_account(world: World, admin):
    _member, link = invite(admin, world)
    secret = link.rpartition("/")[2]
    stolen = Client().post(f"/welcome/{world.admin.account_id}/{secret}", {"password": "seven green lamps"})
    assert stolen.status_code == 422
    assert Client().post(f"/welcome/999999/{secret}", {"password": "seven green lamps"}).status_code == 422


def test_a_member_moves_to_another_team_and_position(world: World, admin):
    wanted = typed(
        world,
        display_name="李娜娜",
        team=world.teams["south"].pk,
        position=world.positions["l2"].pk,
        capacity=180,
    )
    assert admin.post(f"/settings/members/{world.li_na.pk}", wanted).status_code == 302
    row = Member.objects.get(pk=world.li_na.pk)
    assert (row.display_name, row.team, row.position) == (
        "李娜娜",
        world.teams["south"],
        world.positions["l2"],
    )
    assert Load.objects.get(member=row).capacity == 180


def test_who_leads_a_team_and_goes_to_another_leads_it_no_longer(world: World, admin):
    wanted = typed(
        world, display_name="王芳", team=world.teams["south"].pk, position=world.positions["lead"].pk
    )
    admin.post(f"/settings/members/{world.wang_fang.pk}", {**wanted, "capacity": 0})
    assert Team.objects.get(pk=world.teams["north"].pk).lead is None


def test_skills_are_stated_and_taken_back_topic_by_topic(world: World, admin):
    api, accounts, invoices = (world.topics[slug].pk for slug in ("api", "accounts", "invoices"))
    given = {f"topic_{api}": 2, f"topic_{accounts}": 5, f"topic_{invoices}": ""}
    admin.post(f"/settings/members/{world.li_na.pk}/skills", given)
    assert {skill.topic_id: skill.proficiency for skill in people.skills_of(world.li_na)} == {
        api: 2,
        accounts: 5,
    }


def test_somebody_leaves_with_empty_hands_only(world: World, admin, reader):
    world.go_online("li_na")
    ticket = world.ticket()
    assign_ticket(actor=world.admin, ticket=ticket, member=world.li_na, at=world.now)
    held = admin.post(f"/settings/members/{world.li_na.pk}/departure")
    assert held.status_code == 409
    assert "holds 1 ticket" in held.text
    assign_ticket(actor=world.admin, ticket=ticket, member=world.zhou_min, at=world.now)
    assert admin.post(f"/settings/members/{world.li_na.pk}/departure").status_code == 302
    assert not Member.objects.get(pk=world.li_na.pk).active
    assert presence_of(world.li_na) == "offline"
    assert reader(Member.objects.get(pk=world.li_na.pk)).get("/tickets").status_code == 403


def test_somebody_who_left_comes_back_without_room_until_it_is_given(world: World, admin):
    admin.post(f"/settings/members/{world.li_na.pk}/departure")
    admin.post(f"/settings/members/{world.li_na.pk}/return")
    assert Member.objects.get(pk=world.li_na.pk).active
    assert "There is no room for work" in admin.get(f"/settings/members/{world.li_na.pk}").text


def test_the_last_administrator_stays_one(world: World, admin):
    assert admin.post(f"/settings/members/{world.admin.pk}/departure").status_code == 409
    demoted = typed(world, display_name="管理员", position=world.positions["lead"].pk, capacity=0)
    answer = admin.post(f"/settings/members/{world.admin.pk}", demoted)
    assert answer.status_code == 422
    assert "Somebody has to stay an administrator" in answer.text
    position = world.positions["admin"]
    frame = {"name_zh": "管", "role": "agent", "difficulty_min": 1, "difficulty_max": 3}
    assert admin.post(f"/division/positions/{position.pk}/frame", frame).status_code == 422
    assert Member.objects.get(pk=world.admin.pk).may("people.manage")


def test_a_team_is_made_led_and_disbanded_when_empty(world: World, admin):
    admin.post("/settings/teams", {"name_en": "East"})
    east = Team.objects.get(name_en="East")
    assert east.slug == "east"
    north = world.teams["north"]
    admin.post(f"/settings/teams/{north.pk}", {"name_en": "Northern", "lead": world.zhou_min.pk})
    north.refresh_from_db()
    assert (north.name_en, north.lead) == ("Northern", world.zhou_min)
    assert admin.post(f"/settings/teams/{east.pk}/removal").status_code == 302
    assert admin.post(f"/settings/teams/{north.pk}/removal").status_code == 409
    assert not Team.objects.filter(pk=east.pk).exists()


def test_a_topic_has_words_and_minutes_and_stays_once_it_is_known(world: World, admin):
    given = {
        "name_zh": "退款",
        "keywords": "退款，退钱, refund",
        "minutes_1": 5,
        "minutes_2": 20,
        "minutes_3": 45,
    }
    admin.post("/settings/topics", given)
    made = Topic.objects.get(name_zh="退款")
    assert (made.keywords, made.minutes_3) == (["退款", "退钱", "refund"], 45)
    assert "nobody" in admin.get("/settings/topics").text
    admin.post(f"/settings/topics/{made.pk}", given | {"name_en": "Refunds", "minutes_1": 7})
    made.refresh_from_db()
    assert (made.name_en, made.minutes_1) == ("Refunds", 7)
    assert admin.post(f"/settings/topics/{world.topics['api'].pk}/removal").status_code == 409
    admin.post(f"/settings/topics/{made.pk}/removal")
    assert not Topic.objects.filter(pk=made.pk).exists()


@pytest.mark.parametrize("page", PAGES)
def test_a_name_is_needed_in_one_language(world: World, admin, page: str):
    if page != "members":
        answer = admin.post(f"/settings/{page}", {"minutes_1": 1, "minutes_2": 2, "minutes_3": 3})
        assert answer.status_code == 422
        assert "Give it a name in Chinese or in English." in answer.text


@pytest.mark.parametrize("page", PAGES)
def test_more_people_cost_no_more_statements(world: World, admin, page: str):
    def statements() -> int:
        admin.get(f"/settings/{page}")
        with CaptureQueriesContext(connection) as caught:
            admin.get(f"/settings/{page}")
        return len(caught)

    few = statements()
    for number in range(12):
        admin.post("/settings/teams", {"name_en": f"T{number}"})
        team = Team.objects.get(name_en=f"T{number}")
        add_member(
            actor=world.admin,
            team=team,
            position=world.positions["l1"],
            display_name=f"M{number}",
            at=world.now,
        )
        admin.post(
            "/settings/topics", {"name_en": f"X{number}", "minutes_1": 1, "minutes_2": 2, "minutes_3": 3}
        )
    assert statements() == few
