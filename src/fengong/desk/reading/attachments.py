"""Named reads of files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import QuerySet, Sum

from fengong.desk.models import Attachment, Ticket


def attachment(pk: int) -> Attachment | None:
    """One file with its ticket and message."""
    return Attachment.objects.select_related("ticket", "message").filter(pk=pk).first()


def of_ticket(ticket: Ticket) -> QuerySet[Attachment]:
    """All files of a ticket, oldest first."""
    return Attachment.objects.filter(ticket=ticket).order_by("id")


def by_message(ticket: Ticket) -> dict[int | None, list[Attachment]]:
    """A ticket's files by the message they came with, in one statement; under None those of the ticket itself."""
    found: dict[int | None, list[Attachment]] = defaultdict(list)
    for file in of_ticket(ticket):
        found[file.message_id].append(file)
    return dict(found)


def unsent(ticket: Ticket, by: str) -> QuerySet[Attachment]:
    """What somebody has uploaded to a ticket and not sent with a message."""
    return of_ticket(ticket).filter(message__isnull=True, by=by)


def inline_paths(attachments: Iterable[Attachment]) -> dict[str, str]:
    """Where the pictures inside a mail's text are served, by content id."""
    return {file.content_id: file.path for file in attachments if file.content_id and file.is_image}


def total_size(ticket: Ticket) -> int:
    """Bytes that a ticket's files take."""
    return Attachment.objects.filter(ticket=ticket).aggregate(size=Sum("size"))["size"] or 0


def unchecked(limit: int) -> QuerySet[Attachment]:
    """Files that still have to be checked, oldest first."""
    return Attachment.objects.filter(state=Attachment.State.WAITING).order_by("id")[:limit]
