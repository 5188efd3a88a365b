"""Named reads of single messages."""

from __future__ import annotations

from fengong.desk.models import Message


def message(pk: int) -> Message | None:
    """One message with its ticket and who wrote it."""
    return Message.objects.select_related("ticket", "member", "contact").filter(pk=pk).first()
