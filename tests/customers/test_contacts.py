"""Contacts: found by their address, added when new."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from fengong.customers.actions.contacts import find_or_add_contact
from fengong.customers.models import Contact, Organization
from fengong.kernel.actor import SYSTEM
from fengong.kernel.errors import Denied, Invalid
from fengong.kernel.models import Event
from tests.world import World


def test_a_new_contact_comes_with_their_organisation(world: World):
    contact = find_or_add_contact(
        actor=world.li_na, email="Zhao@South.example", organization="南风制造", at=world.now
    )
    assert (contact.email, contact.display_name) == ("zhao@south.example", "zhao")
    assert contact.organization == Organization.objects.get(name="南风制造")
    event = Event.objects.filter(verb="customer.added").last()
    assert event is not None
    assert ("customer", contact.pk) in event.subjects.values_list("kind", "ref")


def test_a_known_contact_is_found_whatever_the_case_and_nothing_is_told(world: World):
    before = Event.objects.count()
    found = find_or_add_contact(actor=SYSTEM, email=" WANG@beifeng.example", at=world.now)
    assert found == world.customer
    assert Event.objects.count() == before


@pytest.mark.parametrize("email", ["", "wang", "wang@", "@beifeng.example"])
def test_what_is_no_address_is_refused_by_the_field(world: World, email: str):
    with pytest.raises(Invalid) as refused:
        find_or_add_contact(actor=SYSTEM, email=email, at=world.now)
    assert refused.value.field == "email"


@pytest.mark.parametrize("name", ["qian_wei", "tang_yun"])
def test_positions_away_from_the_desk_write_down_no_customers(world: World, name: str):
    with pytest.raises(Denied):
        find_or_add_contact(actor=world.members[name], email="zhao@south.example", at=world.now)


@pytest.mark.django_db(transaction=True)
def test_two_who_write_down_one_customer_at_once_get_one_contact(world: World):
    ready, found = threading.Barrier(3), []

    def write() -> None:
        try:
            ready.wait(5)
            contact = find_or_add_contact(
                actor=SYSTEM, email="zhao@south.example", organization="南风制造", at=world.now
            )
            found.append(contact.pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=write) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert found == [Contact.objects.get(email="zhao@south.example").pk] * 3
    assert Event.objects.filter(verb="customer.added", data__organization__isnull=False).count() == 2
