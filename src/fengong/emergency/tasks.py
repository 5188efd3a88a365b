"""Wake-ups of the emergency room. Each may be lost or come twice: streams, measures and swarms are the truth."""

from __future__ import annotations

from datetime import datetime

from fengong.emergency.actions import measures, shielding, watching
from fengong.emergency.actions.acting import EMERGENCY


def watch(*, at: datetime) -> int:
    """Look at what comes in; returns how many surges were found."""
    return len(watching.watch(actor=EMERGENCY, at=at))


def keep_up(*, at: datetime) -> int:
    """Keep measures up, and shield or release whoever still waits for it."""
    return measures.keep_up(actor=EMERGENCY, at=at) + shielding.settle_shields(actor=EMERGENCY, at=at)
