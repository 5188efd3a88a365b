"""Named reads of widgets and visitors."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import F, Max, Q, QuerySet
from django.db.models.functions import Greatest

from fengong.desk.models import Message, Ticket
from fengong.integrations.widget.models import Visitor, Widget

REMEMBERED = timedelta(days=14)
"""How long after their last visit unread answers still go after a visitor."""


def widgets() -> QuerySet[Widget]:
    """All widgets."""
    return Widget.objects.order_by("name", "id")


def widget(pk: int) -> Widget | None:
    """One widget."""
    return Widget.objects.filter(pk=pk).first()


def widget_by_token(token: str) -> Widget | None:
    """The active widget with this public name."""
    return Widget.objects.filter(token=token, active=True).first()


def visitor_by_secret(secret: str) -> Visitor | None:
    """The visitor who holds this secret, with what their window shows."""
    if not secret:
        return None
    known = Visitor.objects.select_related("widget", "contact", "ticket__customer", "ticket__merged_into")
    return known.filter(digest=Visitor.digest_of(secret), widget__active=True).first()


def visitor(pk: int) -> Visitor | None:
    """One visitor with their ticket."""
    return Visitor.objects.select_related("widget", "ticket__customer").filter(pk=pk).first()


def is_present(ticket_id: int, *, at: datetime) -> bool:
    """Whether somebody has the chat of this ticket open before them."""
    return Visitor.objects.filter(ticket_id=ticket_id, present_until__gt=at).exists()


def is_typing(ticket_id: int, *, at: datetime) -> bool:
    """Whether the visitor of this ticket is writing."""
    return Visitor.objects.filter(ticket_id=ticket_id, typing_until__gt=at).exists()


def typing_since(moment: datetime) -> list[tuple[int, int, datetime]]:
    """Visitors who have been writing after then: ticket, visitor, until when that counts."""
    rows = Visitor.objects.filter(typing_until__gt=moment, ticket__isnull=False, last_seen_at__gt=moment)
    found = rows.order_by("typing_until").values_list("ticket_id", "pk", "typing_until")[:500]
    return [(ticket, pk, until) for ticket, pk, until in found if ticket and until]


def ticket_of(visitor: Visitor) -> Ticket | None:
    """The ticket a visitor's window shows: theirs, or the one it was merged into if that is the same customer's."""
    ticket = visitor.ticket
    merged = ticket.merged_into if ticket else None
    return merged if ticket and merged and merged.customer_id == ticket.customer_id else ticket


def answers(visitor: Visitor) -> QuerySet[Message]:
    """What the desk has answered on a visitor's ticket."""
    return Message.objects.filter(
        ticket_id=visitor.ticket_id or 0, kind=Message.Kind.PUBLIC, contact__isnull=True
    ).order_by("id")


def left_unread(*, at: datetime, limit: int = 100) -> QuerySet[Visitor]:
    """Visitors who went away, left an address, and have answers that they have not read and mail has not brought."""
    ours = Q(ticket__messages__kind=Message.Kind.PUBLIC, ticket__messages__contact__isnull=True)
    gone = Visitor.objects.filter(
        last_seen_at__gt=at - REMEMBERED,
        present_until__lte=at,
        ticket__isnull=False,
        ticket__customer__email__isnull=False,
    )
    newest = gone.annotate(newest=Max("ticket__messages__id", filter=ours))
    return newest.filter(newest__gt=Greatest(F("read"), F("handed"))).select_related("widget", "ticket")[
        :limit
    ]
