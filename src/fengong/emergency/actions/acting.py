"""Under what name the measures act."""

from __future__ import annotations

from fengong.kernel.actor import System

EMERGENCY = System("emergency")
