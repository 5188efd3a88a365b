"""The rota tables."""

from fengong.rota.models.calendar_link import CalendarLink
from fengong.rota.models.leave import Leave
from fengong.rota.models.pattern import Pattern
from fengong.rota.models.planned_shift import PlannedShift
from fengong.rota.models.presence import Presence
from fengong.rota.models.presence_span import PresenceSpan
from fengong.rota.models.shift import Shift
from fengong.rota.models.shift_break import ShiftBreak
from fengong.rota.models.standby import Standby

__all__ = [
    "CalendarLink",
    "Leave",
    "Pattern",
    "PlannedShift",
    "Presence",
    "PresenceSpan",
    "Shift",
    "ShiftBreak",
    "Standby",
]
