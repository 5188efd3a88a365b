"""Wake-ups of imports. Each may be lost or come twice: the place a run has reached stands in its row."""

from __future__ import annotations

from datetime import datetime

from fengong.integrations.imports.actions.sweeping import carry_all


def carry_on(*, at: datetime) -> int:
    """Bring running imports on for a few seconds; returns how many stretches were done."""
    return carry_all(at=at)
