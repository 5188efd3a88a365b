"""Wake-ups of the desk. Each may be lost or come twice: the deadlines in the tickets are the truth."""

from __future__ import annotations

from datetime import datetime

from fengong.desk.actions.attachments import check_waiting
from fengong.desk.actions.promises import mark_broken_promises
from fengong.desk.actions.scheduled import send_due
from fengong.desk.actions.snoozes import wake_due
from fengong.desk.actions.surveys import ask_due
from fengong.desk.actions.viewing import forget_viewers
from fengong.kernel.actor import SYSTEM


def note_breaches(*, at: datetime) -> int:
    """Record the promises whose time has passed; returns how many."""
    return mark_broken_promises(actor=SYSTEM, at=at)


def check_files(*, at: datetime) -> int:
    """Check files whose scanner could not answer before; returns how many are settled."""
    return check_waiting(actor=SYSTEM, at=at)


def wake_snoozed(*, at: datetime) -> int:
    """Take up again what was put aside until now; returns how many."""
    return wake_due(actor=SYSTEM, at=at)


def send_scheduled(*, at: datetime) -> int:
    """Send the answers whose time has come; returns how many."""
    return send_due(actor=SYSTEM, at=at)


def forget_who_looked(*, at: datetime) -> int:
    """Remove the marks of those who looked at tickets long ago; returns how many."""
    return forget_viewers(actor=SYSTEM, at=at)


def ask_surveys(*, at: datetime) -> int:
    """Ask customers what they think of us, where a survey says that it is time."""
    return ask_due(actor=SYSTEM, at=at)
