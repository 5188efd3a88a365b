"""Named reads of answers that are to be sent later."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, F, OuterRef, QuerySet

from fengong.desk.models import Draft, Message, ScheduledReply, Ticket

WAITING = ScheduledReply.State.WAITING


def scheduled(pk: int) -> ScheduledReply | None:
    """One of them, in whatever state."""
    return ScheduledReply.objects.select_related("ticket", "member__position").filter(pk=pk).first()


def scheduled_on(ticket: Ticket) -> QuerySet[ScheduledReply]:
    """Those of a ticket that still wait, the nearest first."""
    found = ScheduledReply.objects.filter(ticket=ticket, state=WAITING)
    return found.select_related("member").order_by("due_at", "id")


def due(at: datetime, limit: int) -> QuerySet[ScheduledReply]:
    """Those whose time has come."""
    found = ScheduledReply.objects.filter(state=WAITING, due_at__lte=at)
    return found.select_related("ticket").order_by("due_at", "id")[:limit]


def overtaken(limit: int) -> QuerySet[ScheduledReply]:
    """Those whose customer has written since they were planned."""
    found = ScheduledReply.objects.filter(Exists(_later()), state=WAITING)
    return found.select_related("ticket").order_by("id")[:limit]


def is_overtaken(row: ScheduledReply) -> bool:
    """Whether the customer has written since it was planned."""
    return ScheduledReply.objects.filter(Exists(_later()), pk=row.pk).exists()


def typed(row: ScheduledReply) -> str:
    """What its writer has in the composer of that ticket now."""
    found = Draft.objects.filter(member=row.member_id, ticket=row.ticket_id, kind="reply")
    return found.values_list("body", flat=True).first() or ""


def _later() -> QuerySet[Message]:
    return Message.objects.filter(
        ticket=OuterRef("ticket"),
        kind=Message.Kind.PUBLIC,
        member__isnull=True,
        at__gt=OuterRef("created_at"),
    ).order_by(F("at").desc())
