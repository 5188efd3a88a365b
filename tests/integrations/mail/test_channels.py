"""Which answers are mailed: to people with an address, and in chats only when the visitor has gone."""

from __future__ import annotations

from fengong.customers.models import Contact
from fengong.desk.actions.messages import reply
from fengong.desk.models import Message, Ticket
from fengong.integrations.mail.actions import MAIL, taking
from fengong.integrations.mail.actions.keeping import keep_mail
from fengong.integrations.mail.actions.planning import plan_deliveries
from fengong.integrations.mail.models import Delivery, Mailbox
from fengong.integrations.widget.events import VisitorLeft
from fengong.kernel.actor import SYSTEM
from fengong.kernel.errors import Invalid
from fengong.kernel.spine import record
from tests.integrations.mail.corpus.case import mail
from tests.world import NOW, World


def _answer(world: World, ticket: Ticket, body: str = "answer") -> Message:
    return reply(actor=world.zhou_min, ticket=ticket, member=world.zhou_min, body=body, at=NOW)


def test_tickets_of_every_channel_are_answered_by_mail_but_chats(world: World, mailbox: Mailbox):
    for channel in ("web", "mail", "phone", "api", "chat"):
        _answer(world, world.ticket(channel, channel=channel))
    assert plan_deliveries(actor=MAIL, at=NOW) == 4
    assert not Delivery.objects.filter(ticket__channel="chat").exists()


def test_who_left_a_chat_gets_by_mail_what_they_have_not_read_and_once(world: World, mailbox: Mailbox):
    chat = world.ticket("chat", channel="chat")
    _read, unread = _answer(world, chat, "read"), _answer(world, chat, "unread")
    assert plan_deliveries(actor=MAIL, at=NOW) == 0
    for _time in range(2):
        record(
            VisitorLeft(ticket=chat.pk, customer=chat.customer_id, messages=[unread.pk]), actor=SYSTEM, at=NOW
        )
        plan_deliveries(actor=MAIL, at=NOW)
    assert list(Delivery.objects.values_list("message_id", flat=True)) == [unread.pk]


def test_who_left_no_address_gets_no_mail(world: World, mailbox: Mailbox):
    visitor = Contact.objects.create(display_name="Somebody")
    _answer(world, world.ticket(customer=visitor))
    assert plan_deliveries(actor=MAIL, at=NOW) == 0


def test_without_a_mailbox_nothing_is_planned(world: World):
    _answer(world, world.ticket())
    assert plan_deliveries(actor=MAIL, at=NOW) == 0


def test_a_mail_that_a_verb_would_not_have_is_kept_as_refused_with_the_reason(mailbox: Mailbox, monkeypatch):
    def refuse(*_given: object) -> None:
        raise Invalid("not on a Monday")

    kept = keep_mail(actor=MAIL, mailbox=mailbox, raw=mail(b"hello"), at=NOW)
    with monkeypatch.context() as stubborn:
        stubborn.setattr(taking, "_open", refuse)
        taken = taking.take_mail(actor=MAIL, mail=kept, at=NOW)
    assert (taken.state, taken.error) == ("refused", "not on a Monday")
    assert taking.try_again(actor=SYSTEM, mail=taken, at=NOW).state == "taken"
