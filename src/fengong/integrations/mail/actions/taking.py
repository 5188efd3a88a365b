"""The second step with every mail: making of it what it is. Whatever happens, the raw mail stays and says why."""

from __future__ import annotations

import logging
import traceback
from datetime import datetime, timedelta

from django.db import OperationalError, transaction

from fengong.desk.models import Message, SideConversation, Ticket
from fengong.integrations.mail import addresses, keep, queries, vault
from fengong.integrations.mail.actions import bouncing, greeting
from fengong.integrations.mail.actions.conversing import Told, answer_side, go_on_with, note_in, open_with
from fengong.integrations.mail.actions.placing import Place, contact_of, place_of, side_of, writer_of
from fengong.integrations.mail.actions.rescuing import rescue
from fengong.integrations.mail.models import BouncingAddress, RawMail
from fengong.integrations.mail.policies import require_postmaster
from fengong.integrations.mail.reading.letter import Letter
from fengong.integrations.mail.reading.machines import DAEMONS
from fengong.integrations.mail.reading.read import read
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Refused
from fengong.people.policies import require

AT_ONCE = 50
ATTEMPTS = 3
PAUSE = timedelta(seconds=5)
State, Reason = RawMail.State, RawMail.Reason
logger = logging.getLogger(__name__)


def take_due(*, actor: Actor, at: datetime) -> int:
    """Make of the mails that have come in what they are; returns how many were settled."""
    settled = 0
    for mail in list(queries.to_take(at).select_related("mailbox__topic")[:AT_ONCE]):
        settled += take_mail(actor=actor, mail=mail, at=at).state != State.NEW
    return settled


def take_mail(*, actor: Actor, mail: RawMail, at: datetime) -> RawMail:
    """Make of one mail what it is. A mail that breaks this three times is kept as unreadable and shown."""
    require(actor, "ticket.open")
    try:
        letter = read(keep.read(mail.sha256))
        with transaction.atomic():
            return _settle(mail, letter, at)
    except OperationalError:
        raise  # the database is busy; the mail waits where it is
    except Refused as refusal:
        return _refused(mail, refusal.message)
    except Exception:
        logger.exception("Mail %s could not be taken in", mail.pk)
        return _failed(mail, traceback.format_exc(limit=-6), at)


def try_again(*, actor: Actor, mail: RawMail, at: datetime) -> RawMail:
    """Take a mail once more that was left aside or could not be read, as if a person had sent it."""
    require_postmaster(actor)
    RawMail.objects.filter(pk=mail.pk).exclude(state=State.TAKEN).update(
        state=State.NEW, attempts=ATTEMPTS - 1, next_try_at=None, error="", reason=""
    )
    mail.refresh_from_db()
    if mail.state != State.NEW:
        return mail
    try:
        letter = read(keep.read(mail.sha256))
        letter.automatic = letter.desk_mark = ""
        with transaction.atomic():
            return _settle(mail, letter, at)
    except OperationalError:
        raise
    except Refused as refusal:
        return _refused(mail, refusal.message)
    except Exception:
        return _failed(mail, traceback.format_exc(limit=-6), at)


def _settle(mail: RawMail, letter: Letter, at: datetime) -> RawMail:
    row = RawMail.objects.select_for_update(of=("self",)).select_related("mailbox__topic").get(pk=mail.pk)
    if row.state != State.NEW:
        return row
    row.subject, row.remarks = letter.subject[:300], "; ".join(letter.remarks)[:300]
    row.sender = letter.sender.email if letter.sender else ""
    _judge(row, letter, at)
    row.next_try_at = None
    row.save()
    return row


def _judge(row: RawMail, letter: Letter, at: datetime) -> None:
    """Copies, loops and bounces first; then it is somebody's letter."""
    earlier = RawMail.objects.filter(key=row.key, state=State.TAKEN).exclude(pk=row.pk).first()
    if earlier:
        _note(row, State.TAKEN, Reason.DUPLICATE, earlier.message, earlier.ticket)
    elif letter.automatic == "bounce" and letter.report:
        ticket, message = bouncing.take_report(row, letter, at)
        _note(row, State.TAKEN if ticket else State.IGNORED, Reason.BOUNCE, message, ticket)
    elif _is_loop(letter):
        _note(row, State.IGNORED, Reason.LOOP)
    else:
        _letter(row, letter, at)


