"""The desk's own fields in the customers' forms and on their tickets."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from fengong.customers.actions.sign_in import give_link
from fengong.desk.models import Field, Ticket
from fengong.kernel.actor import SYSTEM
from fengong.kernel.clock import now
from tests.world import World


@pytest.fixture
def fields(world: World) -> None:
    shown: dict[str, Any] = {"visible_to_customers": True, "editable_by_customers": True}
    Field.objects.create(slug="order", name_en="Order number", required="open", **shown)
    choices = [{"value": "web", "en": "Web shop"}, {"value": "store", "en": "Store"}]
    Field.objects.create(slug="where", name_en="Bought in", kind="choice", choices=choices, **shown)
    Field.objects.create(slug="cost", name_en="Internal cost", kind="number")


@pytest.fixture
def client(world: World) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    client.post(f"/portal/enter/{give_link(actor=SYSTEM, contact=world.customer, at=now())}")
    return client


def test_a_customer_is_asked_for_the_fields_that_are_theirs_and_sees_them_again(
    world: World, fields: None, client: Client
):
    form = client.get("/portal/tickets/new").text
    assert "Order number" in form
    assert "Internal cost" not in form
    given = {
        "subject": "Late",
        "body": "Where is it?",
        "own-order": "A-77",
        "own-where": "web",
        "own-cost": "9",
    }
    page = client.post("/portal/tickets/new", given, follow=True).text
    assert Ticket.objects.get().fields == {"order": "A-77", "where": "web"}
    assert "A-77" in page
    assert "Web shop" in page


def test_a_field_that_is_needed_is_asked_for_and_what_was_typed_stays(
    world: World, fields: None, client: Client
):
    answer = client.post(
        "/portal/tickets/new", {"subject": "Late", "body": "Where is it?", "own-where": "store"}
    )
    assert answer.status_code == 422
    assert "Order number" in answer.text
    assert '<option value="store" selected>' in answer.text
    assert Ticket.objects.count() == 0
