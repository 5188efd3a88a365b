"""Mail out: planned from the spine once, composed, sent through a real SMTP server, tried again, given up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage

import pytest

from fengong.desk.actions.attachments import attach
from fengong.desk.actions.messages import add_note, reply
from fengong.desk.actions.sides import start_side
from fengong.desk.actions.signatures import set_signature
from fengong.desk.models import Message, Ticket
from fengong.integrations.mail.actions import MAIL
from fengong.integrations.mail.actions import sending as senders
from fengong.integrations.mail.actions.mailboxes import add_mailbox, change_mailbox
from fengong.integrations.mail.actions.planning import plan_deliveries
from fengong.integrations.mail.actions.sending import retry_deliveries, send_due
from fengong.integrations.mail.models import Delivery, Mailbox, Position
from fengong.integrations.mail.wire.smtp import Line
from fengong.kernel.actor import SYSTEM
from fengong.kernel.models import Event
from tests.integrations.mail.conftest import Receive
from tests.integrations.mail.corpus.case import PNG, mail
from tests.integrations.mail.servers import PostOffice
from tests.world import NOW, World

Answer = Callable[..., Message]


@pytest.fixture
def answer(world: World, sending: Mailbox) -> Answer:
    """A member's answer, planned and, unless told otherwise, sent."""

    def write(ticket: Ticket, body: str = "请重启后再试。", *, send: bool = True) -> Message:
        message = reply(actor=world.zhou_min, ticket=ticket, member=world.zhou_min, body=body, at=NOW)
        plan_deliveries(actor=MAIL, at=NOW)
        if send:
            send_due(actor=MAIL, at=NOW)
        return message

    return write


def _text(message: EmailMessage, kind: str = "plain") -> str:
    body = message.get_body((kind,))
    assert body is not None
    return str(body.get_content())


def test_an_answer_is_mailed_with_its_own_id_a_token_and_the_thread(
    receive: Receive, answer: Answer, smtp: PostOffice
):
    ticket = receive(mail("登录不上".encode(), extra=b"Message-ID: <first@beifeng.example>\n")).ticket
    message = answer(ticket)
    sent = smtp.mails[0]
    assert sent["Message-ID"] == f"<ticket-{ticket.pk}.msg-{message.pk}@desk.example>"
    assert sent["In-Reply-To"] == "<first@beifeng.example>"
    assert sent["References"] == "<first@beifeng.example>"
    assert sent["Reply-To"].addresses[0].addr_spec.startswith(f"support+t{ticket.pk}.")
    assert sent["Subject"] == f"Re: Test [#{ticket.pk}]"
    assert sent["From"].addresses[0].display_name == "周敏 · Support"
    assert "Auto-Submitted" not in sent
    assert smtp.taken[0][:2] == ("support@desk.example", ["wang@beifeng.example"])


def test_a_mail_says_the_same_as_text_and_as_html_with_a_short_quotation(
    receive: Receive, answer: Answer, smtp: PostOffice
):
    ticket = receive(mail("\n".join(f"line {n}" for n in range(40)).encode())).ticket
    answer(ticket, "**Restart** it, <b>please</b>.")
    sent = smtp.mails[0]
    assert "**Restart** it" in _text(sent)
    assert "> line 0" in _text(sent)
    assert "> line 30" not in _text(sent)
    assert "<strong>Restart</strong>" in _text(sent, "html")
    assert "<b>please</b>" not in _text(sent, "html")


def test_fixed_words_are_in_the_language_of_the_customer(
    world: World, receive: Receive, answer: Answer, smtp: PostOffice
):
    set_signature(
        actor=world.zhou_min, member=world.zhou_min, language="en", body="Zhou Min, Support", at=NOW
    )
    set_signature(actor=world.zhou_min, member=world.zhou_min, language="zh-hans", body="周敏 敬上", at=NOW)
    english = receive(mail(b"I cannot sign in since this morning", sender=b"john@new.example")).ticket
    answer(receive(mail("登录不上".encode())).ticket)
    answer(english)
    chinese_mail, english_mail = (_text(sent) for sent in smtp.mails)
    assert "周敏 敬上" in chinese_mail
    assert "Zhou Min, Support" in english_mail
    assert "写道" in chinese_mail
    assert "john wrote:" in english_mail


