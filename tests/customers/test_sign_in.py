"""Customers sign in by a link: good for half an hour, once, and silent about who is known."""

from __future__ import annotations

from datetime import timedelta

import pytest

from fengong.customers import queries
from fengong.customers.actions.contacts import add_contact, find_or_add_contact, give_address
from fengong.customers.actions.notices import forget_spent, mark_sent
from fengong.customers.actions.sign_in import give_link, request_link, sign_in_by_link
from fengong.customers.models import OutgoingNotice, SignInLink
from fengong.kernel.actor import SYSTEM
from fengong.kernel.errors import Conflict, Denied
from fengong.kernel.models import Event
from tests.world import World

MINUTE = timedelta(minutes=1)


def _ask(world: World, email: str = "wang@beifeng.example") -> str:
    request_link(actor=SYSTEM, email=email, at=world.now)
    return OutgoingNotice.objects.latest("id").payload["secret"]


def test_a_link_signs_its_customer_in_once(world: World):
    secret = _ask(world)
    found = sign_in_by_link(actor=SYSTEM, secret=secret, at=world.now + 29 * MINUTE)
    assert found == world.customer
    with pytest.raises(Conflict):
        sign_in_by_link(actor=SYSTEM, secret=secret, at=world.now + 29 * MINUTE)


def test_a_link_is_too_old_after_half_an_hour(world: World):
    secret = _ask(world)
    assert queries.link_is_good(secret, at=world.now + 29 * MINUTE)
    assert not queries.link_is_good(secret, at=world.now + 30 * MINUTE)
    with pytest.raises(Conflict):
        sign_in_by_link(actor=SYSTEM, secret=secret, at=world.now + 30 * MINUTE)


def test_a_made_up_link_opens_nothing(world: World):
    with pytest.raises(Conflict):
        sign_in_by_link(actor=SYSTEM, secret="x" * 43, at=world.now)


def test_nothing_is_sent_to_an_address_nobody_has(world: World):
    request_link(actor=SYSTEM, email="nobody@elsewhere.example", at=world.now)
    assert OutgoingNotice.objects.count() == 0


def test_the_secret_stands_in_no_fact_and_no_link(world: World):
    secret = _ask(world)
    assert not [event for event in Event.objects.all() if secret in str(event.data)]
    assert SignInLink.objects.get().digest != secret


def test_one_mailbox_is_not_flooded_with_links(world: World):
    for minute in range(10):
        request_link(actor=SYSTEM, email="wang@beifeng.example", at=world.now + minute * MINUTE)
    assert OutgoingNotice.objects.count() == 3
    request_link(actor=SYSTEM, email="wang@beifeng.example", at=world.now + 16 * MINUTE)
    assert OutgoingNotice.objects.count() == 4


def test_a_notice_is_sent_by_one_and_its_secret_forgotten(world: World):
    _ask(world)
    (notice,) = queries.waiting_notices(at=world.now)
    assert mark_sent(actor=SYSTEM, notice=notice, at=world.now)
    assert not mark_sent(actor=SYSTEM, notice=notice, at=world.now)
    assert OutgoingNotice.objects.get().payload == {}
    assert list(queries.waiting_notices(at=world.now)) == []


def test_a_notice_that_has_expired_is_not_sent_and_later_forgotten(world: World):
    _ask(world)
    later = world.now + timedelta(hours=1)
    assert list(queries.waiting_notices(at=later)) == []
    assert forget_spent(actor=SYSTEM, at=later) == 0
    assert forget_spent(actor=SYSTEM, at=later + timedelta(days=2)) == 2


def test_an_agent_may_hand_over_a_link_and_a_counsellor_may_not(world: World):
    secret = give_link(actor=world.li_na, contact=world.customer, at=world.now)
    assert sign_in_by_link(actor=SYSTEM, secret=secret, at=world.now) == world.customer
    with pytest.raises(Denied):
        give_link(actor=world.tang_yun, contact=world.customer, at=world.now)


def test_who_had_no_address_may_give_one(world: World):
    nameless = add_contact(actor=SYSTEM, display_name="Visitor", at=world.now)
    named = give_address(
        actor=nameless, contact=nameless, email="New@Customer.example", display_name="Ana", at=world.now
    )
    assert (named.pk, named.email, named.display_name) == (nameless.pk, "new@customer.example", "Ana")
    other = find_or_add_contact(actor=SYSTEM, email="new@customer.example", at=world.now)
    assert other == named


def test_an_address_that_somebody_has_leads_to_them_and_changes_nothing(world: World):
    nameless = add_contact(actor=SYSTEM, display_name="Visitor", at=world.now)
    found = give_address(actor=nameless, contact=nameless, email=world.customer.email, at=world.now)
    assert found == world.customer
    nameless.refresh_from_db()
    assert nameless.email is None
    with pytest.raises(Denied):
        give_address(actor=world.customer, contact=nameless, email="a@b.example", at=world.now)
