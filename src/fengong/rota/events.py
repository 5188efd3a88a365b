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


@dataclass(frozen=True)
class ShiftMoved(Fact):
    verb = "shift.moved"
    about = ("member",)
    member: int
    starts_at: str
    ends_at: str
    from_starts_at: str
    from_ends_at: str


@dataclass(frozen=True)
class ShiftCancelled(Fact):
    verb = "shift.cancelled"
    about = ("member",)
    member: int
    starts_at: str
    ends_at: str
    reason: str


@dataclass(frozen=True)
class BreaksSet(Fact):
    verb = "shift.breaks_set"
    about = ("member",)
    member: int
    starts_at: str
    breaks: int


@dataclass(frozen=True)
class BreakMoved(Fact):
    verb = "shift.break_moved"
    about = ("member",)
    member: int
    starts_at: str
    from_starts_at: str


@dataclass(frozen=True)
class StandbyPlanned(Fact):
    verb = "shift.standby_planned"
    about = ("member",)
    member: int
    starts_at: str
    ends_at: str
    answers_within: int


@dataclass(frozen=True)
class StandbyCancelled(Fact):
    verb = "shift.standby_cancelled"
    about = ("member",)
    member: int
    starts_at: str
    ends_at: str


@dataclass(frozen=True)
class ShiftsMaterialised(Fact):
    """Shifts were written from patterns, for these many members."""

    verb = "shift.materialised"
    about = ()
    members: int
    added: int
    moved: int
    removed: int


@dataclass(frozen=True)
class RosterImported(Fact):
    """Shifts, standby and leave came from a file."""

    verb = "shift.imported"
    about = ()
    form: str
    added: int
    changed: int
    cancelled: int
    refused: int


@dataclass(frozen=True)
class PatternSaved(Fact):
    verb = "pattern.saved"
    about = ("member", "team")
    pattern: int
    name: str
    member: int | None
    team: int | None


@dataclass(frozen=True)
class PatternRemoved(Fact):
    verb = "pattern.removed"
    about = ("member", "team")
    pattern: int
    name: str
    member: int | None
    team: int | None


@dataclass(frozen=True)
class LeaveRequested(Fact):
    """Why somebody is away is between them and their lead: no fact of leave says its kind."""

    verb = "leave.requested"
    about = ("member",)
    leave: int
    member: int
    starts_at: str
    ends_at: str


@dataclass(frozen=True)
class LeaveApproved(Fact):
    verb = "leave.approved"
    about = ("member",)
    leave: int
    member: int
    starts_at: str
    ends_at: str


@dataclass(frozen=True)
class LeaveDeclined(Fact):
    verb = "leave.declined"
    about = ("member",)
    leave: int
    member: int


@dataclass(frozen=True)
class LeaveWithdrawn(Fact):
    verb = "leave.withdrawn"
    about = ("member",)
    leave: int
    member: int


@dataclass(frozen=True)
class ShiftRestored(Fact):
    """A shift that was cancelled, or given to somebody else, is there again."""

    verb = "shift.restored"
    about = ("member",)
    member: int
    starts_at: str
    ends_at: str


@dataclass(frozen=True)
class WeekCopied(Fact):
    """The shifts of a week were written into another one; `copy` names them, for taking them back."""

    verb = "shift.week_copied"
    about = ()
    copy: str
    members: int
    added: int
    skipped: int


@dataclass(frozen=True)
class CopyTakenBack(Fact):
    verb = "shift.copy_taken_back"
    about = ()
    copy: str
    removed: int


@dataclass(frozen=True)
class LeaveReconsidered(Fact):
    """What was decided about leave is open again."""

    verb = "leave.reconsidered"
    about = ("member",)
    leave: int
    member: int


@dataclass(frozen=True)
class CalendarLinkMade(Fact):
    """Whoever has the link reads the member's roster; an older link no longer works."""

    verb = "calendar.link_made"
    about = ("member",)
    member: int


@dataclass(frozen=True)
class CalendarLinkRemoved(Fact):
    verb = "calendar.link_removed"
    about = ("member",)
    member: int
