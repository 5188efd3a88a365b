"""A desk with nobody on it says how to begin, and one command lets the first person in."""

from __future__ import annotations

import pytest
from click.testing import CliRunner, Result
from django.test import Client

from fengong.config.cli import main
from fengong.customers.actions.contacts import find_or_add_contact
from fengong.desk.actions.tickets import open_ticket
from fengong.desk.models import Load
from fengong.dispatch.actions.matching import match_waiting
from fengong.dispatch.actions.triage import triage_waiting
from fengong.kernel.actor import SYSTEM
from fengong.kernel.clock import now
from fengong.people.models import Member
from fengong.rota.actions.presence import set_presence


def _add(email: str, *more: str) -> Result:
    asked = ["member", email, "--name", "韦可", "--password", "correct horse battery", *more]
    return CliRunner().invoke(main, asked)


@pytest.mark.django_db
def test_the_first_administrator_is_made_by_the_command_that_the_door_names():
    door = Client(headers={"Accept-Language": "en"})
    assert "fengong member" in door.get("/sign-in").text
    assert _add("ke@desk.example").exit_code == 0
    assert "fengong member" not in door.get("/sign-in").text
    door.post("/sign-in", {"email": "ke@desk.example", "password": "correct horse battery"})
    assert door.get("/settings/mailboxes/new").status_code == 200


@pytest.mark.django_db
def test_an_agent_made_by_the_command_can_hold_work_and_a_lead_leads():
    assert [_add("a@desk.example", "--position", "l1").exit_code, _add("b@desk.example").exit_code] == [0, 0]
    assert _add("c@desk.example", "--position", "lead").exit_code == 0
    agent, lead = Member.objects.get(position__slug="l1"), Member.objects.get(position__slug="lead")
    assert Load.objects.get().member == agent
    assert (agent.team, agent.team.lead) == (lead.team, lead)


@pytest.mark.django_db
def test_an_address_that_is_taken_changes_nothing():
    _add("ke@desk.example")
    again = _add("ke@desk.example", "--team", "other")
    assert again.exit_code == 1
    assert list(Member.objects.values_list("team__slug", flat=True)) == ["desk"]


@pytest.mark.django_db
def test_on_a_desk_of_one_agent_a_first_ticket_finds_its_owner():
    _add("a@desk.example", "--position", "l1")
    agent, at = Member.objects.get(), now()
    set_presence(actor=SYSTEM, member=agent, status="online", at=at)
    customer = find_or_add_contact(actor=SYSTEM, email="wang@firm.example", at=at)
    ticket = open_ticket(actor=SYSTEM, subject="登录不了", body="请帮忙", customer=customer, at=at)
    triage_waiting(actor=SYSTEM, at=at)
    match_waiting(actor=SYSTEM, at=at)
    ticket.refresh_from_db()
    assert ticket.owner == agent
