"""Every refusal is a problem, whatever refuses."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from fengong.api import me as me_module
from fengong.people.models import Account
from tests.api.program import Program, as_member, is_problem
from tests.world import World

JSON = "application/json"


def _send(program: Program, data: bytes | str, content_type: str = JSON) -> Any:
    return program.client.post(
        "/api/v1/tickets", data=data, content_type=content_type, headers=program.headers
    )


def test_an_address_that_is_none_of_ours(agent: Program):
    for path in ("/nowhere", "/", "/tickets/", "/tickets/x", "/tickets/-1", "/tickets/1/close"):
        assert is_problem(agent.get(path), 404, "missing"), path


def test_a_method_that_is_not_possible(agent: Program):
    response = agent.delete("/tickets/1")
    assert is_problem(response, 405, "method_not_allowed")
    assert response.headers["Allow"] == "GET"


def test_a_body_that_is_not_json(agent: Program):
    for body in ("{", "", "[" * 100_000, b"\xff\xfe", "nul", "1" * 5000):
        assert is_problem(_send(agent, body), 400 if body else 422), body[:9]
    for body in ("[]", "3", "null", '"x"', "NaN"):
        assert is_problem(_send(agent, body), 422, "invalid"), body


def test_a_body_of_another_type(agent: Program):
    for content_type in (
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
    ):
        assert is_problem(_send(agent, "subject=x", content_type), 415, "not_json")


def test_a_body_too_large(agent: Program):
    fits, large = b'"' + b"x" * (1024 * 1024 - 2) + b'"', b'"' + b"x" * (1024 * 1024) + b'"'
    assert is_problem(_send(agent, large), 413, "too_large")
    assert is_problem(_send(agent, fits), 422)
    assert is_problem(agent.send("GET", "/me", "x" * 1024 * 1024), 413, "too_large")


def test_text_that_is_half_a_character(agent: Program):
    draft = '{"subject": "\\ud800", "body": "x", "customer_id": 1}'
    assert is_problem(_send(agent, draft), 422, "invalid", "subject")


def test_an_id_beyond_what_is_stored(agent: Program):
    assert is_problem(agent.get(f"/tickets/{2**63}"), 422, "invalid", "ticket_id")
    assert is_problem(agent.get(f"/tickets/{2**63 - 1}"), 404, "missing")
    assert is_problem(agent.get(f"/tickets?owner={2**70}"), 422, "invalid", "owner")


def test_every_wrong_input_is_listed(agent: Program):
    said = agent.post("/tickets", {"priority": "x", "colour": 1}).json()
    codes = {error["field"]: error["code"] for error in said["errors"]}
    assert codes == {
        "subject": "missing",
        "body": "missing",
        "priority": "int_parsing",
        "colour": "extra_forbidden",
    }


def test_what_nobody_foresaw_tells_nothing_of_the_inside(agent: Program, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(me_module.rota, "presence_of", _raising(ValueError("secret inside")))
    response = agent.get("/me")
    assert is_problem(response, 500, "unexpected")
    assert "secret" not in response.content.decode()


def test_a_busy_database_asks_to_come_back(agent: Program, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(me_module.rota, "presence_of", _raising(OperationalError("database is locked")))
    response = agent.get("/me")
    assert is_problem(response, 503, "busy")
    assert response.headers["Retry-After"] == "1"


def _raising(error: Exception) -> Any:
    def raise_it(*args: Any) -> None:
        raise error

    return raise_it


def test_refusals_are_said_in_the_language_of_the_reader(world: World):
    Account.objects.update(language="zh-hans")
    ticket = world.ticket()
    path = f"/tickets/{ticket.pk}/resolution"
    chinese = as_member(world, "li_na").post(path).json()
    english = as_member(world, "sun_hao", Accept_Language="en").post(path).json()
    assert english["detail"].startswith("Only its owner")
    assert (chinese["code"], chinese["title"]) == (english["code"], english["title"])


def test_nothing_is_kept_by_those_between(agent: Program):
    for path in ("/me", "/nowhere"):
        assert agent.get(path).headers["Cache-Control"] == "no-store"
    assert Client().get("/api/v1/openapi.json").status_code == 200
