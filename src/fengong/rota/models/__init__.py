"""The rota tables."""

from fengong.rota.models.leave import Leave
from fengong.rota.models.pattern import Pattern
from fengong.rota.models.planned_shift import PlannedShift
from fengong.rota.models.presence import Presence
from fengong.rota.models.shift import Shift
from fengong.rota.models.shift_break import ShiftBreak
from fengong.rota.models.standby import Standby

__all__ = ["Leave", "Pattern", "PlannedShift", "Presence", "Shift", "ShiftBreak", "Standby"]
