"""Settings of what customers meet, and the page of what they answered."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fengong.customers.actions.contacts import find_or_add_contact
from fengong.desk.actions.ratings import rate
from fengong.desk.actions.surveys import ask, define_survey
from fengong.desk.models import Survey
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.integrations.widget.models import Widget
from fengong.kernel.actor import SYSTEM
from fengong.kernel.clock import now
from fengong.kernel.models import Event
from tests.world import World

WIDGET = {
    "name": "Shop",
    "origins": "https://shop.example",
    "colour": "#112233",
    "position": "left",
    "away_minutes": 5,
}
SURVEY = {
    "kind": "csat",
    "name": "After closing",
    "question_zh": "您满意吗？",
    "ways": ["mail", "portal"],
    "delay_minutes": 30,
    "repeat_days": 30,
    "low": 2,
    "follow_up": "note",
    "active": "on",
}


def test_an_administrator_makes_a_chat_window_and_copies_its_tag(world: World, reader):
    client = reader(world.admin)
    made = client.post("/settings/widgets/new", {**WIDGET, "active": "on"})
    widget = Widget.objects.get()
    page = client.get(made.headers["Location"])
    assert f"data-widget=&quot;{widget.token}&quot;" in page.text
    assert (widget.origins, widget.position, widget.away_minutes) == (["https://shop.example"], "left", 5)
    client.post(made.headers["Location"], {**WIDGET, "name": "Other"})
    widget.refresh_from_db()
    assert (widget.name, widget.active) == ("Other", False)


def test_a_site_that_is_none_is_refused_where_it_was_typed(world: World, reader):
    answer = reader(world.admin).post("/settings/widgets/new", {**WIDGET, "origins": "not a site"})
    assert answer.status_code == 422
    assert "not a site" in answer.text
    assert Widget.objects.count() == 0


def test_the_trial_page_may_frame_the_chat_and_nothing_else(world: World, reader):
    reader(world.admin).post("/settings/widgets/new", {**WIDGET, "active": "on"})
    page = reader(world.admin).get(f"/settings/widgets/{Widget.objects.get().pk}/trial")
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]
    assert f'data-widget="{Widget.objects.get().token}"' in page.text


def test_an_administrator_defines_a_survey_and_ends_it(world: World, reader):
    client = reader(world.admin)
    assert client.post("/settings/surveys/new", SURVEY).status_code == 302
    survey = Survey.objects.get()
    assert (survey.kind, survey.ways) == ("csat", ["mail", "portal"])
    again = client.post("/settings/surveys/new", SURVEY)
    assert again.status_code == 422
    client.post(f"/settings/surveys/{survey.pk}", {**SURVEY, "active": ""})
    survey.refresh_from_db()
    assert not survey.active


def test_what_was_typed_stays_when_a_survey_is_refused(world: World, reader):
    answer = reader(world.admin).post("/settings/surveys/new", {**SURVEY, "condition": "nonsense:("})
    assert answer.status_code == 422
    assert "nonsense:(" in answer.text


def test_an_administrator_makes_a_link_for_a_customer_and_the_spine_says_who_did(world: World, reader):
    client = reader(world.admin)
    page = client.post("/settings/portal", {"email": world.customer.email})
    assert "/portal/enter/" in page.text
    assert Event.objects.get(verb="customer.link_requested").actor == world.admin.ref
    assert client.post("/settings/portal", {"email": "nobody@x.example"}).status_code == 422


@pytest.mark.parametrize("page", ["portal", "widgets", "widgets/new", "surveys", "surveys/new"])
def test_only_administrators_enter(world: World, reader, page: str):
    assert reader(world.wang_fang).get(f"/settings/{page}").status_code == 403
    assert reader(world.admin).get(f"/settings/{page}").status_code == 200


def _answer(world: World, survey: Survey, number: int, score: int, comment: str = "") -> None:
    contact = find_or_add_contact(actor=SYSTEM, email=f"c{number}@firm.example", at=now())
    ticket = world.ticket(f"matter {number}", customer=contact, difficulty=1)
    if number == 0:
        world.go_online("li_na")
        ticket = assign_ticket(actor=world.wang_fang, ticket=ticket, member=world.li_na, at=world.now)
    asked = ask(actor=SYSTEM, survey=survey, contact=contact, ticket=ticket, at=now())
    assert asked is not None
    rate(actor=contact, rating=asked, score=score, comment=comment, at=now() - timedelta(seconds=number))


@pytest.fixture
def survey(world: World) -> Survey:
    values = {"name": "CSAT", "question_en": "?", "ways": ["mail"], "follow_up": "none"}
    return define_survey(actor=world.admin, values=values, at=world.now)


def test_figures_stand_with_their_number_and_lead_to_the_answers(world: World, survey: Survey, reader):
    for number, score in enumerate((5, 4, 1)):
        _answer(world, survey, number, score, comment=f"words {number}")
    page = reader(world.wang_fang).get("/settings/satisfaction").text
    assert "67%" in page
    assert "n = 3 of 3 asked" in page
    assert "words 2" in page
    low = reader(world.wang_fang).get(f"/settings/satisfaction?survey={survey.pk}&score=1").text
    assert "words 2" in low
    assert "words 0" not in low


def test_an_agent_sees_only_what_was_said_about_their_tickets(world: World, survey: Survey, reader):
    _answer(world, survey, 0, 5, comment="about 李娜")
    _answer(world, survey, 1, 1, comment="about nobody")
    page = reader(world.li_na).get("/settings/satisfaction").text
    assert "about 李娜" in page
    assert "about nobody" not in page
    assert "n = 1 of 1 asked" in page


def test_more_answers_take_no_more_statements(world: World, survey: Survey, reader):
    client, counts, number = reader(world.wang_fang), [], 0
    client.get("/settings/satisfaction")
    for more in (3, 12):
        for _ in range(more):
            number += 1
            _answer(world, survey, number, 4)
        with CaptureQueriesContext(connection) as queries:
            client.get("/settings/satisfaction")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 14
