"""Which promise of a ticket counts next, how urgent it is, and where all its clocks stand. Read by every list, clock
and reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from fengong.web import words

SOON = timedelta(minutes=30)
LABELS = {
    "first_response": pgettext_lazy("promise", "First response"),
    "next_response": pgettext_lazy("promise", "Next response"),
    "update": pgettext_lazy("promise", "Update"),
    "resolution": pgettext_lazy("promise", "Resolution"),
    "ownership": pgettext_lazy("promise", "Time on this tier"),
}


@dataclass(frozen=True)
class Promise:
    """One promised time: `kind` is one of LABELS, `state` is late, soon or fine."""

    kind: str
    due: datetime
    state: str
    time: str
    """How long until then, or by how much it has passed, in words."""

    @property
    def label(self) -> str:
        """What was promised, in words."""
        return str(LABELS[self.kind])

    @property
    def state_sentence(self) -> str:
        """Promise and state, where the time stands beside it."""
        if self.state == "late":
            return _("%(promise)s is overdue") % {"promise": self.label}
        return _("%(promise)s is due soon") % {"promise": self.label}

    @property
    def sentence(self) -> str:
        """Promise, state and time as one sentence, for those who do not see the shape."""
        told = {"promise": self.label, "time": self.time}
        return (
            _("%(promise)s overdue: %(time)s") if self.state == "late" else _("%(promise)s due in %(time)s")
        ) % told


@dataclass(frozen=True)
class Clock:
    """One clock as the ticket's page shows it. `state`: late, soon, fine, paused, kept or missed.

    While it is `paused`, `due` is not a time but what it would be if it went on; after it stopped, `settled` is when.
    """

    target: str
    due: datetime | None
    state: str
    now: datetime
    settled: datetime | None = None
    paused: datetime | None = None

    @property
    def label(self) -> str:
        """What was promised."""
        return str(LABELS[self.target])

    @property
    def sentence(self) -> str:
        """Where it stands, in words."""
        if self.state in ("kept", "missed") and self.settled:
            ago = words.ago(self.settled, self.now)
            return ago if self.state == "kept" else pgettext("promise", "%(time)s, too late") % {"time": ago}
        if self.due is None:
            return pgettext("promise", "never: the calendar has no hours")
        if self.paused:
            left = words.duration((self.due - self.paused) / timedelta(minutes=1))
            return pgettext("promise", "stands still, %(time)s left") % {"time": left}
        return words.until(self.due, self.now)


def next_promise(ticket: Any, now: datetime) -> Promise | None:
    """The promise that ends first of those that run; None once resolved, while they stand still, or without any.

    One that has passed stays the next one until it is settled.
    """
    if ticket.resolved_at is not None or ticket.paused_at is not None:
        return None
    running = [(due, target) for target in LABELS if (due := _running(ticket, target))]
    if not running:
        return None
    due, target = min(running)
    return Promise(kind=target, due=due, state=_state(due, now), time=words.until(due, now))


def clocks(ticket: Any, now: datetime) -> list[Clock]:
    """Every clock of a ticket that runs, stands still or was settled, in the order of LABELS."""
    found = []
    for target, settled in (
        ("first_response", ticket.first_responded_at),
        ("resolution", ticket.resolved_at),
    ):
        if settled and getattr(ticket, f"{target}_due"):
            missed = getattr(ticket, f"{target}_broken")
            due = getattr(ticket, f"{target}_due")
            found.append(Clock(target, due, "missed" if missed else "kept", now, settled=settled))
    if ticket.resolved_at is None:
        found += [_clock(ticket, target, due, now) for target in LABELS if (due := _running(ticket, target))]
    return sorted(found, key=lambda clock: list(LABELS).index(clock.target))


def _running(ticket: Any, target: str) -> datetime | None:
    if target == "first_response" and ticket.first_responded_at is not None:
        return None
    due: datetime | None = getattr(ticket, f"{target}_due")
    return due


def _clock(ticket: Any, target: str, due: datetime, now: datetime) -> Clock:
    if ticket.paused_at is not None and due > ticket.paused_at:
        return Clock(target, due, "paused", now, paused=ticket.paused_at)
    return Clock(target, due, _state(due, now), now)


def _state(due: datetime, now: datetime) -> str:
    return "late" if due < now else "soon" if due - now <= SOON else "fine"
