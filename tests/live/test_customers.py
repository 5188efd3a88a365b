"""What customers hear live: their own conversations, and nothing that happens behind the counter."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from fengong.customers.actions.contacts import find_or_add_contact
from fengong.customers.actions.sign_in import give_link
from fengong.customers.models import Contact
from fengong.desk.actions.messages import add_note, reply
from fengong.integrations.widget.actions.chats import say
from fengong.integrations.widget.actions.visitors import greet_visitor
from fengong.integrations.widget.actions.widgets import add_widget
from fengong.kernel.actor import SYSTEM
from fengong.kernel.clock import now
from tests.live.conftest import listening
from tests.serving import Server
from tests.world import World


def _cookie_of(contact: Contact) -> dict[str, str]:
    client = Client()
    client.post(f"/portal/enter/{give_link(actor=SYSTEM, contact=contact, at=now())}")
    return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}


def test_a_customer_hears_that_they_were_answered(cast: World, web: Server) -> None:
    ticket = cast.ticket()
    with listening(web, _cookie_of(cast.customer), f"conversation:{ticket.pk}") as ear:
        ear.settle()
        add_note(actor=cast.li_na, ticket=ticket, member=cast.li_na, body="内部", at=cast.now)
        reply(actor=cast.li_na, ticket=ticket, member=cast.li_na, body="您好", at=cast.now)
        heard = ear.next()
    assert (heard.event, heard.topic) == ("ticket.replied", f"conversation:{ticket.pk}")


@pytest.mark.parametrize(
    "topic",
    [
        "ticket:{mine}",
        "ticket:{theirs}",
        "conversation:{theirs}",
        "conversation:999999",
        "tickets",
        "board",
        "people",
        "spine",
        "customer:{customer}",
        "member:{member}",
        "team:1",
        "topic:1",
        "position:1",
        "conversation:{mine},tickets",
    ],
)
def test_a_customer_hears_nothing_else(cast: World, web: Server, topic: str) -> None:
    other = find_or_add_contact(actor=SYSTEM, email="other@elsewhere.example", at=cast.now)
    names = {
        "mine": cast.ticket().pk,
        "theirs": cast.ticket(customer=other).pk,
        "customer": cast.customer.pk,
        "member": cast.li_na.pk,
    }
    address = f"/live?topics={topic.format(**names)}"
    assert web.get(address, cookies=_cookie_of(cast.customer)).status_code == 403


def test_who_is_not_signed_in_hears_no_conversation(cast: World, web: Server) -> None:
    assert web.get(f"/live?topics=conversation:{cast.ticket().pk}").status_code == 401


def test_a_visitor_of_the_chat_hears_their_own_talk_and_nothing_else(cast: World, web: Server) -> None:
    widget = add_widget(actor=SYSTEM, values={"name": "Shop"}, at=cast.now)
    visitor, secret = greet_visitor(actor=SYSTEM, widget=widget, at=cast.now)
    ticket = say(actor=SYSTEM, visitor=visitor, body="hello", mark="", at=cast.now).ticket
    theirs, topic = cast.ticket(), f"conversation:{ticket.pk}"
    shown = {"X-Visitor": secret}
    for other in (f"conversation:{theirs.pk}", f"ticket:{ticket.pk}", "tickets", "spine", f"{topic},board"):
        assert web.get(f"/live?topics={other}", headers=shown).status_code == 403, other
    assert web.get(f"/live?topics={topic}", headers={"X-Visitor": "made-up"}).status_code == 401
    with listening(web, {}, topic, **shown) as ear:
        ear.settle()
        reply(actor=cast.li_na, ticket=ticket, member=cast.li_na, body="hi", at=cast.now)
        assert ear.next().event == "ticket.replied"
