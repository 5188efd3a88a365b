"""Stopping an answer that was written to something that is no longer so."""

from __future__ import annotations

from django.utils.translation import gettext as _

from fengong.desk.models import Ticket
from fengong.desk.reading.freshness import stops_since
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Conflict


def require_fresh(*, writer: Actor, ticket: Ticket, heard: int | None) -> None:
    """Conflict when, after the fact number `heard`, the matter took a turn that the writer has not seen.

    A step of verbs that hold the ticket's lock. What does not bear on an answer (a tag, a note, a file) stops nobody,
    nor does what the writer did themselves.
    """
    if heard is not None and stops_since(ticket, heard, but=writer).exists():
        raise Conflict(
            _("The ticket has changed since you opened it. Look at the change, then send again."),
            code="stale",
        )
