"""Tickets by JSON: writing down, reading, never twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from fengong.desk.actions.tickets import open_ticket
from fengong.desk.models import Message, Ticket
from fengong.kernel.actor import SYSTEM
from tests.api.program import Program, as_member, is_problem
from tests.world import World

DRAFT = {"subject": "忘记密码", "body": "请帮我看看。", "customer": {"email": "wang@beifeng.example"}}


def test_a_matter_is_written_down_and_waits(agent: Program, world: World):
    response = agent.post("/tickets", DRAFT)
    assert response.status_code == 201
    said = response.json()
    assert (said["status"], said["owner"], said["topic"], said["channel"]) == ("waiting", None, None, "api")
    assert said["customer"] == {"id": world.customer.pk, "name": "王强", "email": "wang@beifeng.example"}
    assert response.headers["ETag"] == '"1"'
    assert agent.get(f"/tickets/{said['id']}").json() == said
    assert response.headers["Location"] == f"/api/v1/tickets/{said['id']}"


def test_a_new_customer_is_written_down_too(agent: Program):
    customer = {"email": "new@nanshan.example", "name": "Ada", "language": "en", "organization": "Nanshan"}
    said = agent.post("/tickets", {**DRAFT, "customer": customer}).json()
    found = agent.get(f"/customers/{said['customer']['id']}").json()
    assert (found["name"], found["language"], found["organization"]["name"]) == ("Ada", "en", "Nanshan")
    assert said["language"] == "en"


def test_a_topic_counts_as_a_grade(agent: Program, world: World):
    topic = world.topics["api"].pk
    said = agent.post("/tickets", {**DRAFT, "topic_id": topic, "difficulty": 2, "priority": 4}).json()
    assert (said["topic"]["slug"], said["effort"], said["tier"], said["priority"]) == ("api", 30, 2, 4)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"subject": ""}, "subject"),
        ({"subject": "x" * 241}, "subject"),
        ({"body": None}, "body"),
        ({"body": "a\x00b"}, "body"),
        ({"priority": 5}, "priority"),
        ({"difficulty": 2}, "difficulty"),
        ({"customer": None}, "customer"),
        ({"customer_id": 1}, "customer"),
        ({"customer": {"email": "not an address"}}, "email"),
        ({"customer": {}}, "customer.email"),
        ({"colour": "red"}, "colour"),
        ({"language": "fr"}, "language"),
    ],
)
def test_what_cannot_be_accepted_is_named(agent: Program, more: dict[str, object], field: str):
    assert is_problem(agent.post("/tickets", {**DRAFT, **more}), 422, "invalid", field)
    assert Ticket.objects.count() == 0


@pytest.mark.parametrize("name", ["customer", "topic"])
def test_what_is_not_there_is_named(agent: Program, name: str):
    draft = {key: value for key, value in DRAFT.items() if key != name} | {f"{name}_id": 999}
    assert is_problem(agent.post("/tickets", draft), 404, "missing", f"{name}_id")


def test_the_same_external_id_writes_nothing_twice(agent: Program):
    draft = {**DRAFT, "external_id": "crm-17"}
    first, second = agent.post("/tickets", draft), agent.post("/tickets", draft)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["id"] == second.json()["id"]
    assert first.json()["external_id"] == "crm-17"
    assert Ticket.objects.count() == Message.objects.count() == 1


def test_the_same_key_writes_nothing_twice_and_stays_unseen(agent: Program):
    first, second = (agent.post("/tickets", DRAFT, Idempotency_Key="a1") for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["id"] == second.json()["id"]
    assert first.json()["external_id"] == ""


def test_keys_of_two_members_do_not_meet(agent: Program, lead: Program):
    assert agent.post("/tickets", DRAFT, Idempotency_Key="a1").status_code == 201
    assert lead.post("/tickets", DRAFT, Idempotency_Key="a1").status_code == 201


def test_a_key_is_for_one_matter(agent: Program):
    agent.post("/tickets", DRAFT, Idempotency_Key="a1")
    other = agent.post("/tickets", {**DRAFT, "subject": "发票"}, Idempotency_Key="a1")
    assert is_problem(other, 409, "key_reused")
    assert is_problem(agent.post("/tickets", DRAFT, Idempotency_Key="a b"), 422, "invalid", "Idempotency-Key")


def test_a_batch_tells_each_its_fate(agent: Program):
    drafts = [
        {**DRAFT, "external_id": "1"},
        {**DRAFT, "external_id": "1"},
        {**DRAFT, "topic_id": 999},
        {**DRAFT, "external_id": "2"},
    ]
    response = agent.post("/ticket-batches", {"tickets": drafts})
    assert response.status_code == 200
    items = response.json()["items"]
    assert [item["status"] for item in items] == [201, 200, 404, 201]
    assert items[0]["ticket"]["id"] == items[1]["ticket"]["id"]
    assert (items[2]["problem"]["field"], items[2]["ticket"]) == ("topic_id", None)
    assert Ticket.objects.count() == 2


@pytest.mark.parametrize("count", [0, 101])
def test_a_batch_has_one_to_a_hundred(agent: Program, count: int):
    response = agent.post("/ticket-batches", {"tickets": [DRAFT] * count})
    assert is_problem(response, 422, "invalid", "tickets")


def test_an_input_deep_in_a_batch_is_named(agent: Program):
    response = agent.post("/ticket-batches", {"tickets": [DRAFT, {**DRAFT, "customer": {"email": 3}}]})
    assert is_problem(response, 422, "invalid", "tickets.1.customer.email")


def test_a_list_is_read_to_its_end_without_a_gap(agent: Program, world: World):
    ids = [_opened(world, minutes).pk for minutes in (0, 1, 1, 1, 2)]
    cursor, seen, pages = "", [], 0
    while cursor is not None:
        said = agent.get(f"/tickets?limit=2&cursor={cursor}").json()
        seen += [ticket["id"] for ticket in said["items"]]
        cursor, pages = said["next"], pages + 1
        _opened(world, 10 + pages)
    assert (seen, pages) == (ids[::-1], 3)


def _opened(world: World, minutes: int) -> Ticket:
    return open_ticket(
        actor=SYSTEM,
        customer=world.customer,
        subject="问题",
        body="请看",
        at=world.now + timedelta(minutes=minutes),
    )


@pytest.mark.parametrize(
    "cursor", ["x", "bnVsbA", "WzFd", "WyJhIiwxXQ", "W10", "%00", "WyIyMDI2LTAxLTAxIiwxXQ"]
)
def test_a_cursor_of_another_make_is_refused(agent: Program, cursor: str):
    assert is_problem(agent.get(f"/tickets?cursor={cursor}"), 422, "invalid", "cursor")


def test_a_list_can_be_narrowed(world: World):
    mine, waits = world.ticket(), world.ticket("发票", topic="invoices")
    world.go_online("li_na")
    agent = as_member(world, "li_na")
    agent.put(f"/tickets/{mine.pk}/assignment", {"member_id": world.li_na.pk})
    found = {
        query: [ticket["id"] for ticket in agent.get(f"/tickets?{query}").json()["items"]]
        for query in (
            "view=mine",
            "view=team",
            "view=unassigned",
            "status=open",
            f"owner={world.li_na.pk}",
            f"topic={waits.topic_id}",
            f"customer={world.customer.pk + 1}",
        )
    }
    assert list(found.values()) == [[mine.pk], [mine.pk], [waits.pk], [mine.pk], [mine.pk], [waits.pk], []]
    assert is_problem(agent.get("/tickets?view=other"), 422, "invalid", "view")
    assert is_problem(agent.get("/tickets?limit=101"), 422, "invalid", "limit")


def test_what_happened_to_a_ticket_can_be_read(agent: Program, world: World):
    ticket = world.ticket()
    agent.post(f"/tickets/{ticket.pk}/notes", {"body": "问过了"})
    events = agent.get(f"/tickets/{ticket.pk}/events").json()["items"]
    assert [event["verb"] for event in events] == ["ticket.opened", "ticket.noted"]
    assert events[1]["actor"] == world.li_na.ref


def test_a_ticket_that_is_not_there(agent: Program):
    for path in ("", "/thread", "/events", "/decision", "/wait", "/escalations"):
        assert is_problem(agent.get(f"/tickets/999{path}"), 404, "missing")