def test_pictures_stand_in_the_text_and_files_beside_it(
    world: World, receive: Receive, sending: Mailbox, smtp: PostOffice
):
    ticket = receive(mail(b"how?")).ticket
    message = reply(actor=world.zhou_min, ticket=ticket, member=world.zhou_min, body="x", at=NOW)
    picture, _file = (
        attach(actor=world.zhou_min, ticket=ticket, message=message, name=name, content=content,
               content_type="", content_id=cid, at=NOW)
        for name, content, cid in (("图.png", PNG, "p1"), ("说明.txt", b"read me", ""))
    )  # fmt: skip
    Message.objects.filter(pk=message.pk).update(body=f"Look: ![a](cid:p1) and ![b]({picture.path})")
    plan_deliveries(actor=MAIL, at=NOW)
    send_due(actor=MAIL, at=NOW)
    sent = smtp.mails[0]
    inside = next(part for part in sent.walk() if part.get_content_type() == "image/png")
    assert _text(sent, "html").count(f'src="cid:{inside["Content-ID"].strip("<>")}"') == 2
    assert [part.get_filename() for part in sent.iter_attachments()] == ["说明.txt"]


def test_notes_stay_in_the_house(world: World, receive: Receive, sending: Mailbox, smtp: PostOffice):
    ticket = receive(mail(b"help")).ticket
    add_note(actor=world.zhou_min, ticket=ticket, member=world.zhou_min, body="secret", at=NOW)
    assert plan_deliveries(actor=MAIL, at=NOW) == 0
    assert send_due(actor=MAIL, at=NOW) == 0


def test_each_answer_is_planned_once_however_often_and_from_wherever_we_look(
    receive: Receive, answer: Answer
):
    answer(receive(mail(b"help")).ticket, send=False)
    assert plan_deliveries(actor=MAIL, at=NOW) == 0
    Position.objects.update(seq=0)
    assert plan_deliveries(actor=MAIL, at=NOW + timedelta(minutes=1)) == 0
    assert Delivery.objects.count() == 1


def test_answers_from_before_the_first_mailbox_are_not_mailed(world: World):
    ticket = world.ticket()
    reply(actor=world.zhou_min, ticket=ticket, member=world.zhou_min, body="old", at=NOW)
    given = {"name": "S", "address": "s@desk.example", "smtp_host": "127.0.0.1"}
    add_mailbox(actor=SYSTEM, given=given, at=NOW)
    assert plan_deliveries(actor=MAIL, at=NOW) == 0


def test_a_paused_mailbox_keeps_its_mail_until_it_goes_on(receive: Receive, answer: Answer, sending: Mailbox):
    ticket = receive(mail(b"help")).ticket
    change_mailbox(actor=SYSTEM, mailbox=sending, given={"active": False}, at=NOW)
    answer(ticket)
    assert Delivery.objects.get().state == "waiting"
    change_mailbox(actor=SYSTEM, mailbox=sending, given={"active": True}, at=NOW)
    assert send_due(actor=MAIL, at=NOW) == 1


def test_everybody_copied_in_gets_the_answer(receive: Receive, answer: Answer, smtp: PostOffice):
    ticket = receive(mail(b"hello", extra=b"Cc: li@beifeng.example\n")).ticket
    answer(ticket)
    assert smtp.taken[0][1] == ["wang@beifeng.example", "li@beifeng.example"]
    assert smtp.mails[0]["Cc"] == "li@beifeng.example"


def test_a_server_that_is_down_delays_mail_and_it_goes_when_the_server_is_back(
    receive: Receive, answer: Answer, smtp: PostOffice, sending: Mailbox
):
    smtp.down()
    answer(receive(mail(b"help")).ticket)
    delivery = Delivery.objects.get()
    sending.refresh_from_db()
    assert (delivery.state, delivery.next_try_at) == ("delayed", NOW + timedelta(minutes=1))
    assert "127.0.0.1" in sending.send_error
    smtp.up()
    assert send_due(actor=MAIL, at=NOW + timedelta(seconds=30)) == 0
    assert send_due(actor=MAIL, at=NOW + timedelta(seconds=61)) == 1
    sending.refresh_from_db()
    assert (Delivery.objects.get().state, sending.send_error) == ("sent", "")


def test_a_refusal_for_now_is_tried_again_and_one_for_good_is_told_in_the_ticket(
    receive: Receive, answer: Answer, smtp: PostOffice
):
    ticket = receive(mail(b"help")).ticket
    smtp.answers["wang@beifeng.example"] = "451 4.7.1 greylisted, come back"
    answer(ticket)
    assert Delivery.objects.get().state == "delayed"
    smtp.answers["wang@beifeng.example"] = "550 5.1.1 no such user"
    send_due(actor=MAIL, at=NOW + timedelta(minutes=2))
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.next_try_at) == ("failed", None)
    note = ticket.messages.filter(kind="note").get()
    assert "wang@beifeng.example" in note.body
    assert "no such user" in note.body
    assert Event.objects.filter(verb="ticket.mail_failed").count() == 1


