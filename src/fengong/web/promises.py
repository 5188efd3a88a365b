"""Which promise of a ticket counts next, and how urgent it is. Read by every list, clock and reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from fengong.web import words

SOON = timedelta(minutes=30)


@dataclass(frozen=True)
class Promise:
    """One promised time: `kind` is first_response or resolution, `state` is late, soon or fine."""

    kind: str
    due: datetime
    state: str
    now: datetime

    @property
    def label(self) -> str:
        """What was promised, in words."""
        return _("First response") if self.kind == "first_response" else _("Resolution")

    @property
    def state_sentence(self) -> str:
        """Promise and state, where the time stands beside it."""
        if self.state == "late":
            return _("%(promise)s is overdue") % {"promise": self.label}
        return _("%(promise)s is due soon") % {"promise": self.label}

    @property
    def sentence(self) -> str:
        """Promise, state and time as one sentence, for those who do not see the shape."""
        time = words.until(self.due, self.now)
        if self.state == "late":
            return _("%(promise)s overdue: %(time)s") % {"promise": self.label, "time": time}
        return _("%(promise)s due in %(time)s") % {"promise": self.label, "time": time}


def next_promise(ticket: Any, now: datetime) -> Promise | None:
    """The first response until it is given, then the resolution; None once resolved or where nothing is promised."""
    if ticket.resolved_at is not None:
        return None
    if ticket.first_responded_at is None and ticket.first_response_due:
        return _promise("first_response", ticket.first_response_due, now)
    return _promise("resolution", ticket.resolution_due, now) if ticket.resolution_due else None


def _promise(kind: str, due: datetime, now: datetime) -> Promise:
    state = "late" if due < now else "soon" if due - now <= SOON else "fine"
    return Promise(kind=kind, due=due, state=state, now=now)
