"""The step by which a change of policies or calendars reaches every process and every open ticket."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from uuid import uuid4

from django.db import transaction
from django.db.models import F

from fengong.desk.bridge import edition
from fengong.desk.models import PromiseEdition, Ticket


def new_edition(*, at: datetime) -> None:
    """Make what processes remember stale, and have the sweep look at every ticket that is not resolved.

    A recomputation that is cut off is taken up again: the tickets that are left still say that they are due. Tickets
    that others write down meanwhile cannot be seen before their transactions end. Those that ended first are found by
    the second look, after this one has ended; the others find the new edition themselves, by `recheck`.
    """
    PromiseEdition.objects.update_or_create(pk=1, defaults={"token": uuid4().hex})
    _look_at_all(at)
    transaction.on_commit(partial(_look_at_all, at))


def recheck(tickets: Sequence[Ticket], *, by: str) -> None:
    """Once new tickets are there for all to see: have the sweep look at them if another edition counts by then."""
    transaction.on_commit(partial(_look_again, tickets, by))


def _look_at_all(at: datetime) -> None:
    Ticket.objects.exclude(status=Ticket.Status.RESOLVED).exclude(clock={}).update(next_step_at=at)


def _look_again(tickets: Sequence[Ticket], by: str) -> None:
    if edition() != by:
        Ticket.objects.filter(pk__in=[ticket.pk for ticket in tickets]).update(next_step_at=F("opened_at"))
