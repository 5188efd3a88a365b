"""The first step with every mail: writing it down as it is, once."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime

from django.db import IntegrityError, transaction

from fengong.integrations.mail import keep
from fengong.integrations.mail.models import Mailbox, RawMail
from fengong.kernel.actor import Actor
from fengong.people.policies import require

MESSAGE_ID = re.compile(rb"^message-id:\s*(<[^<>\s]{1,890}>)", re.I | re.M)
HEAD_END = re.compile(rb"\r?\n\r?\n")


def keep_mail(*, actor: Actor, mailbox: Mailbox, raw: bytes, at: datetime, uid: int | None = None) -> RawMail:
    """Write a mail down before anything is made of it; the same again returns the one that stands."""
    require(actor, "ticket.open")
    mail_id, key = identity(raw)
    if known := RawMail.objects.filter(mailbox=mailbox, key=key).first():
        return known
    sha256 = keep.put(raw)  # on disk before the row: a row without its file would be a lost mail
    fields = {"mail_id": mail_id, "sha256": sha256, "size": len(raw), "uid": uid, "received_at": at}
    try:
        with transaction.atomic():
            return RawMail.objects.create(mailbox=mailbox, key=key, **fields)
    except IntegrityError:
        return RawMail.objects.get(mailbox=mailbox, key=key)


def identity(raw: bytes) -> tuple[str, str]:
    """A mail's id and its key: id and content, so that a copy that took another way is the same, and a second mail
    under a used id is not. Without an id the whole mail is its key.
    """
    end = HEAD_END.search(raw)
    head = raw[: end.start()] if end else raw
    found = MESSAGE_ID.search(head)
    if not found:
        return "", hashlib.sha256(raw).hexdigest()
    body = raw[end.end() :] if end else b""
    content = hashlib.sha256(body.replace(b"\r\n", b"\n").strip()).digest()
    return found[1].decode("ascii", "replace"), hashlib.sha256(found[1] + content).hexdigest()
