"""Named reads of words not sent yet."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from fengong.desk.models import Draft, Ticket
from fengong.kernel.spine import history
from fengong.people.models import Member

SENT = {
    "reply": ("ticket.replied", "ticket.reply_scheduled"),
    "note": ("ticket.noted",),
    "escalate": ("ticket.escalated", "ticket.deescalated"),
    "side": ("ticket.side_started", "ticket.side_replied"),
}
"""The facts by which words of a kind are sent."""


def drafts_on(ticket: Ticket, member: Member) -> dict[str, Draft]:
    """A member's drafts on a ticket, by kind."""
    return {draft.kind: draft for draft in Draft.objects.filter(ticket=ticket, member=member)}


def drafts_of(member: Member) -> QuerySet[Draft]:
    """All of a member's drafts with their tickets, the newest first."""
    return Draft.objects.filter(member=member).select_related("ticket").order_by("-updated_at")


def drafted(tickets: QuerySet[Ticket], member: Member) -> QuerySet[Ticket]:
    """Tickets with `has_draft`, for a list that asks once."""
    return tickets.alias().annotate(
        has_draft=Exists(Draft.objects.filter(ticket=OuterRef("pk"), member=member))
    )


def sent_since(ticket: Ticket, member: Member, kind: str, heard: int) -> bool:
    """Whether the member has sent such words on a ticket after the fact of that number."""
    verbs = SENT[kind.partition("-")[0]]
    return history("ticket", ticket.pk).filter(seq__gt=heard, actor=member.ref, verb__in=verbs).exists()
