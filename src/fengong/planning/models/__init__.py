"""The planning tables."""

from fengong.planning.models.comparison import Comparison

__all__ = ["Comparison"]
