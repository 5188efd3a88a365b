"""What machines write: it wakes nobody, is answered by no machine, and bounces say where mail did not arrive."""

from __future__ import annotations

from datetime import timedelta

from fengong.desk.actions.messages import reply
from fengong.desk.models import Message, Ticket
from fengong.integrations.mail import addresses, queries, vault
from fengong.integrations.mail.actions import MAIL
from fengong.integrations.mail.actions.mailboxes import add_mailbox, change_mailbox
from fengong.integrations.mail.actions.planning import plan_deliveries
from fengong.integrations.mail.models import BouncingAddress, Delivery, Mailbox
from fengong.kernel.actor import SYSTEM
from fengong.kernel.models import Event
from tests.integrations.mail.conftest import Receive
from tests.integrations.mail.corpus.case import mail, part, parts
from tests.world import NOW, World

GREETING = {"auto_reply": True, "auto_reply_en": "We have it.", "auto_reply_zh": "我们收到了。"}
LATER = NOW + timedelta(minutes=5)


def _greets(mailbox: Mailbox) -> Mailbox:
    return change_mailbox(actor=SYSTEM, mailbox=mailbox, given=GREETING, at=NOW)


def _token(ticket: Ticket) -> bytes:
    return addresses.tagged("support@desk.example", "t", ticket.pk).encode()


def _sent(world: World, receive: Receive) -> Delivery:
    """An answer to a customer that has left the house."""
    ticket = receive(mail(b"help")).ticket
    reply(actor=world.zhou_min, ticket=ticket, member=world.zhou_min, body="Try again", at=NOW)
    plan_deliveries(actor=MAIL, at=NOW)
    Delivery.objects.update(state="sent", sent_at=NOW)
    return Delivery.objects.get()


def _bounce(smtp_id: str, *, action: str = "failed", recipient: str = "wang@beifeng.example") -> bytes:
    status = (
        f"Reporting-MTA: dns; mx.example\r\n\r\nOriginal-Recipient: rfc822;{recipient}\r\n"
        f"Final-Recipient: rfc822; {recipient}\r\nAction: {action}\r\nStatus: 5.1.1\r\n"
        "Diagnostic-Code: smtp; 550 5.1.1 no such user here\r\n"
    )
    returned = f"Message-ID: {smtp_id}\r\nSubject: Re: Test\r\n"
    return mail(
        parts(
            part("Sorry.", "text/plain"),
            part(status, "message/delivery-status"),
            part(returned, "text/rfc822-headers"),
        ),
        kind='multipart/report; report-type=delivery-status; boundary="b1"',
        encoding="7bit",
        sender=b"mailer-daemon@mx.example",
        subject=b"Delivery Status Notification (Failure)",
    )


def test_an_automatic_reply_becomes_a_quiet_note_that_wakes_nobody(world: World, receive: Receive):
    ticket = receive(mail(b"help")).ticket
    before = Ticket.objects.get(pk=ticket.pk)
    away = receive(mail(b"I am away", to=_token(ticket), extra=b"Auto-Submitted: auto-replied\n"))
    after = Ticket.objects.get(pk=ticket.pk)
    assert (away.state, away.reason, away.message.kind) == ("taken", "quiet", Message.Kind.NOTE)
    assert (after.status, after.last_customer_at) == (before.status, before.last_customer_at)
    assert not Event.objects.filter(verb="ticket.message_received").exists()


def test_a_person_who_writes_first_gets_the_automatic_reply_once(mailbox: Mailbox, receive: Receive):
    _greets(mailbox)
    ticket = receive(mail("登录不上".encode(), sender=b"zhang@new.example")).ticket
    receive(mail("还有".encode(), sender=b"zhang@new.example", to=_token(ticket)))
    greeting = Delivery.objects.get()
    assert (greeting.kind, greeting.to, greeting.body) == ("auto", ["zhang@new.example"], "我们收到了。")


def test_machines_get_no_automatic_reply(mailbox: Mailbox, receive: Receive):
    _greets(mailbox)
    for number, header in enumerate(
        (b"Auto-Submitted: auto-generated\n", b"X-Auto-Response-Suppress: All\n", b"Return-Path: <>\n")
    ):
        assert receive(mail(b"alarm %d" % number, extra=header)).ticket is not None
    change_mailbox(actor=SYSTEM, mailbox=mailbox, given={"take_bulk": True}, at=NOW)
    assert receive(mail(b"list", extra=b"List-Id: <a.b>\n")).ticket is not None
    assert not Delivery.objects.exists()


def test_the_same_address_gets_only_so_many_automatic_replies_an_hour(mailbox: Mailbox, receive: Receive):
    _greets(mailbox)
    for number in range(8):
        receive(mail(b"ping %d" % number))
    assert Delivery.objects.count() == 3
    receive(mail(b"next hour"), at=NOW + timedelta(minutes=61))
    assert Delivery.objects.count() == 4


