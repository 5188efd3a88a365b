"""A mailbox, mail into it, and what became of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from fengong.integrations.mail.actions import MAIL
from fengong.integrations.mail.actions.keeping import keep_mail
from fengong.integrations.mail.actions.mailboxes import add_mailbox
from fengong.integrations.mail.actions.taking import take_mail
from fengong.integrations.mail.models import Mailbox, RawMail
from fengong.kernel.actor import SYSTEM
from tests.world import NOW, World

Receive = Callable[..., RawMail]


@pytest.fixture(autouse=True)
def files_elsewhere(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def mailbox(world: World) -> Mailbox:
    """A mailbox that sends and takes, with no server behind it."""
    given = {"name": "Support", "address": "support@desk.example", "smtp_host": "127.0.0.1", "smtp_port": 9}
    return add_mailbox(actor=SYSTEM, given={**given, "smtp_security": "none", "language": "en"}, at=NOW)


@pytest.fixture
def receive(mailbox: Mailbox) -> Receive:
    """Take a mail in as if it had just come."""

    def take(raw: bytes, *, at: datetime = NOW, into: Mailbox | None = None) -> RawMail:
        kept = keep_mail(actor=MAIL, mailbox=into or mailbox, raw=raw, at=at)
        return take_mail(actor=MAIL, mail=kept, at=at)

    return take
