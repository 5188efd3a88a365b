"""Sending what is due: claimed in one transaction, handed over without one, settled in another."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import groupby

from django.db import transaction
from django.db.models import F

from fengong.integrations.mail import queries
from fengong.integrations.mail.actions import MAIL
from fengong.integrations.mail.actions.addressing import outgoing_for
from fengong.integrations.mail.actions.bouncing import tell
from fengong.integrations.mail.actions.fetching import secret_of
from fengong.integrations.mail.events import MailFailed, ReplyMailed
from fengong.integrations.mail.models import Delivery, Mailbox
from fengong.integrations.mail.wire.server import Server, Unreachable
from fengong.integrations.mail.wire.smtp import Line, Refusal
from fengong.integrations.mail.writing.compose import compose
from fengong.kernel.actor import Actor
from fengong.kernel.spine import record
from fengong.people.policies import require

AT_ONCE = 50
CLAIM = timedelta(minutes=10)
"""How long a claim holds: longer than any server takes, so that only a dead worker's claim runs out."""
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 720, 720))
"""Waits after each failure; after the last, some two days after the first attempt, the mail has failed."""
WAITING = (Delivery.State.WAITING, Delivery.State.DELAYED)

logger = logging.getLogger(__name__)


def send_due(*, actor: Actor, at: datetime) -> int:
    """Send the mails whose time has come; returns how many were sent."""
    require(actor, "ticket.work")
    due = sorted(queries.due_deliveries(at)[:AT_ONCE], key=lambda each: (each.mailbox_id, each.pk))
    groups = groupby(due, key=lambda each: each.mailbox_id)
    return sum(_send_all(list(deliveries), at) for _mailbox, deliveries in groups)


def smtp_server(mailbox: Mailbox) -> Server:
    """Where its mail is sent; Unreachable when the password cannot be read any more."""
    return Server(
        host=mailbox.smtp_host,
        port=mailbox.smtp_port,
        security=mailbox.smtp_security,
        user=mailbox.smtp_user,
        secret=secret_of(mailbox.smtp_secret),
    )


def _send_all(deliveries: list[Delivery], at: datetime) -> int:
    """Send the mails of one mailbox over one line, each claimed as its turn comes. Without a line all are put off."""
    mailbox, left, sent = deliveries[0].mailbox, list(deliveries), 0
    ours: Delivery | None = None
    try:
        with Line(smtp_server(mailbox)) as line:
            while left:
                ours = left[0] if _claim(left[0], at) else None
                sent += _send(line, ours, at) if ours else 0
                left.pop(0)
    except Unreachable as trouble:
        _note_trouble(mailbox, trouble.message)
        for delivery in left:
            if delivery is ours or _claim(delivery, at):
                _put_off(delivery, trouble.message, at)
        return sent
    if mailbox.send_error:
        _note_trouble(mailbox, "")
    return sent


def _claim(delivery: Delivery, at: datetime) -> bool:
    """Make the mail ours for a while; false when another worker was first."""
    free = Delivery.objects.filter(pk=delivery.pk, state__in=WAITING, next_try_at__lte=at)
    if not free.update(next_try_at=at + CLAIM, attempts=F("attempts") + 1):
        return False
    delivery.attempts += 1
    return True


def _send(line: Line, delivery: Delivery, at: datetime) -> int:
    try:
        message = compose(outgoing_for(delivery, at))
        refused = line.send(message, sender=delivery.mailbox.address, recipients=[*delivery.to, *delivery.cc])
    except Refusal as refusal:
        _fail(delivery, refusal.message, at) if refusal.permanent else _put_off(delivery, refusal.message, at)
        return 0
    except Unreachable:
        raise
    except Exception as error:  # a mail that cannot even be composed must not hold up the others
        logger.exception("Delivery %s could not be composed", delivery.pk)
        _put_off(delivery, f"{type(error).__name__}: {error}", at)
        return 0
    _settle(delivery, refused, at)
    return 1


def _settle(delivery: Delivery, refused: dict[str, str], at: datetime) -> None:
    """It is on its way. Who was refused beside others that were taken is named."""
    error = "; ".join(f"{address}: {answer}" for address, answer in refused.items())[:500]
    with transaction.atomic():
        Delivery.objects.filter(pk=delivery.pk).update(
            state=Delivery.State.SENT, sent_at=at, next_try_at=None, last_error=error
        )
        record(ReplyMailed(ticket=delivery.ticket_id, delivery=delivery.pk), actor=MAIL, at=at)
        if error:
            _tell_all(delivery, refused, at)


def _put_off(delivery: Delivery, error: str, at: datetime) -> None:
    """Try again later, or give up when that was said often enough."""
    if delivery.attempts > len(PAUSES):
        _fail(delivery, error, at)
        return
    Delivery.objects.filter(pk=delivery.pk).update(
        state=Delivery.State.DELAYED,
        next_try_at=at + PAUSES[delivery.attempts - 1],
        last_error=_stored(error),
    )


def _fail(delivery: Delivery, error: str, at: datetime) -> None:
    address = next(iter(delivery.to), "")
    with transaction.atomic():
        Delivery.objects.filter(pk=delivery.pk).update(
            state=Delivery.State.FAILED, next_try_at=None, last_error=_stored(error)
        )
        _tell_all(delivery, {address: error}, at)


def _tell_all(delivery: Delivery, refused: dict[str, str], at: datetime) -> None:
    for number, (address, why) in enumerate(refused.items()):
        external_id = f"mail-failed:{delivery.pk}.{number}"
        tell(delivery, address, why, at=at, external_id=external_id, bounced=False)
        record(
            MailFailed(ticket=delivery.ticket_id, delivery=delivery.pk, address=address), actor=MAIL, at=at
        )


def _stored(error: str) -> str:
    return error.replace("\0", "")[:500]


def _note_trouble(mailbox: Mailbox, message: str) -> None:
    Mailbox.objects.filter(pk=mailbox.pk).update(send_error=_stored(message))


def retry_deliveries(*, actor: Actor, deliveries: Iterable[Delivery], at: datetime) -> int:
    """Try at once what was put off or has failed; returns how many."""
    require(actor, "ticket.work")
    again = (*WAITING, Delivery.State.FAILED)
    found = Delivery.objects.filter(pk__in=[each.pk for each in deliveries], state__in=again)
    return found.update(state=Delivery.State.WAITING, next_try_at=at, attempts=0)
