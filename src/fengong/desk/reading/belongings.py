"""What hangs on a ticket at all, asked once, so that a page need not ask for what is not there."""

from __future__ import annotations

from django.db.models import Exists, OuterRef

from fengong.desk.models import Attachment, Draft, ScheduledReply, SideConversation, Ticket
from fengong.people.models import Member


def belongings(ticket: Ticket, member: Member) -> frozenset[str]:
    """Which of `drafts` (the member's), `planned`, `sides` and `files` a ticket has."""
    of_it = {"ticket": OuterRef("pk")}
    asked = {
        "drafts": Draft.objects.filter(member=member, **of_it),
        "planned": ScheduledReply.objects.filter(state=ScheduledReply.State.WAITING, **of_it),
        "sides": SideConversation.objects.filter(**of_it),
        "files": Attachment.objects.filter(**of_it),
    }
    found = (
        Ticket.objects.filter(pk=ticket.pk).values_list(*(Exists(rows) for rows in asked.values())).first()
    )
    return frozenset(name for name, is_there in zip(asked, found or (), strict=False) if is_there)
