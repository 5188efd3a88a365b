"""Wake-ups of the widget."""

from __future__ import annotations

from datetime import datetime

from fengong.integrations.widget.actions.leaving import hand_over
from fengong.kernel.actor import SYSTEM


def follow_those_who_left(*, at: datetime) -> int:
    """Let mail bring the answers that visitors did not stay for."""
    return hand_over(actor=SYSTEM, at=at)
