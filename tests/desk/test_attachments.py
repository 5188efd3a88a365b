"""Files on tickets: what is taken, what a file is, who checks it, who may see it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from fengong.desk import policies
from fengong.desk.actions import attachments
from fengong.desk.actions.attachments import attach, cleaned_name, remove_attachment, send_with
from fengong.desk.actions.messages import add_note, reply
from fengong.desk.models import Attachment, Ticket
from fengong.desk.reading import attachments as reading
from fengong.desk.tasks import check_files
from fengong.kernel import store
from fengong.kernel.actor import SYSTEM, Actor
from fengong.kernel.errors import Denied, Invalid
from fengong.kernel.sniffing import sniff
from fengong.kernel.spine import history
from tests.world import World

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40
PDF = b"%PDF-1.7\n..."


@pytest.fixture
def ticket(world: World) -> Ticket:
    return world.ticket()


def put(world: World, ticket: Ticket, actor: Actor | None = None, **more: Any) -> Attachment:
    given: dict[str, Any] = {"name": "屏幕.png", "content": PNG, "content_type": "image/png", **more}
    return attach(actor=actor or world.li_na, ticket=ticket, at=world.now, **given)


def test_a_file_is_kept_once_by_its_digest_and_read_again(world: World, ticket: Ticket):
    first, second = put(world, ticket), put(world, ticket, name="again.png")
    assert first.sha256 == second.sha256
    assert store.read(first.sha256) == PNG
    assert (first.state, first.size, first.content_type) == ("clean", len(PNG), "image/png")
    assert [
        event.data["name"] for event in history("ticket", ticket.pk).filter(verb="ticket.file_added")
    ] == [
        "屏幕.png",
        "again.png",
    ]


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (PNG, "x.txt", "image/png"),
        (b"<html><script>alert(1)</script>", "x.png", "text/html"),
        (b"\n  <svg xmlns='http://www.w3.org/2000/svg' onload='x'/>", "x.png", "image/svg+xml"),
        (b"<?xml version='1.0'?><svg:svg xmlns:svg='x'/>", "x.txt", "image/svg+xml"),
        (b"MZ\x90\x00", "letter.pdf", "application/x-msdownload"),
        (
            b"PK\x03\x04rest",
            "report.docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (b"PK\x03\x04rest", "report.pdf", "application/zip"),
        ("你好".encode(), "x.txt", "text/plain"),
        ("你好，发票在附件里".encode("gb18030"), "x.txt", "text/plain; charset=gb18030"),
        (b"a,b\n1,2\n", "x.csv", "text/csv"),
        ("<svg/>".encode("utf-16"), "x.txt", "application/octet-stream"),
        (b"\x00\x01\x02\xff\xfe", "x.jpg", "application/octet-stream"),
        (b"x" * 3000 + b"<script>", "x.txt", "text/html"),
    ],
)
def test_what_a_file_is_is_found_by_looking_into_it(content: bytes, name: str, kind: str):
    assert sniff(content, name) == kind


def test_a_program_is_refused_whatever_it_is_called(world: World, ticket: Ticket):
    for name, content in (("letter.pdf", b"MZ\x90\x00"), ("run.bat", b"echo"), ("x.JS", b"1")):
        with pytest.raises(Invalid):
            put(world, ticket, name=name, content=content)
    assert not reading.of_ticket(ticket).exists()


def test_a_refused_file_from_a_mail_is_kept_with_its_reason_but_never_served(
    world: World, ticket: Ticket, reader: Any
):
    file = put(world, ticket, SYSTEM, name="letter.exe", content=b"MZ", keep_refused=True)
    assert file.state == "refused"
    assert "letter.exe" in file.refusal
    assert reader(world.li_na).get(file.path).status_code == 409


def test_a_file_is_not_larger_than_allowed_and_a_ticket_does_not_gather_too_much(
    world: World, ticket: Ticket, settings: Any
):
    settings.ATTACHMENT_MOST_BYTES, settings.ATTACHMENT_MOST_BYTES_OF_TICKET = 100, 150
    with pytest.raises(Invalid):
        put(world, ticket, content=PNG + b"x" * 60)
    for _ in range(3):
        put(world, ticket)
    with pytest.raises(Invalid):
        put(world, ticket)
    with pytest.raises(Invalid):
        put(world, ticket, content=b"")


def test_the_scanner_decides_and_its_reason_is_shown(
    world: World, ticket: Ticket, settings: Any, monkeypatch: Any
):
    monkeypatch.setattr(attachments, "nothing_wrong", lambda *, name, content, content_type: "EICAR found")
    file = put(world, ticket)
    assert (file.state, file.refusal) == ("refused", "EICAR found")


def test_a_scanner_that_cannot_answer_leaves_the_file_unserved_until_it_can(
    world: World, ticket: Ticket, monkeypatch: Any, reader: Any
):
    def broken(**given: Any) -> str:
        raise ConnectionError("no scanner")

    with monkeypatch.context() as patch:
        patch.setattr(attachments, "nothing_wrong", broken)
        file = put(world, ticket)
        assert file.state == "waiting"
        assert check_files(at=world.now) == 0
    li_na = reader(world.li_na)
    assert li_na.get(file.path).status_code == 409
    assert check_files(at=world.now + timedelta(seconds=20)) == 1
    assert li_na.get(file.path).status_code == 200


def test_uploaded_files_go_with_the_message_of_who_uploaded_them(world: World, ticket: Ticket):
    mine, theirs = put(world, ticket), put(world, ticket, world.zhou_min)
    message = reply(actor=world.li_na, ticket=ticket, member=world.li_na, body="见附件", at=world.now)
    sent = send_with(actor=world.li_na, message=message, attachments=[mine.pk, theirs.pk, 999], at=world.now)
    assert [file.pk for file in sent] == [mine.pk]
    assert {key: [file.pk for file in files] for key, files in reading.by_message(ticket).items()} == {
        message.pk: [mine.pk],
        None: [theirs.pk],
    }


def test_a_customer_sees_files_of_open_messages_of_their_own_ticket_only(world: World, ticket: Ticket):
    customer, stranger = world.customer, world.li_na
    note = add_note(actor=world.li_na, ticket=ticket, member=world.li_na, body="内部", at=world.now)
    answer = reply(actor=world.li_na, ticket=ticket, member=world.li_na, body="您好", at=world.now)
    hidden, shown = put(world, ticket, message=note), put(world, ticket, message=answer)
    loose, own = put(world, ticket), put(world, ticket, customer)
    seen = [
        policies.may_read_file(customer, reading.attachment(file.pk)) for file in (hidden, shown, loose, own)
    ]
    assert seen == [False, True, False, True]
    assert policies.may_read_file(stranger, hidden)
    with pytest.raises(Denied):
        put(world, ticket, world.tang_yun)


def test_an_unsent_file_is_removed_by_who_uploaded_it_and_its_content_forgotten(world: World, ticket: Ticket):
    file = put(world, ticket, content=b"only once", name="x.txt")
    with pytest.raises(Denied):
        remove_attachment(actor=world.zhou_min, attachment=file, at=world.now)
    remove_attachment(actor=world.li_na, attachment=file, at=world.now)
    assert not store.place(file.sha256).exists()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\报告.pdf", "报告.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("a\x00b\r\n.txt", "ab.txt"),
        ("...", "file"),
        ("x" * 400 + ".pdf", "x" * 196 + ".pdf"),
    ],
)
def test_a_name_carries_no_path_and_no_tricks(given: str, kept: str):
    assert cleaned_name(given) == kept
