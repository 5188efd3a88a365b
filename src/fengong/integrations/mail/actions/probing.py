"""Trying out a mailbox's servers without changing anything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from fengong.integrations.mail.actions.fetching import imap_server
from fengong.integrations.mail.actions.sending import smtp_server
from fengong.integrations.mail.models import Mailbox
from fengong.integrations.mail.policies import require_postmaster
from fengong.integrations.mail.wire.imap import Folder
from fengong.integrations.mail.wire.server import Unreachable
from fengong.integrations.mail.wire.smtp import Line
from fengong.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Trial:
    """How one server answered."""

    name: str
    good: bool
    said: str


def try_mailbox(*, actor: Actor, mailbox: Mailbox, at: datetime) -> list[Trial]:
    """Sign in to both servers and leave again; a server that is not set is not tried."""
    require_postmaster(actor)
    trials = []
    if mailbox.imap_host:
        trials.append(_try_imap(mailbox))
    if mailbox.smtp_host:
        trials.append(_try_smtp(mailbox))
    return trials


def _try_imap(mailbox: Mailbox) -> Trial:
    try:
        with Folder(imap_server(mailbox), mailbox.folder) as folder:
            said = _("The folder %(folder)s is open; %(count)s mails have gone through it.")
            return Trial("IMAP", True, said % {"folder": mailbox.folder, "count": folder.uid_next - 1})
    except Unreachable as trouble:
        return Trial("IMAP", False, trouble.message)


def _try_smtp(mailbox: Mailbox) -> Trial:
    try:
        with Line(smtp_server(mailbox)):
            return Trial("SMTP", True, _("The server takes our mail."))
    except Unreachable as trouble:
        return Trial("SMTP", False, trouble.message)
