"""A desk with nobody on it says how to begin, and one command lets the first person in."""

from __future__ import annotations

import pytest
from click.testing import CliRunner, Result
from django.test import Client

from fengong.config.cli import main
from fengong.desk.models import Load
from fengong.people.models import Member


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
