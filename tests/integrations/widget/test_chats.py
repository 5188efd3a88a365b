"""What visitors say becomes tickets and messages, once each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from fengong.customers.models import Contact
from fengong.desk.actions.messages import reply
from fengong.desk.actions.tickets import resolve_ticket
from fengong.desk.models import Message, Ticket
from fengong.integrations.widget.actions.chats import say
from fengong.integrations.widget.actions.visitors import identify_visitor, take_address
from fengong.integrations.widget.actions.widgets import add_widget, change_widget, renew_secret
from fengong.integrations.widget.models import Visitor, Widget
from fengong.integrations.widget.policies import identity_hash
from fengong.kernel.actor import SYSTEM
from fengong.kernel.errors import Denied, Invalid
from fengong.kernel.models import Event
from tests.world import World


def _say(world: World, visitor: Visitor, body: str, mark: str = "", **more) -> Message:
    return say(actor=SYSTEM, visitor=visitor, body=body, mark=mark, **{"at": world.now, **more})


def test_a_visitors_first_words_open_a_chat_ticket_and_the_next_go_on_in_it(world: World, visitor: Visitor):
    _say(world, visitor, "回调重复了\n细节在下面", "a")
    _say(world, visitor, "还在吗", "b")
    ticket = Ticket.objects.get()
    assert (ticket.channel, ticket.subject, ticket.customer.email) == ("chat", "回调重复了", None)
    assert [message.body for message in ticket.messages.all()] == ["回调重复了\n细节在下面", "还在吗"]


@pytest.mark.parametrize("marks", [["a", "a"], ["a", "b", "b", "a"]])
def test_what_is_sent_twice_stands_once(world: World, visitor: Visitor, marks: list[str]):
    said = [_say(world, visitor, f"words {mark}", mark).pk for mark in marks]
    assert Ticket.objects.count() == 1
    assert Message.objects.count() == len(set(said)) == len(set(marks))


def test_two_visitors_marks_do_not_meet(world: World, visit: Callable[..., Visitor]):
    assert _say(world, visit(), "eins", "a").pk != _say(world, visit(), "zwei", "a").pk


def test_words_soon_after_the_end_reopen_the_ticket_and_later_ones_begin_a_new_one(
    world: World, visitor: Visitor
):
    ticket = _say(world, visitor, "hello").ticket
    resolve_ticket(actor=world.wang_fang, ticket=ticket, at=world.now)
    _say(world, visitor, "one more thing", at=world.now + timedelta(hours=1))
    ticket.refresh_from_db()
    assert ticket.status == "waiting"
    resolve_ticket(actor=world.wang_fang, ticket=ticket, at=world.now)
    assert _say(world, visitor, "something else", at=world.now + timedelta(days=2)).ticket != ticket


def test_an_empty_message_is_refused(world: World, visitor: Visitor):
    with pytest.raises(Invalid):
        _say(world, visitor, "  \n ")
    assert Contact.objects.count() == 1


def test_the_proof_of_identity_is_the_published_vector():
    """HMAC-SHA256 in hex, as chat widgets commonly ask of sites."""
    proof = "815603611e66ea3e6cd4135d693e5c51a9c6e26820d8e5cba4c277a01c56060b"
    assert identity_hash("hmac_token", "user-1") == proof


def test_a_site_that_vouches_is_believed_and_one_that_does_not_is_not(
    world: World, widget: Widget, visitor: Visitor
):
    given = {"actor": SYSTEM, "visitor": visitor, "identity": "user-1", "at": world.now}
    for proof in ("", "0" * 64, identity_hash(widget.secret, "user-2"), "坏"):
        with pytest.raises(Denied):
            identify_visitor(**given, proof=proof)
    known = identify_visitor(
        **given, proof=identity_hash(widget.secret, "user-1"), email="u@v.example", name="U"
    )
    assert (known.identity, known.contact.email, known.contact.display_name) == ("user-1", "u@v.example", "U")


def test_the_same_person_finds_their_talk_on_another_device(
    world: World, widget: Widget, visit: Callable[..., Visitor]
):
    proof, phone, desk = identity_hash(widget.secret, "user-1"), visit(), visit()
    first = identify_visitor(actor=SYSTEM, visitor=phone, identity="user-1", proof=proof, at=world.now)
    ticket = _say(world, first, "hello").ticket
    second = identify_visitor(actor=SYSTEM, visitor=desk, identity="user-1", proof=proof, at=world.now)
    assert second.ticket == ticket
    stranger = visit()
    with pytest.raises(Denied):
        identify_visitor(actor=SYSTEM, visitor=stranger, identity="user-1", proof="", at=world.now)
    assert Visitor.objects.get(pk=stranger.pk).ticket is None


def test_a_new_secret_ends_what_was_signed_with_the_old_one(world: World, widget: Widget, visitor: Visitor):
    proof = identity_hash(widget.secret, "user-1")
    renew_secret(actor=world.admin, widget=widget, at=world.now)
    visitor.refresh_from_db()
    with pytest.raises(Denied):
        identify_visitor(actor=SYSTEM, visitor=visitor, identity="user-1", proof=proof, at=world.now)


def test_an_address_that_nobody_has_becomes_the_visitors(world: World, visitor: Visitor):
    ticket = _say(world, visitor, "hello").ticket
    take_address(actor=SYSTEM, visitor=visitor, email="new@firm.example", name="Ana", at=world.now)
    ticket.refresh_from_db()
    assert (ticket.customer.email, ticket.customer.display_name) == ("new@firm.example", "Ana")


def test_the_address_of_a_known_customer_gives_them_the_ticket_and_says_that_nobody_checked(
    world: World, visitor: Visitor
):
    ticket = _say(world, visitor, "hello").ticket
    take_address(actor=SYSTEM, visitor=visitor, email=world.customer.email, at=world.now)
    ticket.refresh_from_db()
    assert ticket.customer == world.customer
    assert {message.contact for message in ticket.messages.all()} == {world.customer}
    assert Event.objects.filter(verb="ticket.customer_named").count() == 1
    assert _say(world, visitor, "more").ticket == ticket


def test_an_address_opens_nothing_of_the_customer_who_has_it(world: World, visitor: Visitor):
    secret = world.ticket("private")
    take_address(actor=SYSTEM, visitor=visitor, email=world.customer.email, at=world.now)
    assert _say(world, visitor, "hello").ticket != secret


def test_a_customers_words_get_answers_from_members_as_on_every_channel(world: World, visitor: Visitor):
    ticket = _say(world, visitor, "hello").ticket
    reply(actor=world.li_na, ticket=ticket, member=world.li_na, body="hi", at=world.now)
    assert [message.member for message in ticket.messages.all()] == [None, world.li_na]


@pytest.mark.parametrize(
    "origin",
    ["shop.example", "javascript:alert(1)", "https://a.example/path", "https://*", "ftp://a", "https://a b"],
)
def test_a_widget_is_allowed_on_sites_and_nothing_else(world: World, widget: Widget, origin: str):
    with pytest.raises(Invalid):
        change_widget(actor=world.admin, widget=widget, values={"origins": [origin]}, at=world.now)


def test_only_administrators_configure_widgets(world: World, widget: Widget):
    for actor in (world.li_na, world.wang_fang):
        with pytest.raises(Denied):
            add_widget(actor=actor, values={"name": "x"}, at=world.now)
        with pytest.raises(Denied):
            renew_secret(actor=actor, widget=widget, at=world.now)
