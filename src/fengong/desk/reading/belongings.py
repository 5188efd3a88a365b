"""What hangs on a ticket at all, asked once, so that a page need not ask for what is not there."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from fengong.desk.models import Attachment, Draft, ScheduledReply, SideConversation, Tagging, Ticket, Watcher
from fengong.kernel.prepared import Prepared
from fengong.people.models import Member

NAMES = ("drafts", "watches", "planned", "sides", "files", "tags")


def belongings(ticket: Ticket, member: Member) -> frozenset[str]:
    """Which of `drafts` and `watches` (both the member's), `planned`, `sides`, `files` and `tags` a ticket has."""
    rows = _ASKED.rows(ticket=ticket.pk, member=member.pk)
    found = rows[0] if rows else ()
    return frozenset(name for name, is_there in zip(NAMES, found, strict=False) if is_there)


def _ask(ticket: int, member: int) -> QuerySet[Ticket, Any]:
    of_it = {"ticket": OuterRef("pk")}
    asked = (
        Draft.objects.filter(member=member, **of_it),
        Watcher.objects.filter(member=member, **of_it),
        ScheduledReply.objects.filter(state=ScheduledReply.State.WAITING, **of_it),
        SideConversation.objects.filter(**of_it),
        Attachment.objects.filter(**of_it),
        Tagging.objects.filter(**of_it),
    )
    return Ticket.objects.filter(pk=ticket).order_by().values_list(*(Exists(rows) for rows in asked))


_ASKED = Prepared(_ask, "ticket", "member")
