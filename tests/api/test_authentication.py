"""Who may knock: tokens, sessions, and the protection of sessions."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from click.testing import CliRunner
from django.core.cache import cache
from django.test import Client

from fengong.config.commands.token import command
from fengong.kernel import clock
from fengong.kernel.actor import SYSTEM
from fengong.kernel.errors import Denied, Invalid
from fengong.kernel.models import Event
from fengong.people.actions.accounts import open_account
from fengong.people.actions.tokens import issue_token, revoke_token
from fengong.people.models import AccessToken
from tests.api.program import Program, as_member, is_problem
from tests.world import NOW, PASSWORD, World

SIGN_IN = {"email": "li_na@example.test", "password": PASSWORD}


@pytest.fixture(autouse=True)
def _no_throttle() -> None:
    cache.clear()


def test_nobody_gets_in_without_a_key(world: World):
    for headers in ({}, {"Authorization": "Bearer fg_wrong"}, {"Authorization": "Bearer "}):
        response = Program(None).get("/me", **headers)
        assert is_problem(response, 401, "unauthenticated")
        assert response.headers["WWW-Authenticate"] == "Bearer"


def test_a_token_opens_its_account(agent: Program, world: World):
    said = agent.get("/me").json()
    assert (said["member"]["name"], said["account"]["email"]) == ("李娜", "li_na@example.test")
    assert (said["presence"], said["load"]["capacity"]) == ("offline", 120)


def test_only_a_digest_is_stored(agent: Program):
    secret = agent.headers["Authorization"].removeprefix("Bearer ")
    stored = AccessToken.objects.values().get()
    assert secret not in str(stored)
    assert (len(stored["digest"]), secret.startswith(stored["prefix"])) == (64, True)
    assert secret not in str(list(Event.objects.values_list("data", flat=True)))


def test_a_revoked_token_opens_nothing(agent: Program):
    revoke_token(actor=SYSTEM, token=agent.token, at=NOW)
    assert is_problem(agent.get("/me"), 401)
    revoke_token(actor=SYSTEM, token=agent.token, at=NOW)
    assert Event.objects.filter(verb="token.revoked").count() == 1


def test_an_expired_token_opens_nothing(world: World, monkeypatch: pytest.MonkeyPatch):
    ends = clock.now() + timedelta(days=1)
    issued = issue_token(actor=SYSTEM, account=world.li_na.account, name="x", at=NOW, expires_at=ends)
    program = Program(None, Authorization=f"Bearer {issued.secret}")
    assert program.get("/me").status_code == 200
    monkeypatch.setattr("fengong.api.authentication.now", lambda: ends)
    assert is_problem(program.get("/me"), 401)


def test_a_closed_account_opens_nothing(agent: Program, world: World):
    world.li_na.account.is_active = False
    world.li_na.account.save()
    assert is_problem(agent.get("/me"), 401)


def test_a_member_who_left_is_told_so(agent: Program, world: World):
    world.li_na.active = False
    world.li_na.save()
    assert is_problem(agent.get("/me"), 403, "denied.no_member")


def test_an_account_without_a_member_is_told_so(world: World):
    account = open_account(actor=SYSTEM, email="x@y.test", password=PASSWORD, language="en", at=NOW)
    assert is_problem(Program(account).get("/me"), 403, "denied.no_member")


def test_a_wrong_token_is_refused_even_beside_a_session(world: World, client: Client):
    client.force_login(world.li_na.account)
    headers = {"Authorization": "Bearer fg_wrong"}
    assert client.get("/api/v1/me", headers=headers).status_code == 401
    assert client.get("/api/v1/me").status_code == 200


def test_tokens_belong_to_their_account(world: World):
    issue_token(actor=world.li_na, account=world.li_na.account, name="mine", at=NOW)
    issue_token(actor=world.admin, account=world.li_na.account, name="hers", at=NOW)
    with pytest.raises(Denied):
        issue_token(actor=world.sun_hao, account=world.li_na.account, name="theft", at=NOW)
    with pytest.raises(Invalid):
        issue_token(actor=world.li_na, account=world.li_na.account, name=" ", at=NOW)
    with pytest.raises(Invalid):
        issue_token(actor=world.li_na, account=world.li_na.account, name="x", at=NOW, expires_at=NOW)


def _browser(**headers: str) -> Client:
    return Client(enforce_csrf_checks=True, headers=headers)


def _signed_in(browser: Client, **given: Any) -> Any:
    return browser.post("/api/v1/session", {**SIGN_IN, **given}, content_type="application/json")


def test_a_browser_signs_in_and_out(world: World):
    browser = _browser()
    said = _signed_in(browser)
    assert said.status_code == 201
    assert browser.get("/api/v1/session").json()["member"]["name"] == "李娜"
    token = {"X-CSRFToken": said.json()["csrf_token"]}
    assert browser.delete("/api/v1/session", headers=token).status_code == 204
    assert is_problem(browser.get("/api/v1/session"), 401)


def test_a_session_changes_nothing_without_its_protection(world: World):
    browser = _browser()
    token = _signed_in(browser).json()["csrf_token"]
    body, path = {"status": "online"}, "/api/v1/me/presence"
    refused = browser.put(path, body, content_type="application/json")
    assert is_problem(refused, 403, "denied")
    headers = {"X-CSRFToken": token}
    assert browser.put(path, body, content_type="application/json", headers=headers).status_code == 200


def test_wrong_passwords_have_to_wait(world: World):
    browser = _browser()
    answers = [_signed_in(browser, password="wrong") for _ in range(6)]
    assert all(is_problem(answer, 401) for answer in answers[:5])
    assert is_problem(answers[5], 429, "too_many")
    assert "password" not in answers[0].content.decode()


def test_a_token_cannot_breed_others(agent: Program, world: World):
    assert is_problem(agent.post("/tokens", {"name": "more"}), 401)
    browser = Client()
    browser.force_login(world.li_na.account)
    made = browser.post("/api/v1/tokens", {"name": "crm"}, content_type="application/json")
    assert made.status_code == 201
    named = [token["name"] for token in agent.get("/tokens").json()["items"]]
    assert named == ["crm", "test"]
    other = Program(None, Authorization=f"Bearer {made.json()['secret']}")
    assert other.delete(f"/tokens/{agent.token.pk}").status_code == 204
    assert is_problem(agent.get("/me"), 401)
    assert is_problem(as_member(world, "sun_hao").delete(f"/tokens/{made.json()['id']}"), 404)


@pytest.mark.django_db
def test_the_command_line_makes_tokens(world: World):
    done = CliRunner().invoke(command, ["LI_NA@example.test", "--name", "crm", "--days", "30"])
    assert done.exit_code == 0
    secret = done.stdout.strip()
    assert Program(None, Authorization=f"Bearer {secret}").get("/me").status_code == 200
    assert CliRunner().invoke(command, ["nobody@example.test", "--name", "x"]).exit_code == 1


def test_sentences_follow_the_reader(world: World):
    chinese = world.li_na.account
    chinese.language = "zh-hans"
    chinese.save()
    program = Program(chinese)
    assert program.get("/me").headers["Content-Language"] == "zh-hans"
    assert program.get("/topics").json()["items"][0]["label"] == "账号"
    assert program.get("/topics", Accept_Language="en-GB").json()["items"][0]["label"] == "Accounts"
    assert as_member(world, "sun_hao").get("/topics").json()["items"][0]["label"] == "Accounts"
