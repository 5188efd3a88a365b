"""The chat window over HTTP: on which sites it opens, whom it answers, what it never tells."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from fengong.desk.actions.messages import add_note, reply
from fengong.desk.actions.viewing import look_at
from fengong.desk.models import Message, Ticket
from fengong.integrations.widget.actions.widgets import add_widget, change_widget
from fengong.integrations.widget.models import Visitor, Widget
from fengong.integrations.widget.policies import identity_hash
from fengong.kernel.clock import now
from fengong.web.widget.page import LOADER
from tests.world import World

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()


@pytest.fixture
def widget(world: World) -> Widget:
    values = {"name": "Shop", "origins": ["https://shop.example"], "greeting_en": "Hello"}
    return add_widget(actor=world.admin, values=values, at=world.now)


class Window:
    """A widget's window as its script asks."""

    def __init__(self, widget: Widget) -> None:
        self.client, self.path = Client(), f"/widget/{widget.token}"
        self.headers = {"X-Language": "en"}
        self.headers["X-Visitor"] = self.post("visitors").json()["visitor"]

    def post(self, what: str, **given: Any) -> Any:
        return self.client.post(f"{self.path}/{what}", given, headers=self.headers)

    def talk(self) -> dict[str, Any]:
        found: dict[str, Any] = self.client.get(f"{self.path}/talk", headers=self.headers).json()
        return found

    def say(self, body: str, mark: str = "", **more: Any) -> Any:
        return self.post(
            "messages",
            body=body,
            mark=mark or f"mark-{body.replace(chr(32), chr(45))}".ljust(9, "-").rstrip("?"),
            **more,
        )


@pytest.fixture
def window(widget: Widget) -> Callable[[], Window]:
    return lambda: Window(widget)


def test_the_window_opens_on_the_sites_named_for_it_and_nowhere_else(widget: Widget):
    page = Client().get(f"/widget/{widget.token}")
    assert "frame-ancestors 'self' https://shop.example;" in page.headers["Content-Security-Policy"]
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in page.headers
    assert "Hello" in Client().get(f"/widget/{widget.token}?lang=en-GB").text


def test_a_widget_put_to_rest_opens_and_answers_no_more(world: World, widget: Widget, window):
    mine = window()
    change_widget(actor=world.admin, widget=widget, values={"active": False}, at=world.now)
    assert Client().get(f"/widget/{widget.token}").status_code == 404
    assert mine.say("hello").status_code == 404
    assert Client().get("/widget/nonsense").status_code == 404


def test_the_loader_is_old_javascript_for_other_peoples_pages(world: World):
    script = Client().get("/widget.js")
    assert script.headers["Content-Type"].startswith("text/javascript")
    assert script.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert script.headers.get("Set-Cookie") is None
    source = LOADER.read_text(encoding="utf-8")
    assert (
        re.findall(r"=>|\b(?:let|const|class|async)\b|`|\.\.\.", re.sub(r"/\*.*?\*/", "", source, flags=re.S))
        == []
    )


def test_visitor_and_agent_talk(world: World, window):
    mine = window()
    mine.say("Where is my order?")
    ticket = Ticket.objects.get()
    reply(actor=world.li_na, ticket=ticket, member=world.li_na, body="On its **way**", at=now())
    talk = mine.talk()
    assert [(turn["ours"], turn["author"]) for turn in talk["turns"]] == [(False, "You"), (True, "李娜")]
    assert "<strong>way</strong>" in talk["turns"][1]["html"]
    assert talk["topic"] == f"conversation:{ticket.pk}"
    assert ticket.channel == "chat"


def test_a_message_sent_twice_by_the_window_stands_once(world: World, window):
    mine = window()
    assert mine.say("hello", "same-mark").json()["id"] == mine.say("hello", "same-mark").json()["id"]
    assert Message.objects.count() == 1


def test_notes_and_side_conversations_never_reach_the_window(world: World, window):
    mine = window()
    mine.say("hello")
    ticket = Ticket.objects.get()
    add_note(actor=world.li_na, ticket=ticket, member=world.li_na, body="internal", at=world.now)
    Message.objects.create(ticket=ticket, member=world.li_na, kind="side", body="aside", at=world.now)
    assert len(mine.talk()["turns"]) == 1


