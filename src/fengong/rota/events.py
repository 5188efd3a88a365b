"""What can happen to presence and shifts."""

from __future__ import annotations

from dataclasses import dataclass

from fengong.kernel.spine import Fact


@dataclass(frozen=True)
class PresenceChanged(Fact):
    verb = "presence.changed"
    about = ("member",)
    member: int
    status: str


@dataclass(frozen=True)
class ShiftPlanned(Fact):
    verb = "shift.planned"
    about = ("member",)
    member: int
    starts_at: str
    ends_at: str
