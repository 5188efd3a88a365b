"""How many statements a call costs: lists the same at any length, writing down a ticket few."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fengong.dispatch.actions.matching import match_waiting
from fengong.kernel.actor import MATCHER, SYSTEM
from fengong.people.actions.members import add_member
from tests.api.life import grow_life
from tests.api.program import Program
from tests.world import World

# Each with the statement that finds out who asks.
LISTS = {
    "/tickets": 3,
    "/tickets?view=mine": 2,
    "/tickets?view=team&status=open": 3,
    "/tickets/{t}/thread": 3,
    "/tickets/{t}/events": 3,
    "/tickets/{t}/escalations": 3,
    "/tickets/{t}/decision": 4,
    "/tickets/{t}/attachments": 3,
    "/tickets/{t}/tags": 3,
    "/tickets/{t}/links": 3,
    "/tickets/{t}/children": 3,
    "/tickets/{t}/watchers": 3,
    "/tags": 2,
    "/types": 2,
    "/fields": 3,
    "/ticket-templates": 2,
    "/board": 9,
    "/members": 3,
    "/members/{m}/skills": 3,
    "/shifts?start=2026-03-01T00:00:00Z": 2,
    "/patterns": 2,
    "/leaves": 2,
    "/standby": 2,
    "/roster": 3,
    "/roster/now": 4,
    "/roster/shares?monday=2026-03-02": 3,
    "/customers": 2,
    "/teams": 2,
    "/positions": 2,
    "/topics": 2,
    "/service-levels": 2,
    "/service-policies": 4,
    "/calendars": 2,
    "/tokens": 2,
}
DRAFT = {"subject": "忘记密码", "body": "请帮我看看。", "customer": {"email": "wang@beifeng.example"}}


def _statements(act: Callable[[], Any]) -> int:
    """Statements of a call, apart from those that only begin and end transactions."""
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = act()
    assert response.status_code < 300, response.content
    frame = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
    return sum(not query["sql"].startswith(frame) for query in captured.captured_queries)


@pytest.mark.parametrize("path", LISTS)
def test_a_list_costs_the_same_at_any_length(path: str, lead: Program, world: World):
    world.go_online()
    first = world.ticket()
    grow_life(world, first.pk, 99)
    match_waiting(actor=MATCHER, at=world.now)
    named = path.format(t=first.pk, m=world.li_na.pk)
    lead.get(named)
    few = _statements(lambda: lead.get(named))
    _grow(world, lead, first.pk)
    assert (few, _statements(lambda: lead.get(named))) == (LISTS[path], LISTS[path])


def _grow(world: World, lead: Program, ticket: int) -> None:
    for number in range(12):
        grow_life(world, ticket, number)
        world.ticket(f"#{number}")
        world.ticket(f"#{number}", topic=None)
        lead.post(f"/tickets/{ticket}/notes", {"body": "再看看"})
        lead.post("/customers", {"email": f"c{number}@x.example", "organization": f"C{number}"})
        add_member(
            actor=SYSTEM,
            team=world.teams["south"],
            position=world.positions["l1"],
            display_name=f"M{number}",
            at=world.now,
        )
    match_waiting(actor=MATCHER, at=world.now)


@pytest.mark.parametrize(
    ("more", "statements"),
    [({}, 9), ({"external_id": "crm-1"}, 10), ({"topic_id": "api"}, 10)],
)
def test_writing_down_a_ticket_costs_few(more: dict[str, Any], statements: int, agent: Program, world: World):
    if "topic_id" in more:
        more = {"topic_id": world.topics["api"].pk}
    agent.get("/me")
    assert _statements(lambda: agent.post("/tickets", {**DRAFT, **more})) == statements


@pytest.mark.parametrize(
    ("call", "body", "statements"),
    [
        ("replies", {"body": "好了"}, 10),
        ("notes", {"body": "好了"}, 10),
        ("customer-messages", {"body": "好了"}, 10),
        ("resolution", None, 11),
    ],
)
def test_what_is_done_to_a_ticket_costs_few(call: str, body: Any, statements: int, lead: Program):
    ticket = lead.post("/tickets", DRAFT).json()["id"]
    assert _statements(lambda: lead.post(f"/tickets/{ticket}/{call}", body)) == statements


def test_a_batch_costs_few_at_any_length(agent: Program):
    agent.get("/me")
    costs = [_statements(lambda: agent.post("/ticket-batches", {"tickets": [DRAFT] * 10}))]
    costs.append(_statements(lambda: agent.post("/ticket-batches", {"tickets": [DRAFT] * 100})))
    assert costs[0] == 10
    assert costs[1] <= 18
