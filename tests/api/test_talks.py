"""Answers for later, talks with outsiders, signatures and languages by JSON."""

from __future__ import annotations

from datetime import timedelta

from fengong.desk.models import Ticket
from fengong.kernel.clock import now
from tests.api.program import Program, is_problem
from tests.world import World


def test_an_answer_is_planned_changed_and_taken_back(agent: Program, world: World) -> None:
    ticket, due = world.ticket(), now() + timedelta(hours=2)
    path = f"/tickets/{ticket.pk}/scheduled-replies"
    made = agent.post(path, {"body": "明早好", "due_at": due.isoformat(), "then": "pause"})
    assert made.status_code == 201
    assert (made.json()["state"], made.json()["member"]["name"]) == ("waiting", "李娜")
    one = f"/scheduled-replies/{made.json()['id']}"
    changed = agent.put(one, {"body": "后天好", "due_at": (due + timedelta(days=1)).isoformat()})
    assert changed.json()["body"] == "后天好"
    assert [found["body"] for found in agent.get(path).json()["items"]] == ["后天好"]
    assert agent.delete(one).json()["state"] == "cancelled"
    assert is_problem(agent.delete(one), 409, "not_waiting")
    assert agent.get(path).json()["items"] == []
    past = agent.post(path, {"body": "x", "due_at": "2020-01-01T00:00:00Z"})
    assert is_problem(past, 422, field="due_at")


def test_outsiders_are_written_to_on_the_side(agent: Program, world: World) -> None:
    path = f"/tickets/{world.ticket().pk}/side-conversations"
    given = {"subject": "77 号包裹", "participants": ["kuaidi@example.com"], "body": "请查一下"}
    side = agent.post(path, given).json()
    more = agent.post(f"/side-conversations/{side['id']}/messages", {"body": "还有照片"}).json()
    assert [turn["body"] for turn in more["messages"]] == ["请查一下", "还有照片"]
    assert "token" not in side
    assert agent.delete(f"/side-conversations/{side['id']}").json()["closed_at"] is not None
    assert len(agent.get(path).json()["items"]) == 1
    wrong = agent.post(path, {**given, "participants": [world.customer.email]})
    assert is_problem(wrong, 422, field="participants")


def test_signatures_are_ones_own_or_by_leads_those_of_teams(
    agent: Program, lead: Program, world: World
) -> None:
    assert agent.put("/signatures/en", {"body": "Li Na"}).json()["items"] == [
        {"language": "en", "body": "Li Na"}
    ]
    assert agent.get("/signatures").json()["items"][0]["body"] == "Li Na"
    team = f"/signatures/teams/{world.teams['north'].pk}/zh-hans"
    assert agent.put(team, {"body": "x"}).status_code == 403
    assert lead.put(team, {"body": "北区组"}).json()["items"] == [{"language": "zh-hans", "body": "北区组"}]
    assert is_problem(agent.put("/signatures/tlh", {"body": "x"}), 422)


def test_a_tickets_language_is_set(agent: Program, world: World) -> None:
    ticket = world.ticket()
    assert agent.put(f"/tickets/{ticket.pk}/language", {"language": "en"}).status_code == 204
    assert Ticket.objects.get(pk=ticket.pk).language == "en"
