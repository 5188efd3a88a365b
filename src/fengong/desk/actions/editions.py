"""The step by which a change of policies or calendars reaches every process and every open ticket."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from fengong.desk.models import PromiseEdition, Ticket


def new_edition(*, at: datetime) -> None:
    """Make what processes remember stale, and have the sweep look at every ticket that is not resolved.

    A recomputation that is cut off is taken up again: the tickets that are left still say that they are due.
    """
    PromiseEdition.objects.update_or_create(pk=1, defaults={"token": uuid4().hex})
    Ticket.objects.exclude(status=Ticket.Status.RESOLVED).exclude(clock={}).update(next_step_at=at)
