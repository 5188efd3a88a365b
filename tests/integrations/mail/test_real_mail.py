"""Mail through a real IMAP server (dovecot) and a real SMTP server: there and back, threads, bounces, loops."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from fengong.desk.actions.messages import reply
from fengong.desk.models import Message, Ticket
from fengong.integrations.mail import queries
from fengong.integrations.mail.actions import MAIL
from fengong.integrations.mail.actions.fetching import fetch_due
from fengong.integrations.mail.actions.mailboxes import add_mailbox, change_mailbox
from fengong.integrations.mail.actions.planning import plan_deliveries
from fengong.integrations.mail.actions.sending import send_due
from fengong.integrations.mail.actions.taking import take_due
from fengong.integrations.mail.models import Delivery, Mailbox, RawMail
from fengong.kernel.actor import SYSTEM
from tests.integrations.mail.corpus import CASES
from tests.integrations.mail.corpus.case import mail
from tests.integrations.mail.dovecot import PASSWORD, Dovecot
from tests.integrations.mail.servers import PostOffice
from tests.world import NOW, World

GREETING = {"auto_reply": True, "auto_reply_en": "We have it."}


class Post:
    """Servers and what moves mail between them and the desk; each round is a minute later than the last."""

    def __init__(self, imap: Dovecot, office: PostOffice) -> None:
        self.imap, self.office = imap, office
        self._minutes = itertools.count(1)
        self.at = NOW

    def mailbox(self, local: str, **more: object) -> Mailbox:
        """A mailbox of the desk on both servers, read from its first mail on."""
        user = f"{local}-{uuid.uuid4().hex[:6]}"
        given = {
            "name": local, "address": f"{user}@desk.example", "language": "en", "take_existing": True,
            "imap_host": "127.0.0.1", "imap_port": self.imap.port, "imap_security": "none", "imap_user": user,
            "imap_secret": PASSWORD, "smtp_host": "127.0.0.1", "smtp_port": self.office.port, "smtp_security": "none",
        }  # fmt: skip
        return add_mailbox(actor=SYSTEM, given={**given, **more}, at=NOW)

    def round(self) -> None:
        """One turn of all the sweeps."""
        self.at = NOW + timedelta(minutes=next(self._minutes))
        fetch_due(actor=MAIL, at=self.at)
        take_due(actor=MAIL, at=self.at)
        plan_deliveries(actor=MAIL, at=self.at)
        send_due(actor=MAIL, at=self.at)

    def customer_writes(self, mailbox: Mailbox, body: str, **more: bytes) -> None:
        self.imap.deliver(mailbox.imap_user, mail(body.encode(), to=mailbox.address.encode(), **more))


@pytest.fixture
def post(world: World, imap: Dovecot) -> Iterator[Post]:
    """Whatever our SMTP server takes for the desk lands in the desk's IMAP folders."""

    def deliver(address: str, raw: bytes) -> None:
        local, _at, host = address.partition("@")
        if host == "desk.example":
            imap.deliver(local.partition("+")[0], raw)

    with PostOffice(deliver) as office:
        yield Post(imap, office)


@pytest.fixture
def write_back(world: World) -> Callable[[Ticket, str, Post], Message]:
    def write(ticket: Ticket, body: str, post: Post) -> Message:
        return reply(actor=world.zhou_min, ticket=ticket, member=world.zhou_min, body=body, at=post.at)

    return write


def test_a_mail_comes_in_is_answered_and_the_answer_to_the_answer_comes_home(post: Post, write_back):
    mailbox = post.mailbox("support")
    post.customer_writes(mailbox, "登录不上", subject=b"login", extra=b"Message-ID: <a@beifeng.example>\n")
    post.round()
    ticket = Ticket.objects.get()
    write_back(ticket, "请重启", post)
    post.round()
    sent = post.office.mails[0]
    assert sent["In-Reply-To"] == "<a@beifeng.example>"
    back = f"In-Reply-To: {sent['Message-ID']}\n".encode()
    post.imap.deliver(
        mailbox.imap_user,
        mail("还是不行".encode(), subject=b"Re: login", to=str(sent["Reply-To"]).encode(), extra=back),
    )
    post.round()
    assert [message.body for message in ticket.messages.order_by("at", "id")] == [
        "登录不上",
        "请重启",
        "还是不行",
    ]
    assert Ticket.objects.count() == 1


def test_reading_marks_nothing_and_deletes_nothing(post: Post):
    mailbox = post.mailbox("support")
    post.customer_writes(mailbox, "one")
    post.round()
    assert len(post.imap.flags(mailbox.imap_user)) == 1
    assert "Seen" not in post.imap.flags(mailbox.imap_user)[0]


def test_a_mailbox_that_is_told_to_moves_what_it_has_read(post: Post):
    mailbox = post.mailbox("support", move_to="Done")
    post.customer_writes(mailbox, "one")
    post.customer_writes(mailbox, "two")
    post.round()
    assert post.imap.flags(mailbox.imap_user) == []
    assert len(post.imap.flags(mailbox.imap_user, "Done")) == 2
    assert Ticket.objects.count() == 2


