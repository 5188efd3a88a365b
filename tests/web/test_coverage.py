"""The page Coverage: the map, what stands behind a cell, what would close a gap, and warnings before saving."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fengong.desk.models import Load
from fengong.kernel.actor import SYSTEM
from fengong.people.actions.members import add_member
from fengong.people.models import Skill, Topic
from fengong.planning.coverage import keeping
from fengong.rota.actions.leave import request_leave
from tests.planning.coverage.team import NOW, Desk, hour
from tests.web.conftest import Reader
from tests.world import World


@pytest.fixture
def lead(world: World, reader: Callable[..., Reader], monkeypatch: pytest.MonkeyPatch) -> Reader:
    keeping.forget()
    monkeypatch.setattr("fengong.web.division.coverage.views.now", lambda: NOW)
    return reader(world.wang_fang)


@pytest.fixture
def desk(lead: Reader, world: World) -> Desk:
    """The desk of the map alone; of the usual cast only those who look are left."""
    Load.objects.all().delete()
    Skill.objects.all().delete()
    Topic.objects.all().delete()
    return Desk()


def page(lead: Reader, query: str = "") -> str:
    return lead.get(f"/division/coverage?week=2026-03-02{query}").text


def test_the_map_names_the_topic_the_hours_and_the_kind_of_a_gap(lead: Reader, desk: Desk):
    desk.duties("front", desk.line("logins", hours=[[[540, 900]]] * 5 + [[], []]))
    shown = page(lead, "&kind=unassigned")
    assert "Nobody&#x27;s duty" in shown
    assert "Mon–Fri 15–17" in shown
    assert 'class="gap' in shown


def test_a_cell_opens_to_its_people_and_duties(lead: Reader, desk: Desk):
    desk.skill("bo", "logins", 2)
    topic = desk.topics["logins"].pk
    path = f"/division/coverage?week=2026-03-02&topic={topic}&hour=10&difficulty=3&channel=web"
    shown = lead.fragment(path).text
    assert "<!doctype html>" not in shown
    covers, unskilled = shown.index("Cover it · 1"), shown.index("not skilled enough · 1")
    assert covers < shown.index("alice") < unskilled < shown.index("bo", unskilled)
    assert "<!doctype html>" in lead.get(path).text


def test_ways_to_close_a_gap_say_who_does_what(lead: Reader, desk: Desk):
    desk.duties("front", desk.line("logins", hours=[[[540, 900]]] * 5 + [[], []]))
    shown = lead.fragment("/division/coverage/ways?week=2026-03-02").text
    assert "Give front the duty for logins, Mon–Fri 15–17" in shown


@pytest.mark.parametrize(
    "query", ["week=x", "hour=999&topic=1", "difficulty=9&channel=fax&kind=odd", "topic=-1"]
)
def test_an_address_that_makes_no_sense_shows_the_map(lead: Reader, desk: Desk, query: str):
    assert lead.get(f"/division/coverage?{query}").status_code == 200


def test_leave_warns_of_what_it_would_open_before_it_is_approved(lead: Reader, desk: Desk):
    leave = request_leave(
        actor=SYSTEM,
        member=desk.people["alice"],
        kind="annual",
        starts_at=hour(2, 0),
        ends_at=hour(3, 0),
        at=NOW,
    )
    warned = lead.fragment(f"/division/coverage/effect?leave={leave.pk}").text
    assert "This would leave work to one person" in warned
    assert "logins" in warned and "Wed 09–17" in warned and "bo" in warned


def test_a_draft_of_duties_warns_of_gaps_before_it_is_published(lead: Reader, desk: Desk):
    desk.draft("front", desk.line("logins", hours=[[[540, 900]]] * 5 + [[], []]))
    path = f"/division/coverage/effect?duties={desk.positions['front'].pk}"
    warned = lead.fragment(path).text
    assert "This would open gaps in coverage" in warned
    assert "Mon–Fri 15–17" in warned


def test_a_skill_that_falls_warns_and_one_that_rises_does_not(lead: Reader, desk: Desk):
    for name in ("alice", "bo"):
        desk.skill(name, "logins", 3)
    desk.skill("bo", "logins", 2)
    asked = f"member={desk.people['alice'].pk}&topic={desk.topics['logins'].pk}"
    assert "open gaps" in lead.fragment(f"/division/coverage/effect?{asked}&level=2").text
    assert lead.fragment(f"/division/coverage/effect?{asked}&level=5").text.strip() == ""


def test_the_page_asks_as_many_statements_for_more_people(lead: Reader, desk: Desk):
    page(lead)
    with CaptureQueriesContext(connection) as few:
        page(lead)
    team = desk.people["alice"].team
    for name in ("x", "y", "z"):
        add_member(actor=SYSTEM, team=team, position=desk.positions["front"], display_name=name, at=NOW)
    page(lead)
    with CaptureQueriesContext(connection) as more:
        page(lead)
    assert len(more) == len(few)