def test_two_mailboxes_of_ours_do_not_answer_each_other(world: World, mailbox: Mailbox, receive: Receive):
    other = add_mailbox(
        actor=SYSTEM, given={"name": "Sales", "address": "sales@desk.example", **GREETING}, at=NOW
    )
    ours = mail(b"We have it.", sender=b"support@desk.example", to=b"sales@desk.example")
    assert receive(ours, into=other).reason == "loop"
    mark = f"X-Fengong-Desk: {vault.mark('desk', '', 16)}\n".encode()
    relayed = mail(b"We have it!", sender=b"list@relay.example", extra=mark)
    assert receive(relayed, into=other).reason == "loop"
    assert not Ticket.objects.exists()


def test_a_bounce_marks_the_delivery_the_address_and_the_ticket(world: World, receive: Receive):
    delivery = _sent(world, receive)
    came = receive(_bounce(delivery.smtp_id), at=LATER)
    delivery.refresh_from_db()
    assert (came.state, came.reason, came.ticket) == ("taken", "bounce", delivery.ticket)
    assert delivery.state == "bounced"
    assert "no such user" in delivery.bounce_text
    assert "wang@beifeng.example" in came.message.body
    assert queries.bouncing(["wang@beifeng.example"]) == {"wang@beifeng.example"}
    assert Event.objects.filter(verb="ticket.mail_bounced").count() == 1


def test_an_address_counts_as_good_again_once_mail_comes_from_it(world: World, receive: Receive):
    receive(_bounce(_sent(world, receive).smtp_id), at=LATER)
    receive(mail(b"I am still here"), at=LATER)
    assert not BouncingAddress.objects.exists()


def test_a_delay_is_shown_and_is_no_bounce(world: World, receive: Receive):
    delivery = _sent(world, receive)
    receive(_bounce(delivery.smtp_id, action="delayed"), at=LATER)
    delivery.refresh_from_db()
    assert (delivery.state, BouncingAddress.objects.exists()) == ("sent", False)
    assert "Not yet delivered to wang@beifeng.example" in delivery.bounce_text


def _in_words(text: str, *, subject: str, sender: str, kind: str = "text/plain; charset=utf-8") -> bytes:
    return mail(text.encode(), subject=subject.encode(), sender=sender.encode(), kind=kind)


def test_a_bounce_in_the_words_of_a_mail_system_finds_its_delivery_by_the_recipient(
    world: World, receive: Receive
):
    letters = {
        "qq": ("很抱歉您发送的邮件被退回\n收件人邮件地址 wang@beifeng.example 不存在\n退信原因：550 Mailbox not found",
               "系统退信", "PostMaster@qq.example"),
        "netease": ("收件人：wang@beifeng.example\n退信代码：550 User not found\n建议：请核对地址",
                    "系统退信/Systems bounce", "Postmaster@163.example"),
        "exchange": ("Your message to wang@beifeng.example couldn't be delivered.\n"
                     "wang wasn't found at beifeng.example.\n"
                     "Remote Server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound'", "Undeliverable: Re: Test",
                     "postmaster@outlook.example"),
        "gmail": ("Address not found\nYour message wasn't delivered to wang@beifeng.example because"
                  " the address couldn't be found.\nThe response was: 550 5.1.1 does not exist",
                  "Delivery Status Notification (Failure)",
                  "mailer-daemon@googlemail.example"),
    }  # fmt: skip
    delivery = _sent(world, receive)
    for text, subject, sender in letters.values():
        Delivery.objects.update(state="sent", bounce_text="")
        assert receive(_in_words(text, subject=subject, sender=sender), at=LATER).ticket == delivery.ticket
        delivery.refresh_from_db()
        assert delivery.state == "bounced"
        assert "550" in delivery.bounce_text


def test_a_bounce_in_words_finds_its_delivery_by_the_id_it_repeats(world: World, receive: Receive):
    delivery = _sent(world, receive)
    text = f"could not deliver\n\n----- original message -----\nMessage-ID: {delivery.smtp_id}\n"
    assert receive(
        _in_words(text, subject="failure notice", sender="MAILER-DAEMON@x.example"), at=LATER
    ).ticket
    delivery.refresh_from_db()
    assert delivery.state == "bounced"


def test_a_full_mailbox_does_not_make_an_address_bad(world: World, receive: Receive):
    delivery = _sent(world, receive)
    receive(_bounce(delivery.smtp_id).replace(b"5.1.1", b"4.2.2"), at=LATER)
    assert not BouncingAddress.objects.exists()
