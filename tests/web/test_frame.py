"""The frame around the rooms: which rooms, which language, what is said about oneself."""

from __future__ import annotations

import re

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils.translation import override

from fengong.people.models import Account
from fengong.rota.queries import presence_of
from fengong.web.settings.pages import SECTIONS
from tests.world import World


@pytest.mark.parametrize(
    ("name", "rooms"),
    [
        ("li_na", {"today", "tickets", "division"}),
        ("wang_fang", {"today", "tickets", "division"}),
        ("qian_wei", {"today"}),
    ],
)
def test_the_rail_shows_the_rooms_a_position_may_enter(world: World, reader, name: str, rooms: set[str]):
    page = reader(world.members[name]).get("/today").text
    assert {
        room for room in ("today", "tickets", "division") if f'class="room" href="/{room}"' in page
    } == rooms


def test_rooms_that_a_position_may_not_enter_refuse(world: World, reader):
    assert reader(world.qian_wei).get("/division").status_code == 403
    assert reader(world.qian_wei).get("/tickets").status_code == 403


def test_an_address_that_does_not_exist_leads_back(world: World, reader):
    world.li_na.account.language = "zh-hans"
    world.li_na.account.save()
    answer = reader(world.li_na).get("/nowhere")
    assert answer.status_code == 404
    assert "这里什么也没有" in answer.text
    assert 'href="/today"' in answer.text


def test_a_form_from_before_signing_in_again_is_refused_with_a_way_on(world: World):
    answer = Client(enforce_csrf_checks=True).post("/sign-in", {}, headers={"Accept-Language": "en"})
    assert answer.status_code == 403
    assert "This page was open too long" in answer.text


def test_language_and_theme_are_kept_with_the_account(world: World, reader):
    client = reader(world.li_na)
    client.post("/preferences", {"language": "zh-hans"}, headers={"Referer": "http://testserver/tickets"})
    client.post("/preferences", {"theme": "dark"})
    account = Account.objects.get(email="li_na@example.test")
    assert (account.language, account.theme) == ("zh-hans", "dark")
    page = client.get("/today").text
    assert '<html lang="zh-Hans" data-theme="dark">' in page


def test_preferences_lead_back_to_the_same_page_and_never_elsewhere(world: World, reader):
    client = reader(world.li_na)
    back = client.post(
        "/preferences", {"theme": "dark"}, headers={"Referer": "http://testserver/tickets?view=all"}
    )
    assert back.headers["Location"].endswith("/tickets?view=all")
    away = client.post("/preferences", {"theme": "dark"}, headers={"Referer": "https://example.com/"})
    assert away.headers["Location"] == "/today"


def test_presence_is_set_from_the_menu_and_the_meter_comes_back(world: World, reader):
    answer = reader(world.li_na).do("/presence", status="away")
    assert answer.status_code == 200
    assert 'data-status="away"' in answer.text
    assert presence_of(world.li_na) == "away"


def test_a_presence_that_does_not_exist_is_refused_with_a_toast(world: World, reader):
    answer = reader(world.li_na).do("/presence", status="asleep")
    assert answer.status_code == 422
    assert 'hx-target="#toasts"' in answer.text


def test_the_stream_asks_only_for_what_the_reader_may_hear(world: World, reader):
    page = reader(world.zhou_min).get("/today").text
    assert (
        f"/live?topics=people,member:{world.zhou_min.pk},tickets,emergency,viewers,board&amp;since=" in page
    )


@pytest.mark.parametrize(("name", "offered"), [("li_na", True), ("qian_wei", False), ("tang_yun", False)])
def test_the_sheet_of_keys_shows_only_what_one_may_do(world: World, reader, name: str, offered: bool):
    page = reader(world.members[name]).get("/today").text
    sheet = page[page.index('id="sheet"') :]
    assert ("Escalate" in sheet) == offered
    assert ("<kbd>g</kbd> <kbd>k</kbd>" in sheet) == offered
    assert ("<kbd>g</kbd> <kbd>d</kbd>" in sheet) == offered
    assert "<kbd>g</kbd> <kbd>t</kbd>" in sheet


@pytest.mark.parametrize(
    ("path", "section"),
    [
        ("/settings/promises/new", "promises"),
        ("/settings/mail/out", "mailboxes"),
        ("/settings/webhooks", "webhooks"),
    ],
)
def test_every_page_of_settings_says_where_one_is_in_its_title_and_its_side_list(
    world: World, reader, path: str, section: str
):
    page = reader(world.admin).get(path).text
    known = next(known for known in SECTIONS if known.name == section)
    assert re.findall(r'<a href="/settings/(\w+)" aria-current="page"', page) == [section]
    assert f"<title>{known.label} · " in page


@pytest.mark.parametrize(("language", "said"), [("zh-hans", "zh-Hans"), ("en", "en")])
def test_a_page_that_says_something_broke_says_in_which_language(language: str, said: str):
    with override(language):
        assert f'<html lang="{said}"' in render_to_string("500.html")
