"""Wake-ups of planning. Each may be lost or come twice: what is to be run stands in its table."""

from __future__ import annotations

from datetime import datetime

from fengong.planning.actions.comparisons import carry_out_next


def carry_out(*, at: datetime) -> int:
    """Carry out what-ifs that wait; returns how many were."""
    return carry_out_next(at=at)
