"""Many tickets at once from the list: a toast says what came of it and takes it back."""

from __future__ import annotations

import re
from typing import Any

from fengong.desk.models import Ticket
from fengong.dispatch.actions.assignments import assign_ticket
from tests.world import World


def test_many_tickets_change_at_once_and_the_toast_takes_it_back(world: World, reader: Any):
    rows = [world.ticket(f"#{number}") for number in range(3)]
    wang_fang = reader(world.wang_fang)
    ids = ",".join(str(row.pk) for row in rows)
    answer = wang_fang.do("/tickets/bulk", tickets=ids, deed="priority", priority=4)
    assert answer.status_code == 200
    assert set(Ticket.objects.values_list("priority", flat=True)) == {4}
    text = answer.content.decode()
    assert "3" in text
    url = re.search(r'hx-delete="(/tickets/bulk/\d+)"', text)
    assert url
    assert wang_fang.do(url[1], "delete").status_code == 200
    assert set(Ticket.objects.values_list("priority", flat=True)) == {2}
    assert wang_fang.do(url[1], "delete").status_code == 409


def test_the_toast_says_how_many_were_left_and_why(world: World, reader: Any):
    mine, theirs = world.ticket("a"), world.ticket("b")
    assign_ticket(actor=world.wang_fang, ticket=mine, member=world.li_na, at=world.now)
    answer = reader(world.li_na).do("/tickets/bulk", tickets=[mine.pk, theirs.pk], deed="resolve")
    text = answer.content.decode()
    assert "Take the ticket first" in text
    assert Ticket.objects.get(pk=mine.pk).status == "resolved"
    assert Ticket.objects.get(pk=theirs.pk).status == "waiting"


def test_every_deed_says_what_it_needs(world: World, reader: Any):
    ticket, wang_fang = world.ticket(), reader(world.wang_fang)
    for deed in ("assign", "priority", "topic", "tags", "snooze", "merge", "nothing"):
        answer = wang_fang.do("/tickets/bulk", tickets=ticket.pk, deed=deed)
        refused_whole, refused_each = answer.status_code == 422, b"refused" in answer.content
        assert refused_whole or refused_each, deed
    for deed, wanted in {
        "assign": {"member": world.li_na.pk},
        "topic": {"topic": world.topics["api"].pk, "difficulty": 1},
        "tags": {"add": "甲，乙", "remove": "丙"},
        "type": {"type": 0},
        "snooze": {"until": "2030-01-01T09:00"},
        "resolve": {"reason": "spam"},
    }.items():
        answer = wang_fang.do("/tickets/bulk", tickets=ticket.pk, deed=deed, **wanted)
        assert answer.status_code in (200, 422), deed