def test_without_the_secret_nothing_is_told_and_nothing_taken(world: World, widget: Widget, window):
    mine = window()
    mine.say("hello")
    for headers in ({}, {"X-Visitor": "made-up"}):
        assert Client().get(f"/widget/{widget.token}/talk", headers=headers).status_code == 401
        answer = Client().post(f"/widget/{widget.token}/messages", {"body": "x"}, headers=headers)
        assert answer.status_code == 401
    other = add_widget(actor=world.admin, values={"name": "Other"}, at=world.now)
    assert Client().get(f"/widget/{other.token}/talk", headers=mine.headers).status_code == 401


def test_each_visitor_sees_their_own_talk(world: World, window):
    mine, theirs = window(), window()
    mine.say("mine")
    theirs.say("theirs")
    assert "theirs" not in str(mine.talk())


def test_another_site_may_not_ask(world: World, window):
    mine = window()
    mine.headers["Sec-Fetch-Site"] = "cross-site"
    answer = mine.say("hello")
    assert answer.status_code == 403
    assert "Access-Control-Allow-Origin" not in answer.headers
    preflight = Client().options(f"{mine.path}/messages", headers={"Origin": "https://evil.example"})
    assert "Access-Control-Allow-Origin" not in preflight.headers


def test_a_visitor_who_talks_without_end_has_to_wait(world: World, window):
    mine = window()
    statuses = [mine.say(f"word {number}").status_code for number in range(25)]
    assert statuses.count(201) == 20
    assert statuses[-1] == 429


def test_one_place_makes_only_so_many_visitors(world: World, widget: Widget):
    statuses = [Client().post(f"/widget/{widget.token}/visitors").status_code for _ in range(22)]
    assert statuses.count(201) == 20
    assert statuses[-1] == 429


def test_a_file_is_read_by_who_sent_it_and_by_an_address_nobody_can_make_up(world: World, window):
    mine = window()
    answer = mine.say("", attached=[SimpleUploadedFile("screen.png", PNG, content_type="image/png")])
    assert answer.status_code == 201
    (file,) = mine.talk()["turns"][0]["files"]
    assert file["name"] == "screen.png"
    assert Client().get(file["path"]).content == PNG
    assert Client().get(file["path"][:-3] + "abc").status_code == 404


def test_a_file_that_can_do_harm_is_refused_and_the_words_arrive(world: World, window):
    mine = window()
    bad = SimpleUploadedFile("run.exe", b"MZ" + b"0" * 50, content_type="application/x-msdownload")
    answer = mine.say("look", attached=[bad])
    assert "run.exe" in answer.json()["refusals"][0]
    assert mine.talk()["turns"][0]["files"] == []


def test_the_window_asks_for_an_address_until_it_has_one(world: World, window):
    mine = window()
    mine.say("hello")
    assert not mine.talk()["address"]
    assert mine.post("address", email="not an address").status_code == 422
    assert mine.post("address", email="ana@firm.example").status_code == 204
    assert mine.talk()["address"]


def test_identify_takes_only_what_the_site_has_signed(world: World, widget: Widget, window):
    mine = window()
    assert mine.post("identity", id="user-1", hash="0" * 64).status_code == 403
    proof = identity_hash(widget.secret, "user-1")
    assert mine.post("identity", id="user-1", hash=proof, email="u@v.example").status_code == 204
    assert Visitor.objects.get().identity == "user-1"


@pytest.mark.parametrize(
    ("what", "given"),
    [
        ("messages", {"body": "x", "mark": "bad mark!"}),
        ("messages", {"body": " ", "mark": "mark-0001"}),
        ("presence", {"read": "-1"}),
        ("identity", {}),
        ("address", {}),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(
    world: World, window, what: str, given: dict[str, str]
):
    answer = window().post(what, **given)
    assert answer.status_code == 422
    assert answer.json()["detail"]


def test_each_side_sees_that_the_other_is_writing(world: World, window, reader):
    mine = window()
    mine.say("hello")
    ticket = Ticket.objects.get()
    assert mine.post("presence", typing="1").json() == {"typing": False}
    assert "is writing" in reader(world.li_na).fragment(f"/tickets/{ticket.pk}/viewers").text
    look_at(actor=world.li_na, ticket=ticket, member=world.li_na, typing="note", at=now())
    assert mine.post("presence").json() == {"typing": False}
    look_at(actor=world.li_na, ticket=ticket, member=world.li_na, typing="reply", at=now())
    assert mine.post("presence").json() == {"typing": True}
    assert "Visitor" not in reader(world.zhou_min).fragment(f"/tickets/{ticket.pk}/viewers").text