def test_mail_is_given_up_after_two_days(receive: Receive, answer: Answer, smtp: PostOffice):
    smtp.after_data = "452 4.3.1 disk full"
    ticket = receive(mail(b"help")).ticket
    answer(ticket)
    at, tries = NOW, 1
    while (delivery := Delivery.objects.get()).next_try_at:
        at = delivery.next_try_at
        send_due(actor=MAIL, at=at)
        tries += 1
    assert delivery.state == "failed"
    assert timedelta(hours=40) < at - NOW < timedelta(days=3)
    assert tries == len(senders.PAUSES) + 1


def test_one_address_refused_beside_others_is_named_and_the_rest_arrive(
    receive: Receive, answer: Answer, smtp: PostOffice
):
    smtp.answers["gone@beifeng.example"] = "550 5.1.1 gone"
    ticket = receive(mail(b"hello", extra=b"Cc: gone@beifeng.example\n")).ticket
    answer(ticket)
    assert Delivery.objects.get().state == "sent"
    assert "gone@beifeng.example" in ticket.messages.filter(kind="note").get().body


def test_a_worker_that_dies_before_sending_leaves_a_claim_that_runs_out(
    receive: Receive, answer: Answer, smtp: PostOffice, monkeypatch: pytest.MonkeyPatch
):
    ticket = receive(mail(b"help")).ticket
    with monkeypatch.context() as broken:
        broken.setattr(Line, "send", _die)
        with pytest.raises(KeyboardInterrupt):
            answer(ticket)
    assert Delivery.objects.get().state == "waiting"
    assert send_due(actor=MAIL, at=NOW + timedelta(minutes=1)) == 0
    assert send_due(actor=MAIL, at=NOW + senders.CLAIM) == 1
    assert len(smtp.taken) == 1


def _die(*_given: object, **_named: object) -> None:
    raise KeyboardInterrupt


def test_two_workers_do_not_send_the_same_mail(receive: Receive, answer: Answer, smtp: PostOffice):
    answer(receive(mail(b"help")).ticket, send=False)
    stale = list(Delivery.objects.select_related("mailbox"))
    assert send_due(actor=MAIL, at=NOW) == 1
    assert senders._send_all(stale, NOW) == 0
    assert len(smtp.taken) == 1


def test_what_failed_can_be_sent_again(world: World, receive: Receive, answer: Answer, smtp: PostOffice):
    smtp.answers["wang@beifeng.example"] = "550 no"
    answer(receive(mail(b"help")).ticket)
    smtp.answers.clear()
    retry_deliveries(actor=world.zhou_min, deliveries=Delivery.objects.all(), at=NOW)
    assert send_due(actor=MAIL, at=NOW) == 1


def test_a_side_conversation_is_mailed_without_a_word_of_the_ticket_and_its_answer_comes_back(
    world: World, receive: Receive, sending: Mailbox, smtp: PostOffice
):
    ticket = receive(mail(b"where is my parcel", subject=b"Parcel of Mr Wang")).ticket
    side = start_side(
        actor=world.zhou_min, ticket=ticket, member=world.zhou_min, subject="Parcel 77", body="Where is it?",
        participants=["courier@fast.example"], at=NOW,
    )  # fmt: skip
    plan_deliveries(actor=MAIL, at=NOW)
    send_due(actor=MAIL, at=NOW)
    sent = smtp.mails[0]
    assert (sent["To"], sent["Subject"], sent["In-Reply-To"]) == ("courier@fast.example", "Parcel 77", None)
    assert f"#{ticket.pk}" not in sent.as_string()
    token = sent["Reply-To"].addresses[0].addr_spec.encode()
    by_token = receive(mail(b"In Hamburg", sender=b"courier@fast.example", to=token))
    answers = f"In-Reply-To: {sent['Message-ID']}\n".encode()
    by_id = receive(mail(b"Now in Bremen", sender=b"courier@fast.example", extra=answers))
    assert [turn.message.body for turn in side.turns.order_by("message_id")] == [
        "Where is it?", "In Hamburg", "Now in Bremen",
    ]  # fmt: skip
    assert {by_token.message.kind, by_id.message.kind} == {"side"}
