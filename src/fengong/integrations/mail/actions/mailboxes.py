"""Verbs on mailboxes."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from fengong.integrations.mail import vault
from fengong.integrations.mail.events import MailboxAdded, MailboxChanged
from fengong.integrations.mail.models import Mailbox, Position
from fengong.integrations.mail.policies import require_postmaster
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Conflict, Invalid, Missing
from fengong.kernel.spine import last_seq, record

SECRETS = ("imap_secret", "smtp_secret")
OPEN = {
    "name", "address", "active", "imap_host", "imap_port", "imap_security", "imap_user", "folder", "move_to",
    "take_existing", "take_bulk", "smtp_host", "smtp_port", "smtp_security", "smtp_user", "plus_addresses", "topic",
    "priority", "language", "signature_zh", "signature_en", "auto_reply", "auto_reply_zh", "auto_reply_en",
}  # fmt: skip
REACH = {"imap_host", "imap_port", "imap_security", "imap_user", "imap_secret", "folder"}
"""Fields after whose change the folder is read as if for the first time."""
FOLLOWER = "deliveries"


def add_mailbox(*, actor: Actor, given: dict[str, Any], at: datetime) -> Mailbox:
    """Set up a mailbox. The first one starts to follow the spine here, so that no old answer is mailed."""
    require_postmaster(actor)
    mailbox = Mailbox(token_salt=secrets.token_hex(8), **_fields(given))
    _check(mailbox)
    with transaction.atomic():
        _save(mailbox)
        Position.objects.get_or_create(name=FOLLOWER, defaults={"seq": last_seq()})
        record(MailboxAdded(mailbox=mailbox.pk, address=mailbox.address), actor=actor, at=at)
    return mailbox


def change_mailbox(*, actor: Actor, mailbox: Mailbox, given: dict[str, Any], at: datetime) -> Mailbox:
    """Change what is given; a secret that is not given, or blank, stays."""
    require_postmaster(actor)
    with transaction.atomic():
        row = _locked(mailbox)
        fields = {name: value for name, value in _fields(given).items() if getattr(row, name) != value}
        for name, value in fields.items():
            setattr(row, name, value)
        _check(row)
        if REACH & set(fields) and {"imap_host", "imap_user", "folder"} & set(fields):
            row.uid_validity = row.last_uid = None
        if fields:
            row.next_fetch_at, row.failures, row.last_error, row.send_error = None, 0, "", ""
            _save(row)
            told = sorted(name for name in fields)
            record(MailboxChanged(mailbox=row.pk, fields=told), actor=actor, at=at)
    return row


def renew_token(*, actor: Actor, mailbox: Mailbox, at: datetime) -> Mailbox:
    """Make the address for handing in mail anew; the old one opens nothing any more."""
    require_postmaster(actor)
    with transaction.atomic():
        row = _locked(mailbox)
        row.token_salt = secrets.token_hex(8)
        row.save(update_fields=["token_salt"])
        record(MailboxChanged(mailbox=row.pk, fields=["token"]), actor=actor, at=at)
    return row


def remove_mailbox(*, actor: Actor, mailbox: Mailbox, at: datetime) -> None:
    """Take away a mailbox that no mail ever came to or went from; others are paused."""
    require_postmaster(actor)
    with transaction.atomic():
        row = _locked(mailbox)
        if row.mails.exists() or row.deliveries.exists():
            raise Conflict(_("Mail has gone through this mailbox, and its record stays. Pause it instead."))
        record(MailboxChanged(mailbox=row.pk, fields=["removed"]), actor=actor, at=at)
        row.delete()


def _locked(mailbox: Mailbox) -> Mailbox:
    row = Mailbox.objects.select_for_update(of=("self",)).filter(pk=mailbox.pk).first()
    if row is None:
        raise Missing(_("This mailbox does not exist."))
    return row


def _fields(given: dict[str, Any]) -> dict[str, Any]:
    """What is given by the names of columns, secrets sealed."""
    fields = {name: value for name, value in given.items() if name in OPEN}
    if "address" in fields:
        fields["address"] = str(fields["address"]).strip().lower()
    fields |= {name: vault.seal(given[name]) for name in SECRETS if given.get(name)}
    return fields


def _check(mailbox: Mailbox) -> None:
    if not mailbox.name.strip():
        raise Invalid(_("A mailbox needs a name."), field="name")
    try:
        mailbox.clean_fields()
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise Invalid(messages[0], field=field) from error
    if "+" in mailbox.address:
        raise Invalid(_("Give the address without a plus; tags are added by the desk."), field="address")
    if mailbox.auto_reply and not (mailbox.auto_reply_zh.strip() or mailbox.auto_reply_en.strip()):
        raise Invalid(_("Write the automatic reply in at least one language."), field="auto_reply_zh")


def _save(mailbox: Mailbox) -> None:
    try:
        with transaction.atomic():
            mailbox.save()
    except IntegrityError as error:
        raise Conflict(_("There is a mailbox with this address already."), code="taken") from error
