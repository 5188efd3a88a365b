"""The settings of mailboxes, the log of mail, and the page of mail that could not be read."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fengong.desk.actions.messages import reply
from fengong.desk.models import Ticket
from fengong.integrations.mail import vault
from fengong.integrations.mail.actions import MAIL, taking
from fengong.integrations.mail.actions.keeping import keep_mail
from fengong.integrations.mail.actions.mailboxes import add_mailbox
from fengong.integrations.mail.actions.planning import plan_deliveries
from fengong.integrations.mail.actions.taking import take_due
from fengong.integrations.mail.models import Delivery, Mailbox, RawMail
from fengong.kernel.actor import SYSTEM
from tests.world import NOW, World

TYPED = {
    "name": "Support", "address": "Support@desk.example", "imap_host": "127.0.0.1", "imap_port": "9",
    "imap_security": "none", "imap_user": "u", "imap_secret": "opensesame", "folder": "INBOX", "smtp_host": "127.0.0.1",
    "smtp_port": "9", "smtp_security": "none", "priority": "3", "language": "en", "topic": "", "plus_addresses": "on",
}  # fmt: skip
LETTER = b"From: wang@beifeng.example\nSubject: s%d\n\nhelp %d\n"


@pytest.fixture(autouse=True)
def files_elsewhere(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def mailbox(world: World) -> Mailbox:
    given = {"name": "Support", "address": "support@desk.example", "smtp_host": "127.0.0.1"}
    return add_mailbox(actor=SYSTEM, given=given, at=NOW)


def _take(mailbox: Mailbox, *raws: bytes) -> None:
    for raw in raws:
        keep_mail(actor=MAIL, mailbox=mailbox, raw=raw, at=NOW)
    take_due(actor=MAIL, at=NOW)


def test_a_mailbox_is_added_and_its_password_is_neither_shown_nor_stored_in_the_open(world: World, reader):
    client = reader(world.admin)
    made = client.post("/settings/mailboxes/new", TYPED)
    mailbox = Mailbox.objects.get()
    assert made.headers["Location"] == f"/settings/mailboxes/{mailbox.pk}"
    assert (mailbox.address, mailbox.priority) == ("support@desk.example", 3)
    assert "opensesame" not in mailbox.imap_secret
    assert vault.unseal(mailbox.imap_secret) == "opensesame"
    assert "opensesame" not in client.get(f"/settings/mailboxes/{mailbox.pk}").text


def test_a_blank_password_keeps_the_stored_one(world: World, reader):
    client = reader(world.admin)
    client.post("/settings/mailboxes/new", TYPED)
    mailbox = Mailbox.objects.get()
    client.post(f"/settings/mailboxes/{mailbox.pk}", {**TYPED, "imap_secret": "", "name": "Other"})
    mailbox.refresh_from_db()
    assert (mailbox.name, vault.unseal(mailbox.imap_secret)) == ("Other", "opensesame")


def test_what_cannot_be_saved_keeps_what_was_typed_and_says_why(world: World, mailbox: Mailbox, reader):
    client = reader(world.admin)
    taken = client.post("/settings/mailboxes/new", TYPED)
    assert taken.status_code == 422
    assert "There is a mailbox with this address already." in taken.text
    assert "127.0.0.1" in taken.text
    tagged = client.post("/settings/mailboxes/new", {**TYPED, "address": "a+b@desk.example"})
    assert "without a plus" in tagged.text


def test_testing_the_connection_says_of_each_server_what_is_wrong(world: World, reader):
    client = reader(world.admin)
    client.post("/settings/mailboxes/new", TYPED)
    pk = Mailbox.objects.get().pk
    told = client.do(f"/settings/mailboxes/{pk}/trial").text
    assert told.count("Nothing listens at 127.0.0.1:9.") == 2
    assert Mailbox.objects.get().failures == 0


def test_a_mailbox_can_be_paused_and_goes_on(world: World, mailbox: Mailbox, reader):
    client = reader(world.admin)
    client.post(f"/settings/mailboxes/{mailbox.pk}/pause", {"active": "0"})
    assert not Mailbox.objects.get().active
    assert "Paused" in client.get("/settings/mailboxes").text
    client.post(f"/settings/mailboxes/{mailbox.pk}/pause", {"active": "1"})
    assert Mailbox.objects.get().active


def test_a_mailbox_that_was_never_used_can_be_removed_and_a_used_one_stays(
    world: World, mailbox: Mailbox, reader
):
    client, path = reader(world.admin), f"/settings/mailboxes/{mailbox.pk}"
    assert "Remove this mailbox" in client.get(path).text
    _take(mailbox, LETTER % (1, 1))
    assert "Remove this mailbox" not in client.get(path).text
    assert client.post(f"{path}/removal").status_code == 409
    RawMail.objects.all().delete()
    client.post(f"{path}/removal")
    assert not Mailbox.objects.exists()


def test_the_last_error_is_shown_where_the_mailboxes_are(world: World, mailbox: Mailbox, reader):
    Mailbox.objects.update(last_error="the server sleeps")
    assert "the server sleeps" in reader(world.admin).get("/settings/mailboxes").text


@pytest.mark.parametrize(
    "path",
    [
        "/settings/mailboxes",
        "/settings/mailboxes/new",
        "/settings/mail",
        "/settings/mail/unread",
        "/settings/mail/out",
    ],
)
def test_only_who_configures_the_desk_sees_mailboxes_and_mail(world: World, reader, path: str):
    assert reader(world.admin).get(path).status_code == 200
    assert reader(world.wang_fang).get(path).status_code == 403
    assert reader(world.li_na).get(path).status_code == 403


def test_mail_that_could_not_be_read_is_shown_can_be_saved_and_tried_again(
    world: World, mailbox: Mailbox, reader, monkeypatch: pytest.MonkeyPatch
):
    client, raw = reader(world.admin), LETTER % (1, 1)
    with monkeypatch.context() as broken:
        broken.setattr(taking, "read", _explode)
        kept = keep_mail(actor=MAIL, mailbox=mailbox, raw=raw, at=NOW)
        for _try in range(taking.ATTEMPTS):
            taking.take_mail(actor=MAIL, mail=kept, at=NOW)
    kept.refresh_from_db()
    assert (kept.state, kept.reason) == ("kept_unparsed", "broken")
    assert kept.ticket.messages.get().attachments.get().name == "mail.eml"
    assert "help 1" in client.get("/settings/mail/unread").text
    saved = client.get(f"/settings/mail/{kept.pk}/raw")
    assert b"".join(saved.streaming_content) == raw
    assert saved.headers["Content-Disposition"].startswith("attachment")
    client.post(f"/settings/mail/{kept.pk}/retry")
    kept.refresh_from_db()
    assert kept.state == "taken"
    assert "Every mail so far could be read." in client.get("/settings/mail/unread").text


def _explode(raw: bytes) -> object:
    raise RuntimeError("a mail that nobody foresaw")


def test_what_was_left_aside_can_be_taken_in_by_hand(world: World, mailbox: Mailbox, reader):
    _take(mailbox, b"From: n@news.example\nList-Id: <n.example>\nSubject: News\n\nhello\n")
    assert not Ticket.objects.exists()
    mail = RawMail.objects.get()
    reader(world.admin).post(f"/settings/mail/{mail.pk}/retry", {"back": "//evil.example"})
    assert Ticket.objects.get().subject == "News"


def test_a_state_narrows_the_log_and_a_state_that_is_none_shows_all(world: World, mailbox: Mailbox, reader):
    _take(mailbox, LETTER % (1, 1), b"Subject: lost soul\n\nhi\n")
    client = reader(world.admin)
    unread = client.get("/settings/mail?state=kept_unparsed").text
    assert ("lost soul" in unread, ">s1<" in unread) == (True, False)
    assert client.get("/settings/mail?state=nonsense&after=x").text.count("<tr>") == 3


def test_a_failed_delivery_is_listed_and_can_be_sent_again(world: World, mailbox: Mailbox, reader):
    delivery = Delivery.objects.create(
        mailbox=mailbox, ticket=world.ticket(), to=["wang@beifeng.example"], smtp_id="<a@b>", state="failed",
        planned_at=NOW, last_error="550 no",
    )  # fmt: skip
    client = reader(world.admin)
    assert "550 no" in client.get("/settings/mail/out?state=failed").text
    client.post(f"/settings/mail/out/{delivery.pk}/retry")
    delivery.refresh_from_db()
    assert delivery.state == "waiting"


@pytest.mark.parametrize("path", ["/settings/mail", "/settings/mail/unread", "/settings/mailboxes"])
def test_a_longer_log_takes_no_more_statements(world: World, mailbox: Mailbox, reader, path: str):
    client, counts = reader(world.admin), []
    for start, count in ((0, 3), (100, 12)):
        numbers = range(start, start + count)
        _take(
            mailbox,
            *[LETTER % (n, n) for n in numbers],
            *[b"Subject: s%d\n\nno sender\n" % n for n in numbers],
        )
        client.get(path)  # what a process remembers for some seconds is fresh again
        with CaptureQueriesContext(connection) as queries:
            page = client.get(path)
        assert page.status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


def test_turning_the_pages_of_the_log_shows_every_mail_once(world: World, mailbox: Mailbox, reader):
    _take(mailbox, *[LETTER % (n, n) for n in range(60)])
    take_due(actor=MAIL, at=NOW)
    client = reader(world.admin)
    first = client.get("/settings/mail").text
    last_id = RawMail.objects.order_by("-id")[49].pk
    assert f"after={last_id}" in first
    second = client.get(f"/settings/mail?after={last_id}").text
    assert first.count("/raw") + second.count("/raw") == 60


def test_the_thread_shows_what_became_of_the_mail_of_each_answer(world: World, mailbox: Mailbox, reader):
    ticket = world.ticket()
    said = [
        reply(actor=world.zhou_min, ticket=ticket, member=world.zhou_min, body=f"answer {n}", at=NOW)
        for n in range(2)
    ]
    plan_deliveries(actor=MAIL, at=NOW)
    Delivery.objects.filter(message=said[0]).update(state="bounced", bounce_text="550 no such user")
    page = reader(world.zhou_min).fragment(f"/tickets/{ticket.pk}").text
    first, second = page.split("answer 1")
    assert "Mail: Came back" in first
    assert "550 no such user" in first
    assert "Mail: To be sent" in second