def _is_loop(letter: Letter) -> bool:
    """Whether the mail is ours: by the mark the desk puts on, or from an address of ours and nobody behind it."""
    if letter.desk_mark == vault.mark("desk", "", 16):
        return True
    ours = queries.own_addresses()
    writer = writer_of(letter, ours)
    return writer is not None and addresses.untagged(writer.email) in ours


def _letter(row: RawMail, letter: Letter, at: datetime) -> None:
    writer = writer_of(letter, queries.own_addresses())
    contact = contact_of(writer, letter, row.mailbox, at) if writer else None
    if writer is None or contact is None:
        _note(row, State.UNREADABLE, Reason.NO_SENDER)
        return
    told = Told(row, letter, writer, contact, at)
    BouncingAddress.objects.filter(address=writer.email).delete()
    if side := side_of(letter, row.mailbox):
        quiet = letter.automatic in ("reply", "notice")
        _note(row, State.TAKEN, Reason.QUIET if quiet else "", _in_side(told, side, quiet=quiet))
    elif place := place_of(letter, contact, row.mailbox):
        _go_on(told, place)
    elif reason := _aside(told):
        _note(row, State.IGNORED, reason)
    else:
        _open(told)


def _in_side(told: Told, side: SideConversation, *, quiet: bool) -> Message:
    return note_in(told, side.ticket) if quiet else answer_side(told, side)


def _go_on(told: Told, place: Place) -> None:
    """The mail belongs to a ticket. Machines and strangers may not wake it, but for who holds its token."""
    row = told.mail
    if told.letter.automatic in ("reply", "notice"):
        _note(row, State.TAKEN, Reason.QUIET, note_in(told, place.ticket))
    elif place.taking_part:
        _note(row, State.TAKEN, "", go_on_with(told, place.ticket, outsider=False))
    elif place.proof == "token":
        _note(row, State.TAKEN, Reason.OUTSIDER, go_on_with(told, place.ticket, outsider=True))
    elif place.ticket.status == Ticket.Status.RESOLVED:
        _open(told)
    else:
        _note(row, State.TAKEN, Reason.HELD, note_in(told, place.ticket))


def _aside(told: Told) -> str:
    """Why a mail that belongs to no ticket opens none; blank when it does."""
    automatic = told.letter.automatic
    if automatic == "reply":
        return Reason.AUTO_REPLY
    if automatic == "bulk" and not told.mail.mailbox.take_bulk:
        return Reason.BULK
    return Reason.BOUNCE if automatic and DAEMONS.match(told.writer.email) else ""


def _open(told: Told) -> None:
    message = open_with(told)
    _note(told.mail, State.TAKEN, "", message)
    greeting.plan_auto_reply(told, message.ticket)


def _note(
    row: RawMail, state: str, reason: str, message: Message | None = None, ticket: Ticket | None = None
) -> None:
    row.state, row.reason, row.message = state, reason, message
    row.ticket = message.ticket if message else ticket


def _refused(mail: RawMail, why: str) -> RawMail:
    """A verb would not have it; the mail stays in the log with the reason."""
    mail.state, mail.reason, mail.error, mail.next_try_at = State.REFUSED, "", why, None
    mail.save(update_fields=["state", "reason", "error", "next_try_at"])
    return mail


def _failed(mail: RawMail, error: str, at: datetime) -> RawMail:
    """Wait and try again; the last time, keep it as it is and open a ticket with it where a sender is known."""
    mail.attempts, mail.error = mail.attempts + 1, error[-4000:].replace("\0", "")
    mail.next_try_at = at + PAUSE * 2**mail.attempts
    if mail.attempts >= ATTEMPTS:
        mail.state, mail.reason, mail.next_try_at = State.UNREADABLE, Reason.BROKEN, None
        mail.ticket = rescue(mail, at)
    mail.save(update_fields=["attempts", "error", "next_try_at", "state", "reason", "ticket"])
    return mail
