"""Who looks at a ticket and who writes on it: told through one small table, at most one write a viewer in a while.

A page says every twenty seconds that it is still open. The row is written when somebody comes, begins or stops
writing, or leaves, and otherwise only when the last word is older than `RENEWED`. None of it is a fact of the matter,
so the spine hears nothing.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from fengong.desk.models import Mention, Ticket, Viewer
from fengong.desk.policies import require_author, require_reading
from fengong.desk.reading.viewers import GONE
from fengong.kernel.actor import Actor
from fengong.people.models import Member

RENEWED = timedelta(seconds=18)
FORGOTTEN = timedelta(hours=6)
KINDS = ("reply", "note", "escalate")


def look_at(*, actor: Actor, ticket: Ticket, member: Member, at: datetime, typing: str = "") -> bool:
    """Say that a member looks at a ticket, and what they write there. Returns whether others see a difference."""
    require_author(actor, member)
    require_reading(member, ticket)
    typing = typing if typing in KINDS else ""
    row = Viewer.objects.filter(ticket=ticket, member=member).first()
    was_here = row is not None and row.seen_at is not None and row.seen_at > at - GONE
    if row is None or not was_here or row.typing != typing:
        return _came(ticket, member, typing, at)
    if row.seen_at is not None and row.seen_at <= at - RENEWED:
        Viewer.objects.filter(pk=row.pk).update(seen_at=at)
    return False


def look_away(*, actor: Actor, ticket: Ticket, member: Member, at: datetime) -> None:
    """Say that they have left it."""
    require_author(actor, member)
    Viewer.objects.filter(ticket=ticket, member=member, seen_at__isnull=False).update(
        seen_at=None, typing="", changed_at=at
    )


def forget_viewers(*, actor: Actor, at: datetime) -> int:
    """Remove the rows of those who have long gone; returns how many."""
    old = at - FORGOTTEN
    long_gone = Q(seen_at__lt=old) | Q(seen_at__isnull=True, changed_at__lt=old)
    return Viewer.objects.filter(long_gone).delete()[0]


def _came(ticket: Ticket, member: Member, typing: str, at: datetime) -> bool:
    with transaction.atomic():
        Viewer.objects.update_or_create(
            ticket=ticket, member=member, defaults={"seen_at": at, "typing": typing, "changed_at": at}
        )
        Mention.objects.filter(ticket=ticket, member=member, seen_at__isnull=True).update(seen_at=at)
    return True
