"""Wake-ups of dispatch. Each may be lost or come twice: the waiting queue is the truth."""

from __future__ import annotations

from datetime import datetime

from fengong.dispatch.actions import triage
from fengong.dispatch.actions.matching import match_waiting
from fengong.kernel.actor import MATCHER


def match(*, at: datetime) -> int:
    """Run one round; returns how many tickets found an owner."""
    return len(match_waiting(actor=MATCHER, at=at))


def learn_grading(*, at: datetime) -> int:
    """Learn to grade from the desk's own past; returns from how many tickets."""
    return triage.learn_grading(at=at)