def test_a_new_mailbox_leaves_the_old_mail_alone(post: Post):
    mailbox = post.mailbox("support", take_existing=False)
    post.customer_writes(mailbox, "from last year")
    post.round()
    post.customer_writes(mailbox, "from today")
    post.round()
    assert [message.body for message in Message.objects.all()] == ["from today"]


def test_several_mailboxes_each_answer_from_their_own_address(post: Post, write_back):
    support, sales = post.mailbox("support"), post.mailbox("sales")
    post.customer_writes(support, "to support", subject=b"a")
    post.customer_writes(sales, "to sales", subject=b"b")
    post.round()
    for ticket in Ticket.objects.all():
        write_back(ticket, "answer", post)
    post.round()
    senders = {str(sent["Subject"])[:5]: sent["From"].addresses[0].addr_spec for sent in post.office.mails}
    assert senders == {"Re: a": support.address, "Re: b": sales.address}


def test_a_bounce_from_a_real_server_comes_back_to_its_ticket(post: Post, write_back):
    mailbox = post.mailbox("support")
    post.customer_writes(mailbox, "help")
    post.round()
    write_back(Ticket.objects.get(), "answer", post)
    post.round()
    post.imap.deliver(mailbox.imap_user, _report(post.office.mails[0]["Message-ID"]))
    post.round()
    assert Delivery.objects.get().state == "bounced"
    assert "User unknown" in Ticket.objects.get().messages.get(kind="note").body
    assert queries.bouncing(["wang@beifeng.example"])


def _report(message_id: str) -> bytes:
    return (
        "From: MAILER-DAEMON@mx.example\nSubject: Undelivered Mail Returned to Sender\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="r"\n\n'
        "--r\nContent-Type: text/plain\n\nI am sorry.\n"
        "--r\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n"
        "Final-Recipient: rfc822; wang@beifeng.example\nAction: failed\nStatus: 5.1.1\n"
        "Diagnostic-Code: smtp; 550 User unknown\n\n"
        f"--r\nContent-Type: message/rfc822\n\nMessage-ID: {message_id}\nSubject: Re\n\nanswer\n--r--\n"
    ).encode()


def test_two_greeting_mailboxes_that_forward_to_each_other_fall_silent(post: Post):
    support, sales = post.mailbox("support", **GREETING), post.mailbox("sales", **GREETING)
    post.imap.deliver(
        support.imap_user, mail(b"ping", sender=sales.address.encode(), to=support.address.encode())
    )
    for _turn in range(5):
        post.round()
    assert post.office.taken == []
    assert Ticket.objects.count() == 0


def test_a_customer_whose_machine_answers_everything_does_not_start_a_storm(post: Post):
    mailbox = post.mailbox("support", **GREETING)
    post.customer_writes(mailbox, "hello")
    for turn in range(6):
        post.round()
        for sent in post.office.mails[turn:]:
            echo = f"In-Reply-To: {sent['Message-ID']}\nAuto-Submitted: auto-replied\n".encode()
            body = b"I am away %d" % turn
            post.imap.deliver(mailbox.imap_user, mail(body, subject=b"Auto: Re", extra=echo))
    assert len(post.office.taken) == 1
    assert Ticket.objects.count() == 1
    assert Ticket.objects.get().messages.filter(kind="note").count() == 1


def test_the_whole_corpus_goes_through_a_real_server_and_none_is_lost(post: Post):
    mailbox = post.mailbox("support")
    small = [case for case in CASES if 0 < len(case.raw) < 1_000_000 and b"\0" not in case.raw]
    for case in small:
        post.imap.deliver(mailbox.imap_user, case.raw)
    while RawMail.objects.count() < len({_wire(case.raw) for case in small}):
        before = RawMail.objects.count()
        post.round()
        assert RawMail.objects.count() > before
    while RawMail.objects.filter(state="new").exists():
        post.round()
    assert set(RawMail.objects.values_list("error", flat=True)) == {""}
    assert len(post.imap.flags(mailbox.imap_user)) == len(small)


def _wire(raw: bytes) -> bytes:
    """The mail as a server hands it out: every end of a line is made one of the same sort."""
    return raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def test_a_changed_password_is_reported_and_the_right_one_goes_on(post: Post):
    mailbox = post.mailbox("support", imap_secret="wrong")
    post.customer_writes(mailbox, "help")
    post.round()
    mailbox.refresh_from_db()
    assert "AUTHENTICATIONFAILED" in mailbox.last_error
    change_mailbox(actor=SYSTEM, mailbox=mailbox, given={"imap_secret": PASSWORD}, at=NOW)
    post.round()
    mailbox.refresh_from_db()
    assert (mailbox.last_error, Ticket.objects.count()) == ("", 1)
