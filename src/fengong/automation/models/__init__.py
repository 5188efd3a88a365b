"""The automation tables."""

from fengong.automation.models.macro import Macro

__all__ = ["Macro"]
