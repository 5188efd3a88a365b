"""Verbs on answers that are sent later: planned by their writer, sent once by a sweep, or back in the drafts.

An answer was written to what stood there then. When the customer writes before its time, nobody sends it unread: it
becomes its writer's draft again, with a notice.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from fengong.desk.actions.attachments import send_with
from fengong.desk.actions.drafts import keep_draft
from fengong.desk.actions.locking import locked
from fengong.desk.actions.messages import reply
from fengong.desk.actions.tickets import pend_ticket, resolve_ticket
from fengong.desk.events import ReplyScheduled, ReplyUnscheduled
from fengong.desk.models import Message, ScheduledReply, Ticket
from fengong.desk.policies import require_author
from fengong.desk.reading import scheduled as reading
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Conflict, Invalid, Refused
from fengong.kernel.spine import record
from fengong.people.models import Member
from fengong.people.policies import require

FARTHEST = timedelta(days=366)
THEN = ("", "resolve", "pause")
AT_ONCE = 50
State = ScheduledReply.State


def schedule_reply(
    *,
    actor: Actor,
    ticket: Ticket,
    member: Member,
    body: str,
    due_at: datetime,
    at: datetime,
    then: str = "",
    attachments: list[int] | None = None,
) -> ScheduledReply:
    """Let an answer be sent at a later time, in its writer's name."""
    require(actor, "ticket.work")
    require_author(actor, member)
    _check(body, due_at, at)
    if then not in THEN:
        raise Invalid(_("An answer can be followed by resolving or waiting, by nothing else."), field="then")
    with transaction.atomic():
        row = locked(ticket)
        planned = ScheduledReply.objects.create(
            ticket=row,
            member=member,
            body=body,
            then=then,
            attachments=list(attachments or []),
            due_at=due_at,
            created_at=at,
        )
        fact = ReplyScheduled(ticket=row.pk, member=member.pk, scheduled=planned.pk, due=due_at.isoformat())
        record(fact, actor=actor, at=at)
    return planned


def change_scheduled(
    *, actor: Actor, scheduled: ScheduledReply, at: datetime, body: str, due_at: datetime
) -> ScheduledReply:
    """Write it anew or give it another time, as long as it has not been sent."""
    require_author(actor, scheduled.member)
    _check(body, due_at, at)
    with transaction.atomic():
        row = _waiting(scheduled)
        row.body, row.due_at, row.created_at = body, due_at, at
        row.save(update_fields=["body", "due_at", "created_at"])
        fact = ReplyScheduled(
            ticket=row.ticket_id, member=row.member_id, scheduled=row.pk, due=due_at.isoformat()
        )
        record(fact, actor=actor, at=at)
    return row


def cancel_scheduled(*, actor: Actor, scheduled: ScheduledReply, at: datetime) -> ScheduledReply:
    """Do not send it; its words lie in its writer's drafts again."""
    if not actor.may("ticket.assign"):
        require_author(actor, scheduled.member)
    with transaction.atomic():
        return _take_back(_waiting(scheduled), State.CANCELLED, "cancelled", actor=actor, at=at)


def send_due(*, actor: Actor, at: datetime) -> int:
    """Send each answer whose time has come, once; give back those that no longer fit. Returns how many were sent."""
    for overtaken in reading.overtaken(AT_ONCE):
        _settle(overtaken, actor=actor, at=at)
    return sum(_settle(due, actor=actor, at=at) for due in reading.due(at, AT_ONCE))


def _settle(found: ScheduledReply, *, actor: Actor, at: datetime) -> bool:
    """Send one, or give it back; under the ticket's lock, so that no two workers do it twice."""
    try:
        with transaction.atomic():
            locked(found.ticket)
            row = _waiting(found)
            if reading.is_overtaken(row):
                _take_back(row, State.RETURNED, "overtaken", actor=actor, at=at)
                return False
            if row.due_at > at:
                return False
            row.message = _send(row, at)
            row.state = State.SENT
            row.save(update_fields=["message", "state"])
            return True
    except Refused as refusal:
        if refusal.code != "not_waiting":
            _give_back_refused(found, actor=actor, at=at)
    return False


def _send(row: ScheduledReply, at: datetime) -> Message:
    writer = row.member
    message = reply(actor=writer, ticket=row.ticket, member=writer, body=row.body, at=at)
    send_with(actor=writer, message=message, attachments=row.attachments, at=at)
    ticket = Ticket.objects.get(pk=row.ticket_id)
    if row.then == "resolve":
        resolve_ticket(actor=writer, ticket=ticket, at=at)
    elif row.then == "pause" and ticket.status == Ticket.Status.OPEN:
        pend_ticket(actor=writer, ticket=ticket, at=at)
    return message


def _give_back_refused(found: ScheduledReply, *, actor: Actor, at: datetime) -> None:
    with transaction.atomic():
        locked(found.ticket)
        _take_back(_waiting(found), State.RETURNED, "refused", actor=actor, at=at)


def _take_back(
    row: ScheduledReply, state: ScheduledReply.State, reason: str, *, actor: Actor, at: datetime
) -> ScheduledReply:
    row.state = state
    row.save(update_fields=["state"])
    writer = row.member
    if writer.may("ticket.read"):
        typed = reading.typed(row)
        body = f"{typed.rstrip()}\n\n{row.body}" if typed.strip() else row.body
        keep_draft(
            actor=writer,
            ticket=row.ticket,
            member=writer,
            kind="reply",
            body=body,
            fields={"then": row.then},
            notice=reason,
            at=at,
        )
    fact = ReplyUnscheduled(ticket=row.ticket_id, member=row.member_id, scheduled=row.pk, reason=reason)
    record(fact, actor=actor, at=at)
    return row


def _waiting(scheduled: ScheduledReply) -> ScheduledReply:
    rows = ScheduledReply.objects.select_for_update(of=("self",)).select_related("member__position", "ticket")
    row = rows.filter(pk=scheduled.pk, state=State.WAITING).first()
    if row is None:
        raise Conflict(_("This answer has been sent or taken back already."), code="not_waiting")
    return row


def _check(body: str, due_at: datetime, at: datetime) -> None:
    if not body.strip():
        raise Invalid(_("The message is empty."), field="body")
    if not at < due_at <= at + FARTHEST:
        raise Invalid(_("Choose a time to come, within a year."), field="due_at")
