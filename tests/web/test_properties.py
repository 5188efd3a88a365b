"""What a ticket is filed under, changed in place: tags, type, topic, priority, the desk's own fields; watching it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fengong.desk.actions.messages import receive_message
from fengong.desk.actions.tags import tag_ticket
from fengong.desk.models import Field, Tag, Ticket, TicketType, Watcher
from fengong.dispatch.actions.assignments import assign_ticket
from tests.world import World


@pytest.fixture
def mine(world: World) -> Ticket:
    """A ticket of 周敏's."""
    ticket = world.ticket("回调重复", topic="api", difficulty=2)
    return assign_ticket(actor=world.wang_fang, ticket=ticket, member=world.zhou_min, at=world.now)


def _now(ticket: Ticket) -> Ticket:
    return Ticket.objects.get(pk=ticket.pk)


def _tags(ticket: Ticket) -> list[str]:
    return [tag.name for tag in Tag.objects.filter(taggings__ticket=ticket)]


def test_a_tag_is_put_on_in_place_and_taken_off_with_a_way_back(world: World, reader, mine: Ticket):
    client = reader(world.zhou_min)
    answer = client.do(f"/tickets/{mine.pk}/tags", name="VIP 客户")
    assert _tags(mine) == ["VIP 客户"]
    assert 'hx-target="#heading"' in answer.text
    assert "VIP 客户" in answer.text
    answer = client.delete(f"/tickets/{mine.pk}/tags?name=VIP 客户", headers={"HX-Request": "true"})
    assert _tags(mine) == []
    assert "Undo" in answer.text
    assert f'hx-post="/tickets/{mine.pk}/tags"' in answer.text


def test_tags_are_proposed_while_one_types(world: World, reader, mine: Ticket):
    tag_ticket(actor=world.zhou_min, ticket=mine, add=["refund", "返修"], at=world.now)
    client = reader(world.li_na)
    assert 'data-value="refund"' in client.fragment("/tickets/tags?q=ref").text
    assert "返修" in client.fragment("/tickets/tags?q=返").text
    assert "refund" not in client.fragment("/tickets/tags?q=zzz").text


def test_priority_topic_difficulty_and_type_are_changed_in_place_and_can_be_undone(
    world: World, reader, mine: Ticket
):
    fault = TicketType.objects.create(slug="fault", name_zh="故障", name_en="Fault")
    client = reader(world.zhou_min)
    form = client.fragment(f"/tickets/{mine.pk}/grade").text
    assert "Fault" in form
    wanted = {"priority": 4, "difficulty": 3, "topic": world.topics["accounts"].pk, "type": fault.pk}
    answer = client.do(f"/tickets/{mine.pk}/grade", **wanted)
    assert answer.status_code == 200
    row = _now(mine)
    assert (row.priority, row.difficulty, row.topic_id, row.type_id) == tuple(wanted.values())
    assert "Undo" in answer.text
    back = {"priority": 2, "difficulty": 2, "topic": world.topics["api"].pk, "type": 0}
    client.do(f"/tickets/{mine.pk}/grade", **back)
    row = _now(mine)
    assert (row.priority, row.difficulty, row.topic_id, row.type_id) == (2, 2, back["topic"], None)


def test_what_cannot_be_done_is_said_in_a_toast_and_changes_nothing(world: World, reader, mine: Ticket):
    client = reader(world.li_na)
    answer = client.do(f"/tickets/{mine.pk}/grade", topic=world.topics["accounts"].pk)
    assert answer.status_code == 403
    assert 'hx-target="#toasts"' in answer.text
    assert _now(mine).topic_id == world.topics["api"].pk
    assert client.do(f"/tickets/{mine.pk}/grade", priority="99").status_code == 422


def test_the_desks_own_fields_are_filled_in_beside_the_ticket(world: World, reader, mine: Ticket):
    choices = [{"value": "a", "zh": "甲", "en": "Alpha"}, {"value": "b", "zh": "乙", "en": "Beta"}]
    Field.objects.create(slug="order", name_zh="订单号", name_en="Order", kind="text")
    Field.objects.create(slug="site", name_zh="站点", name_en="Site", kind="choice", choices=choices)
    Field.objects.create(slug="paid", name_zh="已付款", name_en="Paid", kind="checkbox")
    client = reader(world.zhou_min)
    page = client.fragment(f"/tickets/{mine.pk}/aside").text
    assert "Order" in page
    assert "Beta" in page
    given: dict[str, Any] = {"field-order": "A-17", "field-site": "b", "field-paid": "on"}
    assert client.do(f"/tickets/{mine.pk}/fields", **given).status_code == 200
    assert _now(mine).fields == {"order": "A-17", "site": "b", "paid": True}


def test_one_follows_a_ticket_and_stops_again(world: World, reader, mine: Ticket):
    client, path = reader(world.li_na), f"/tickets/{mine.pk}/watch"
    assert 'aria-pressed="true"' in client.do(path).text
    assert Watcher.objects.filter(ticket=mine, member=world.li_na).exists()
    assert 'aria-pressed="false"' in client.do(path, "delete").text
    assert not Watcher.objects.filter(ticket=mine, member=world.li_na).exists()


def test_the_details_beside_a_ticket_take_no_more_statements_as_it_grows(world: World, reader, mine: Ticket):
    client, counts = reader(world.zhou_min), []
    client.fragment(f"/tickets/{mine.pk}/aside")
    for more in (2, 15):
        for number in range(more):
            tag_ticket(actor=world.zhou_min, ticket=mine, add=[f"t{more}-{number}"], at=world.now)
        with CaptureQueriesContext(connection) as queries:
            client.fragment(f"/tickets/{mine.pk}/aside")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20


def test_the_whole_history_is_shown_when_asked_for(world: World, reader, mine: Ticket):
    for _ in range(15):
        receive_message(actor=world.customer, ticket=mine, contact=world.customer, body="还有", at=world.now)
    client = reader(world.zhou_min)
    short, whole = (client.fragment(f"/tickets/{mine.pk}/aside{more}").text for more in ("", "?whole=1"))
    assert "Show all" in short
    assert "Show all" not in whole
    assert whole.count("<time") > short.count("<time")


@pytest.mark.parametrize("who", ["zhou_min", "li_na", "wang_fang", "admin"])
def test_a_ticket_costs_at_most_twenty_statements_whoever_looks(world: World, reader, mine: Ticket, who: str):
    waiting = world.ticket("发票抬头", topic="accounts", difficulty=1)
    client = reader(world.members[who])
    for ticket in (mine, waiting):
        client.fragment(f"/tickets/{ticket.pk}")
        with CaptureQueriesContext(connection) as queries:
            client.fragment(f"/tickets/{ticket.pk}")
        assert len(queries) <= 20, [query["sql"][:120] for query in queries]
