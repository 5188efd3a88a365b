"""Questions written once: the same answers as the queryset, for any numbers."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fengong.desk.models import Ticket
from fengong.kernel.prepared import Prepared
from tests.world import World


def test_it_answers_as_the_queryset_does_for_other_numbers_each_time(world: World):
    tickets = [world.ticket(f"matter {number}") for number in range(3)]
    asked = Prepared(
        lambda ticket, customer: Ticket.objects.filter(
            pk=ticket, customer=customer, status="waiting"
        ).values_list("pk"),
        "ticket",
        "customer",
    )
    for ticket in tickets:
        with CaptureQueriesContext(connection) as captured:
            assert list(asked.rows(ticket=ticket.pk, customer=world.customer.pk)) == [(ticket.pk,)]
        assert len(captured) == 1
    assert list(asked.rows(ticket=tickets[0].pk, customer=0)) == []


def test_a_number_that_would_be_lost_in_the_statement_is_refused(world: World):
    asked = Prepared(lambda most: Ticket.objects.order_by("pk").values_list("pk")[:most], "most")
    with pytest.raises(ValueError, match="no place"):
        asked.rows(most=3)
