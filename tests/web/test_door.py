"""Coming in and going out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client

from fengong.web.middleware import POLICY
from tests.world import PASSWORD, World


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    """No earlier attempts."""
    cache.clear()
    yield
    cache.clear()


def _try(client: Client, email: str, password: str, **more: str):
    return client.post("/sign-in", {"email": email, "password": password, **more})


def test_a_member_comes_in_and_lands_on_today(world: World):
    client = Client()
    answer = _try(client, "LI_NA@example.test", PASSWORD)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/today")
    assert client.get("/today").status_code == 200


def test_a_wrong_password_keeps_the_address_and_says_so(world: World):
    answer = _try(Client(), "li_na@example.test", "wrong")
    assert answer.status_code == 422
    assert 'value="li_na@example.test"' in answer.text
    assert 'role="alert"' in answer.text


def test_many_wrong_passwords_have_to_wait_but_lock_nobody_out(world: World):
    for _ in range(5):
        _try(Client(), "li_na@example.test", "wrong")
    assert _try(Client(), "li_na@example.test", PASSWORD).status_code == 429
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert _try(elsewhere, "li_na@example.test", PASSWORD).status_code == 302


def test_coming_in_leads_back_to_where_one_wanted_to_go_and_nowhere_else(world: World):
    assert Client().get("/tickets?view=all").headers["Location"] == "/sign-in?next=/tickets%3Fview%3Dall"
    there = _try(Client(), "li_na@example.test", PASSWORD, next="/tickets?view=all")
    assert there.headers["Location"] == "/tickets?view=all"
    away = _try(Client(), "li_na@example.test", PASSWORD, next="https://example.com/")
    assert away.headers["Location"] == "/today"


def test_a_fragment_asked_for_after_the_session_ended_reloads_the_page(world: World):
    answer = Client().get("/tickets", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Refresh"]) == (401, "true")


def test_the_door_speaks_the_language_that_was_chosen(world: World):
    client = Client()
    assert '<html lang="en"' in client.get("/sign-in", headers={"Accept-Language": "en"}).text
    client.post("/language", {"language": "zh-hans"})
    assert '<html lang="zh-Hans"' in client.get("/sign-in", headers={"Accept-Language": "en"}).text


def test_every_page_forbids_inline_scripts_and_styles(world: World):
    assert Client().get("/sign-in").headers["Content-Security-Policy"] == POLICY
    assert "unsafe" not in POLICY


def test_an_account_without_a_member_gets_a_sentence_instead_of_a_room(world: World, reader):
    world.li_na.active = False
    world.li_na.save()
    answer = reader(world.li_na).get("/today")
    assert answer.status_code == 403
    assert "no active member" in answer.text


def test_going_out_ends_the_session(world: World, reader):
    client = reader(world.li_na)
    client.post("/sign-out")
    assert client.get("/today").status_code == 302
