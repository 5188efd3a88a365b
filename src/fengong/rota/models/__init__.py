"""The rota tables."""

from fengong.rota.models.presence import Presence
from fengong.rota.models.shift import Shift

__all__ = ["Presence", "Shift"]
