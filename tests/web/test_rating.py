"""Customers answer what they think: by the link of a mail, on the page of their ticket, in the chat."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from fengong.customers.actions.sign_in import give_link
from fengong.desk.actions.surveys import ask, define_survey
from fengong.desk.actions.tickets import resolve_ticket
from fengong.desk.models import Rating, Survey, Ticket
from fengong.desk.reading import satisfaction as reading
from fengong.integrations.widget.actions.widgets import add_widget
from fengong.kernel.actor import SYSTEM
from fengong.kernel.clock import now
from tests.world import World


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()


@pytest.fixture
def survey(world: World) -> Survey:
    values = {"name": "CSAT", "question_en": "Are you satisfied?", "ways": ["mail", "portal", "widget"]}
    return define_survey(actor=world.admin, kind="csat", values=values, at=world.now)


@pytest.fixture
def asked(world: World, survey: Survey) -> Rating:
    """A question that was sent by mail a moment ago."""
    ticket = resolve_ticket(actor=world.wang_fang, ticket=world.ticket(), at=now())
    found = ask(actor=SYSTEM, survey=survey, contact=world.customer, ticket=ticket, at=now())
    assert found is not None
    return found


def _path(rating: Rating) -> str:
    return "/rate/" + reading.address_of(rating).rpartition("/")[2]


def _portal(world: World) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    client.post(f"/portal/enter/{give_link(actor=SYSTEM, contact=world.customer, at=now())}")
    return client


def test_looking_at_the_link_rates_nothing_for_mail_scanners_look_too(asked: Rating):
    page = Client(headers={"Accept-Language": "en"}).get(f"{_path(asked)}?score=2")
    assert "Are you satisfied?" in page.text
    assert 'value="2" required checked' in page.text
    asked.refresh_from_db()
    assert asked.score is None


def test_the_button_rates_with_words(asked: Rating):
    answer = Client(headers={"Accept-Language": "en"}).post(_path(asked), {"score": 5, "comment": "quick"})
    assert "Thank you!" in answer.text
    asked.refresh_from_db()
    assert (asked.score, asked.comment, asked.via) == (5, "quick", "mail")


def test_a_made_up_link_rates_nothing(asked: Rating):
    path = _path(asked)
    assert Client().post(path[:-2] + "xx", {"score": 1}).status_code == 404
    assert Client().get("/rate/1").status_code == 404
    asked.refresh_from_db()
    assert asked.score is None


def test_an_old_link_is_refused(asked: Rating):
    Rating.objects.filter(pk=asked.pk).update(asked_at=now() - timedelta(days=31))
    assert Client().post(_path(asked), {"score": 1}).status_code == 409


@pytest.mark.parametrize("score", ["", "9", "x"])
def test_a_score_that_is_none_is_refused(asked: Rating, score: str):
    assert Client().post(_path(asked), {"score": score}).status_code == 422


def test_a_solved_ticket_is_rated_on_its_page_and_then_asked_no_more(world: World, survey: Survey):
    ticket, client = world.ticket(), _portal(world)
    assert "Are you satisfied?" not in client.get(f"/portal/tickets/{ticket.pk}").text
    client.post(f"/portal/tickets/{ticket.pk}/resolution")
    assert "Are you satisfied?" in client.get(f"/portal/tickets/{ticket.pk}").text
    client.post(f"/portal/tickets/{ticket.pk}/rating", {"score": 4, "comment": ""})
    assert "Are you satisfied?" not in client.get(f"/portal/tickets/{ticket.pk}").text
    assert Rating.objects.get().via == "portal"


def test_recommendation_is_asked_above_the_list_and_answered_there(world: World):
    values = {
        "name": "NPS",
        "question_en": "Would you recommend us?",
        "ways": ["portal"],
        "follow_up": "none",
    }
    nps = define_survey(actor=world.admin, kind="nps", values=values, at=world.now)
    ask(actor=SYSTEM, survey=nps, contact=world.customer, at=now())
    client = _portal(world)
    assert "Would you recommend us?" in client.get("/portal").text
    client.post("/portal/recommendation", {"score": 9})
    assert "Would you recommend us?" not in client.get("/portal").text
    assert Rating.objects.get().score == 9


def test_a_solved_chat_is_rated_in_its_window(world: World, survey: Survey):
    widget = add_widget(actor=world.admin, values={"name": "Shop"}, at=world.now)
    path, client = f"/widget/{widget.token}", Client()
    headers = {"X-Visitor": client.post(f"{path}/visitors").json()["visitor"], "X-Language": "en"}
    client.post(f"{path}/messages", {"body": "hi", "mark": "mark-0001"}, headers=headers)
    assert client.post(f"{path}/rating", {"score": 5}, headers=headers).status_code == 409
    resolve_ticket(actor=world.wang_fang, ticket=Ticket.objects.get(), at=now())
    question = client.get(f"{path}/talk", headers=headers).json()["rating"]
    assert (question["text"], len(question["scale"])) == ("Are you satisfied?", 5)
    assert client.post(f"{path}/rating", {"score": 5}, headers=headers).status_code == 204
    assert client.get(f"{path}/talk", headers=headers).json()["rating"] is None
    assert Rating.objects.get().via == "widget"
