"""The first run, and what a desk says that lacks something."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from fengong.customers.actions.contacts import find_or_add_contact
from fengong.desk.actions.tickets import open_ticket
from fengong.desk.models import Load, Ticket
from fengong.dispatch.actions.matching import match_waiting
from fengong.kernel.actor import MATCHER, SYSTEM
from fengong.kernel.clock import now
from fengong.people import queries as people
from fengong.people.actions.accounts import open_account
from fengong.people.actions.members import add_member
from fengong.people.actions.teams import define_position, form_team
from fengong.people.models import Member, Skill, Topic
from fengong.rota.actions.presence import set_presence
from fengong.web.lacking import lacks
from tests.world import World


@pytest.fixture
def first(db: None) -> Client:
    """The administrator of a desk on which there is nothing else."""
    account = open_account(actor=SYSTEM, email="ann@example.test", password="-", language="en", at=now())
    names: dict[str, Any] = {"name_zh": "", "name_en": "Administrator", "role": "administrator"}
    position = define_position(actor=SYSTEM, slug="admin", at=now(), **names)
    team = form_team(actor=SYSTEM, slug="desk", name_zh="", name_en="desk", at=now())
    add_member(actor=SYSTEM, team=team, position=position, display_name="Ann", account=account, at=now())
    client = Client()
    client.force_login(account)
    return client


def crew(**rows: Any) -> dict[str, Any]:
    """The form of people, with the rows given."""
    return {f"{part}_{n}": "" for n in range(6) for part in ("name", "email", "position")} | rows


TEAM = {
    "name": "Support",
    "template": "three-tier-desk",
    "publish": "on",
    "topics": "账号 | Accounts\nBilling\n发票",
}


def test_a_new_desk_says_plainly_what_it_lacks_and_where_to_mend_it(first: Client):
    for page in ("/division", "/division/positions"):
        shown = first.get(page).text
        assert "There are no topics" in shown
        assert 'href="/settings/topics"' in shown
        assert "Nobody takes tickets" in shown
        assert 'href="/settings/members"' in shown
    assert 'href="/setup"' in first.get("/today").text


def test_a_desk_that_lacks_nothing_says_nothing(world: World, reader):
    assert lacks(world.admin) == []
    assert "note-box lack" not in reader(world.admin).get("/division").text


def test_a_topic_that_nobody_knows_and_a_desk_without_room_are_named(world: World):
    Skill.objects.filter(topic=world.topics["api"]).delete()
    assert [(lack.path, "API" in lack.text or "接口" in lack.text) for lack in lacks(world.admin)] == [
        ("/settings/members", True)
    ]
    Load.objects.update(capacity=0)
    assert len(lacks(world.admin)) == 2


def test_who_cannot_mend_it_is_told_whom_to_ask(world: World, reader):
    Skill.objects.all().delete()
    page = reader(world.li_na).get("/division").text
    assert "Ask an administrator." in page
    assert 'href="/settings/members"' not in page


def test_four_steps_lead_from_nothing_to_a_ticket_that_finds_its_owner(first: Client):
    answer = first.post("/setup/language", {"language": "en", "time_zone": "Europe/Berlin"})
    assert answer.headers["Location"] == "/setup/team"
    assert first.post("/setup/team", TEAM).headers["Location"] == "/setup/people"
    assert set(Topic.objects.values_list("name_zh", "name_en")) == {
        ("账号", "Accounts"),
        ("", "Billing"),
        ("发票", ""),
    }
    positions = {position.slug: position for position in people.positions()}
    assert [people.duties_in_force(positions[slug], now()) is None for slug in ("l1", "l2", "l3")] == [
        False
    ] * 3
    given = crew(name_0="Bo", email_0="bo@example.test", position_0=positions["l1"].pk)
    assert first.post("/setup/people", given).headers["Location"] == "/setup/mail"
    assert "Work can reach people" in first.get("/setup/mail").text
    member = Member.objects.get(display_name="Bo")
    set_presence(actor=SYSTEM, member=member, status="online", at=now())
    topic = Topic.objects.get(name_en="Billing")
    ticket = open_ticket(
        actor=SYSTEM, subject="Bill", body="?", topic=topic, difficulty=1, customer=_customer(), at=now()
    )
    match_waiting(actor=MATCHER, at=now())
    assert Ticket.objects.get(pk=ticket.pk).owner == member


def test_a_step_done_twice_makes_nothing_twice(first: Client):
    first.post("/setup/team", TEAM)
    first.post("/setup/team", TEAM | {"template": ""})
    assert Topic.objects.count() == 3
    page = first.get("/setup/team").text
    assert "Accounts" in page


def test_a_template_that_is_drafted_already_is_refused_and_what_was_typed_stays(first: Client):
    first.post("/division/positions/templates/three-tier-desk")
    answer = first.post("/setup/team", TEAM)
    assert answer.status_code == 422
    assert "has a draft already" in answer.text
    assert 'value="Support"' in answer.text
    assert not Topic.objects.exists()


def test_people_come_in_all_or_none_and_each_needs_a_position(first: Client):
    first.post("/setup/team", TEAM)
    position = people.positions()[0].pk
    twice = crew(
        name_0="Bo",
        email_0="a@b.example",
        position_0=position,
        name_1="Cy",
        email_1="a@b.example",
        position_1=position,
    )
    assert first.post("/setup/people", twice).status_code == 422
    assert first.post("/setup/people", crew(name_0="Bo")).status_code == 422
    assert not Member.objects.filter(display_name__in=["Bo", "Cy"]).exists()


@pytest.mark.parametrize("step", ["language", "team", "people", "mail"])
def test_only_administrators_set_a_desk_up(world: World, reader, step: str):
    assert reader(world.wang_fang).get(f"/setup/{step}").status_code == 403
    assert reader(world.admin).get(f"/setup/{step}").status_code == 200


def _customer() -> Any:
    return find_or_add_contact(
        actor=SYSTEM, email="c@d.example", display_name="Cleo", organization="", at=now()
    )
