"""Policies of promised times and calendars by the API, and what a ticket shows of its clocks."""

from __future__ import annotations

from typing import Any

import pytest

from fengong.kernel.clock import now
from tests.api.program import Program, as_member
from tests.desk.promised import policy, sweep
from tests.world import World

OFFICE = {"name": "Office", "zone": "Asia/Shanghai", "region": "CN", "week": [[[540, 1080]]] * 5 + [[], []]}
DEED = {"deed": "notify", "who": "owner", "text": "快到了"}
VIP: dict[str, Any] = {
    "name": "VIP",
    "condition": "priority:urgent",
    "ownership_1": 240,
    "levels": [{"priority": 4, "first_response_minutes": 15, "update_minutes": 60}],
    "steps": [{"target": "first_response", "percent": 80, "deeds": [DEED]}],
}


@pytest.fixture
def admin(world: World) -> Program:
    return as_member(world, "admin")


def test_a_policy_is_written_read_changed_and_removed(admin: Program):
    calendar = admin.post("/calendars", OFFICE).json()
    made = admin.post("/service-policies", VIP | {"calendar_id": calendar["id"]})
    assert made.status_code == 201
    shown = made.json()
    assert (shown["calendar_id"], shown["ownership_1"], shown["ownership_2"]) == (calendar["id"], 240, None)
    assert shown["levels"][0]["update_minutes"] == 60
    assert shown["steps"][0] == {
        "place": 1,
        "target": "first_response",
        "percent": 80,
        "minutes": 0,
        "deeds": [DEED],
    }
    path = f"/service-policies/{shown['id']}"
    assert admin.put(path, VIP | {"ownership_1": None}).json()["ownership_1"] is None
    assert [one["name"] for one in admin.get("/service-policies").json()["items"]] == ["VIP", "Default"]
    assert admin.send("DELETE", path).status_code == 204
    assert admin.send("DELETE", f"/calendars/{calendar['id']}").status_code == 204


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"condition": "nonsense:1"}, "condition"),
        ({"condition": ""}, "condition"),
        ({"calendar_id": 99}, "calendar_id"),
        ({"is_default": True}, "is_default"),
        ({"steps": [{"target": "update", "deeds": [DEED, {"deed": "dance"}]}]}, "steps.0.deeds.1"),
        (
            {"steps": [{"target": "update", "deeds": [{"deed": "set_priority", "priority": 9}]}]},
            "steps.0.deeds.0.priority",
        ),
    ],
)
def test_a_policy_that_cannot_be_is_refused_by_field(admin: Program, wrong: Any, field: str):
    refused = admin.post("/service-policies", VIP | wrong)
    assert refused.status_code in (404, 409, 422)
    assert field in str(refused.json())


def test_days_of_a_year_are_read_decided_and_taken_back(admin: Program):
    path = f"/calendars/{admin.post('/calendars', OFFICE).json()['id']}/days"
    known = {day["date"]: day for day in admin.get(f"{path}?year=2026").json()["items"]}
    assert (known["2026-10-01"]["kind"], known["2026-10-01"]["source"]) == ("closed", "library")
    assert known["2026-10-10"]["kind"] == "like"
    decided = {"date": "2026-10-01", "kind": "hours", "hours": [[600, 720]], "name": "值班"}
    assert admin.put(path, {"days": [decided]}).status_code == 204
    found = {day["date"]: day for day in admin.get(f"{path}?year=2026").json()["items"]}
    assert (found["2026-10-01"]["hours"], found["2026-10-01"]["source"]) == ("10:00-12:00", "administrator")
    assert admin.send("DELETE", f"{path}/2026-10-01").status_code == 204
    assert admin.get(f"{path}?year=2026").json()["items"] == list(known.values())


def test_hours_out_of_order_are_refused(admin: Program):
    week = [[[600, 700], [540, 600]], [], [], [], [], [], []]
    assert admin.post("/calendars", OFFICE | {"week": week}).status_code == 422


def test_a_ticket_shows_its_clocks(admin: Program, world: World):
    standing = policy(first_response=60, resolution=600, ownership={1: 120})
    ticket = world.ticket(at=now())
    shown = admin.get(f"/tickets/{ticket.pk}").json()
    assert shown["policy_id"] == standing.pk
    assert shown["ownership_due"] and not shown["ownership_broken"]
    assert (shown["next_response_due"], shown["update_due"], shown["paused_at"]) == (None, None, None)


def test_a_changed_service_level_reaches_tickets_that_are_open(admin: Program, world: World):
    ticket = world.ticket(at=now())
    admin.put("/service-levels/2", {"first_response_minutes": 5, "resolution_minutes": 50})
    sweep(now())
    due = admin.get(f"/tickets/{ticket.pk}").json()["first_response_due"]
    assert due == admin.get(f"/tickets/{ticket.pk}").json()["next_due_at"]
    ticket.refresh_from_db()
    assert (ticket.first_response_due - ticket.opened_at).total_seconds() == 300
