"""Fetching the mail of every mailbox, one after the other; one that fails is asked again after a growing pause."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from fengong.integrations.mail import queries, vault
from fengong.integrations.mail.actions import MAIL
from fengong.integrations.mail.actions.keeping import keep_mail
from fengong.integrations.mail.events import MailboxRecovered, MailFailedToFetch
from fengong.integrations.mail.models import Mailbox
from fengong.integrations.mail.wire.imap import Folder
from fengong.integrations.mail.wire.server import Server, Unreachable
from fengong.kernel import lease
from fengong.kernel.actor import Actor
from fengong.kernel.heartbeat import process_name
from fengong.kernel.spine import record
from fengong.people.policies import require

EVERY = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(minutes=5)
AT_ONCE = 50
"""Mails of one mailbox in one round, so that a full one does not keep the others waiting."""
LEASE_SECONDS = 60.0
"""How long a dead worker keeps others from its mailbox. Two that read the same one do no harm, so it may be short."""
OVERLAP = timedelta(days=2)


def fetch_due(*, actor: Actor, at: datetime) -> int:
    """Fetch from the mailboxes whose turn it is; returns how many mails were written down."""
    return sum(fetch(actor=actor, mailbox=mailbox, at=at) for mailbox in list(queries.to_fetch(at)))


def fetch(*, actor: Actor, mailbox: Mailbox, at: datetime) -> int:
    """Fetch what is new in one mailbox. Its trouble is written on it and goes no further."""
    require(actor, "ticket.open")
    name, holder = f"mailbox:{mailbox.pk}", process_name("mail")
    if not lease.acquire(name=name, holder=holder, at=at, seconds=LEASE_SECONDS):
        return 0
    try:
        count = _collect(mailbox, at)
        _note_success(mailbox, at, soon=count >= AT_ONCE)
        return count
    except Unreachable as trouble:
        _note_trouble(mailbox, trouble.message, at)
        return 0
    finally:
        lease.release(name=name, holder=holder)


def imap_server(mailbox: Mailbox) -> Server:
    """Where its mail is fetched; Unreachable when the password cannot be read any more."""
    return Server(
        host=mailbox.imap_host,
        port=mailbox.imap_port,
        security=mailbox.imap_security,
        user=mailbox.imap_user,
        secret=secret_of(mailbox.imap_secret),
    )


def secret_of(sealed: str) -> str:
    """A password, opened."""
    try:
        return vault.unseal(sealed)
    except vault.Unreadable as error:
        raise Unreachable(
            "The password was stored under another secret key. Type it again.", permanent=True
        ) from error


def _collect(mailbox: Mailbox, at: datetime) -> int:
    """Write down what is new. The mark moves with each mail, so whoever is stopped goes on where they were."""
    with Folder(imap_server(mailbox), mailbox.folder, writable=bool(mailbox.move_to)) as folder:
        if mailbox.uid_validity not in (None, folder.uid_validity):
            return _collect_again(mailbox, folder, at)
        if mailbox.last_uid is None:
            _mark(mailbox, folder.uid_validity, 0 if mailbox.take_existing else folder.uid_next - 1)
        uids = folder.after(mailbox.last_uid or 0)[:AT_ONCE]
        for uid in uids:
            _take_down(mailbox, folder, uid, at)
            _mark(mailbox, folder.uid_validity, uid)
        return len(uids)


def _collect_again(mailbox: Mailbox, folder: Folder, at: datetime) -> int:
    """The server has numbered the folder anew: look through the last days, where what we have is known by its key."""
    since = (mailbox.fetched_at or at) - OVERLAP
    uids = folder.since(since.date())
    for uid in uids:
        _take_down(mailbox, folder, uid, at)
    _mark(mailbox, folder.uid_validity, max([*uids, folder.uid_next - 1]))
    return len(uids)


def _take_down(mailbox: Mailbox, folder: Folder, uid: int, at: datetime) -> None:
    raw = folder.raw(uid)
    if raw is None:
        return
    keep_mail(actor=MAIL, mailbox=mailbox, raw=raw, at=at, uid=uid)
    if mailbox.move_to:
        folder.move(uid, mailbox.move_to)


def _mark(mailbox: Mailbox, uid_validity: int, uid: int) -> None:
    mailbox.uid_validity, mailbox.last_uid = uid_validity, uid
    mailbox.save(update_fields=["uid_validity", "last_uid"])


def _note_success(mailbox: Mailbox, at: datetime, *, soon: bool) -> None:
    was_broken = bool(mailbox.last_error)
    mailbox.failures, mailbox.last_error, mailbox.fetched_at = 0, "", at
    mailbox.next_fetch_at = at if soon else at + EVERY
    with transaction.atomic():
        mailbox.save(update_fields=["failures", "last_error", "fetched_at", "next_fetch_at"])
        if was_broken:
            record(MailboxRecovered(mailbox=mailbox.pk), actor=MAIL, at=at)


def _note_trouble(mailbox: Mailbox, message: str, at: datetime) -> None:
    """Write down why, and wait longer each time."""
    first = not mailbox.last_error
    mailbox.failures, mailbox.last_error = mailbox.failures + 1, message[:500]
    mailbox.next_fetch_at = at + min(EVERY * 2 ** min(mailbox.failures, 8), LONGEST_PAUSE)
    with transaction.atomic():
        mailbox.save(update_fields=["failures", "last_error", "next_fetch_at"])
        if first:
            record(MailFailedToFetch(mailbox=mailbox.pk, error=mailbox.last_error), actor=MAIL, at=at)
