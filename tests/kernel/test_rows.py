"""Many rows by one statement are what the same rows are one by one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from fengong.desk.models import Message, Ticket
from fengong.kernel.models import Event
from fengong.kernel.rows import insert, insert_new
from tests.world import World

ODD = ('say "hello" \\ {a,b} NULL', "第一行\n第二行\t'引号' %s 🙂", "")


def _ticket(world: World, number: int) -> Ticket:
    return Ticket(
        subject=ODD[number % 3],
        customer=world.customer,
        preferred=world.li_na if number % 2 else None,
        fields={"text": ODD[number % 3], "none": None, "list": [1, "二"]} if number % 3 else {},
        first_response_broken=bool(number % 2),
        opened_at=world.now + timedelta(microseconds=number),
        waiting_since=world.now,
    )


@pytest.mark.parametrize("count", [1, 2, 7])
def test_rows_come_back_as_they_went_in_and_in_order(count: int, world: World):
    tickets = [_ticket(world, number) for number in range(count)]
    insert_new(tickets)
    names = [field.attname for field in Ticket._meta.concrete_fields]
    for given in tickets:
        kept = Ticket.objects.get(pk=given.pk)
        assert [getattr(kept, name) for name in names] == [getattr(given, name) for name in names]
    assert sorted(given.pk for given in tickets) == [given.pk for given in tickets]


def test_a_saved_object_is_changed_not_written_again(world: World):
    ticket = _ticket(world, 1)
    insert_new([ticket])
    ticket.subject = "2"
    ticket.save()
    assert [kept.subject for kept in Ticket.objects.all()] == ["2"]


def test_rows_that_are_all_alike_are_as_many_as_were_given(world: World):
    insert_new([_ticket(world, 0) for _ in range(3)])
    assert Ticket.objects.count() == 3


def test_any_number_of_rows_is_one_statement(world: World):
    with CaptureQueriesContext(connection) as captured:
        rows = [{"verb": f"v{number}"} for number in range(1500)]
        seqs = insert(Event, rows, at=world.now, actor="system:a")
    assert len(captured) == 1
    told = Event.objects.filter(seq__in=seqs).order_by("seq").values_list("verb", "actor", "data")
    assert list(told) == [(f"v{number}", "system:a", {}) for number in range(1500)]


def test_what_the_table_refuses_is_refused(world: World):
    insert_new([_ticket(world, 1)])
    rows = [{"ticket_id": Ticket.objects.get().pk, "external_id": "same"} for _ in range(2)]
    with pytest.raises(DatabaseError), transaction.atomic():
        insert(Message, rows, at=world.now, body="x")
    assert not Message.objects.exists()
