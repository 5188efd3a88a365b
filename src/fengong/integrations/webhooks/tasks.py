"""Wake-ups of webhooks. Each may be lost or come twice: the bookmark and the deliveries are the truth."""

from __future__ import annotations

from datetime import datetime

from fengong.integrations.webhooks.actions import deliveries, planning
from fengong.integrations.webhooks.actions.sending import Sender

SENDER = Sender()


def plan(*, at: datetime) -> int:
    """Plan messages for what is new; returns how many."""
    return planning.plan(at=at)


def send(*, at: datetime) -> int:
    """Settle what was answered and send what is due, without waiting for anybody."""
    return SENDER.look(at=at)


def forget_old(*, at: datetime) -> int:
    """Forget messages that ended long ago."""
    return deliveries.forget_old(at=at)
