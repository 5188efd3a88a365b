"""Wake-ups of the customers' records."""

from __future__ import annotations

from datetime import datetime

from fengong.customers.actions.notices import forget_spent
from fengong.kernel.actor import SYSTEM


def forget(*, at: datetime) -> int:
    """Forget links and notices that are spent."""
    return forget_spent(actor=SYSTEM, at=at)
