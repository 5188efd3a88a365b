"""Wake-ups of automation. Each may be lost or come twice: runs, timers and the bookmarks are the truth."""

from __future__ import annotations

from datetime import datetime

from fengong.automation.actions import hearing, ladders, timers


def follow_rules(*, at: datetime) -> int:
    """Let rules act on what has happened since the last look."""
    timers.fill(at=at)
    return hearing.hear(at=at)


def ring_timers(*, at: datetime) -> int:
    """Let rules act whose time is up."""
    return timers.ring(at=at)


def climb_ladders(*, at: datetime) -> int:
    """Do what the ladders of promises say."""
    return ladders.climb(at=at)
