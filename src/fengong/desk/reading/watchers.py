"""Named reads of who follows what."""

from __future__ import annotations

from django.db.models import QuerySet

from fengong.desk.models import Ticket, Watcher
from fengong.people.models import Member


def watchers(of: Ticket) -> QuerySet[Watcher]:
    """Who follows a ticket, the longest first."""
    return Watcher.objects.filter(ticket=of).select_related("member__position").order_by("id")


def is_watching(member: Member, ticket: Ticket) -> bool:
    """Whether a member follows a ticket."""
    return Watcher.objects.filter(ticket=ticket, member=member).exists()


def watched_by(member: Member) -> QuerySet[Ticket]:
    """The tickets a member follows."""
    return Ticket.objects.filter(watchers__member=member)
