"""What the worker's mail lanes call."""

from __future__ import annotations

from datetime import datetime

from fengong.integrations.mail.actions import MAIL
from fengong.integrations.mail.actions.fetching import fetch_due
from fengong.integrations.mail.actions.noticing import send_notices
from fengong.integrations.mail.actions.planning import plan_deliveries
from fengong.integrations.mail.actions.sending import send_due
from fengong.integrations.mail.actions.taking import take_due


def fetch(*, at: datetime) -> None:
    fetch_due(actor=MAIL, at=at)


def take(*, at: datetime) -> None:
    take_due(actor=MAIL, at=at)


def plan(*, at: datetime) -> None:
    plan_deliveries(actor=MAIL, at=at)


def send(*, at: datetime) -> None:
    send_due(actor=MAIL, at=at)


def notify(*, at: datetime) -> None:
    send_notices(actor=MAIL, at=at)
