"""A mailbox, mail into it, and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from django.utils import translation

from fengong.integrations.mail.actions import MAIL
from fengong.integrations.mail.actions.keeping import keep_mail
from fengong.integrations.mail.actions.mailboxes import add_mailbox, change_mailbox
from fengong.integrations.mail.actions.taking import take_mail
from fengong.integrations.mail.models import Mailbox, RawMail
from fengong.kernel.actor import SYSTEM
from tests.integrations.mail import dovecot
from tests.integrations.mail.servers import PostOffice
from tests.world import NOW, World
from tools.place import required

Receive = Callable[..., RawMail]
WITH_IMAP = ["test_real_mail.py", "test_real_trouble.py"]
collect_ignore = [] if dovecot.installed() or required("imap") else WITH_IMAP


def pytest_report_header() -> list[str]:
    """Say by name what a machine without an IMAP server leaves out."""
    return [f"no {dovecot.PROGRAM}, left out: {name}" for name in collect_ignore]


@pytest.fixture(scope="session")
def imap() -> Iterator[dovecot.Dovecot]:
    with dovecot.running() as server:
        yield server


@pytest.fixture
def smtp() -> Iterator[PostOffice]:
    with PostOffice() as office:
        yield office


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Sentences that are said in nobody's language are read here in English, whether or not Chinese is compiled."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def files_elsewhere(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def mailbox(world: World) -> Mailbox:
    """A mailbox that sends and takes, with no server behind it."""
    given = {"name": "Support", "address": "support@desk.example", "smtp_host": "127.0.0.1", "smtp_port": 9}
    return add_mailbox(actor=SYSTEM, given={**given, "smtp_security": "none", "language": "en"}, at=NOW)


@pytest.fixture
def sending(mailbox: Mailbox, smtp: PostOffice) -> Mailbox:
    """The mailbox, with a server that takes its mail."""
    return change_mailbox(actor=SYSTEM, mailbox=mailbox, given={"smtp_port": smtp.port}, at=NOW)


@pytest.fixture
def receive(mailbox: Mailbox) -> Receive:
    """Take a mail in as if it had just come."""

    def take(raw: bytes, *, at: datetime = NOW, into: Mailbox | None = None) -> RawMail:
        kept = keep_mail(actor=MAIL, mailbox=into or mailbox, raw=raw, at=at)
        return take_mail(actor=MAIL, mail=kept, at=at)

    return take
