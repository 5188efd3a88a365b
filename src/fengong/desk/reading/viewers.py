"""Named reads of who looks at which ticket."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from fengong.desk.models import Ticket, Viewer
from fengong.people.models import Member

GONE = timedelta(seconds=45)
"""Who has not been heard of for that long has closed the page without a word."""


def viewers_of(tickets: Iterable[int], *, but: Member, at: datetime) -> dict[int, list[Viewer]]:
    """Who else looks at these tickets now, in one statement; those who write first."""
    found: dict[int, list[Viewer]] = defaultdict(list)
    rows = Viewer.objects.filter(ticket_id__in=list(tickets), seen_at__gt=at - GONE).exclude(member=but)
    for row in rows.select_related("member").order_by("-typing", "id"):
        found[row.ticket_id].append(row)
    return dict(found)


def viewers(ticket: Ticket, *, but: Member, at: datetime) -> list[Viewer]:
    """Who else looks at a ticket now."""
    return viewers_of([ticket.pk], but=but, at=at).get(ticket.pk, [])


def stirred_since(moment: datetime) -> list[tuple[int, int, datetime]]:
    """Tickets at which somebody came, left or began to write after then: ticket, member, when."""
    rows = Viewer.objects.filter(changed_at__gt=moment).order_by("changed_at")
    return list(rows.values_list("ticket_id", "member_id", "changed_at")[:500])


def is_answering(ticket: Ticket, *, at: datetime) -> bool:
    """Whether a member is writing to the customer just now."""
    here = Viewer.objects.filter(ticket=ticket, seen_at__gt=at - GONE)
    return here.filter(typing="reply").exists()
