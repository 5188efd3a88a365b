"""Shedding: what is of low priority waits until the surge is over or its time has come, and its customer is told."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import override

from fengong.desk.actions.deferrals import defer_ticket, take_back
from fengong.desk.actions.unattended import answer_unattended
from fengong.desk.models import Ticket
from fengong.emergency import queries
from fengong.emergency.actions.acting import EMERGENCY
from fengong.emergency.models import Measure, Readiness
from fengong.kernel.errors import Refused

AT_ONCE = 100


def shed(measure: Measure, at: datetime) -> None:
    """Defer waiting tickets of low priority, each once, and tell their customers; again and again while it stands."""
    told: list[int] = measure.detail.get("tickets", [])
    waiting = Ticket.objects.filter(
        status=Ticket.Status.WAITING,
        priority=Ticket.Priority.LOW,
        snoozed_until__isnull=True,
        topic__isnull=False,
    ).exclude(pk__in=told)
    fresh = list(waiting.order_by("waiting_since", "pk")[:AT_ONCE])
    if not fresh:
        return
    readiness = queries.readiness()
    done = [ticket.pk for ticket in fresh if _deferred(ticket, readiness, at)]
    measure.detail = {"tickets": [*told, *done]}
    measure.save(update_fields=["detail"])


def bring_back(measure: Measure, at: datetime) -> None:
    """What was deferred is to be given to somebody again."""
    resting = Ticket.objects.filter(
        pk__in=measure.detail.get("tickets", []), status=Ticket.Status.WAITING, snoozed_until__isnull=False
    )
    for ticket in resting.order_by("pk"):
        take_back(actor=EMERGENCY, ticket=ticket, at=at)


def _deferred(ticket: Ticket, readiness: Readiness, at: datetime) -> bool:
    until = at + timedelta(minutes=readiness.defer_minutes)
    try:
        defer_ticket(actor=EMERGENCY, ticket=ticket, until=until, at=at)
    except Refused:
        return False
    answer_unattended(actor=EMERGENCY, ticket=ticket, body=_message(ticket, readiness), at=at)
    return True


def _message(ticket: Ticket, readiness: Readiness) -> str:
    chinese = ticket.language.startswith("zh")
    written = readiness.message_zh if chinese else readiness.message_en
    if written.strip():
        return written.strip()
    with override("zh-hans" if chinese else "en"):
        return _(
            "Very many people write to us just now, and we look after the most urgent matters first."
            " Yours is not forgotten: it stays in line, and we will answer as soon as we can."
        )
