"""Doing a list of deeds to a ticket: all of them or none, or each as far as it goes."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from fengong.automation.deeds.deed import Work
from fengong.automation.deeds.registry import DEEDS
from fengong.desk.models import Ticket
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Invalid, Missing, Refused

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Outcome:
    """What became of one deed; `code` and `said` tell why it was refused."""

    deed: str
    done: bool
    code: str = ""
    said: str = ""

    def stored(self) -> dict[str, Any]:
        """For a JSON column."""
        return asdict(self)


def perform(*, actor: Actor, ticket: Ticket, deeds: Iterable[dict[str, Any]], at: datetime) -> Ticket:
    """Do all deeds in turn, or, when one is refused, none; the refusal says which. Returns the ticket as it is then."""
    with transaction.atomic():
        for place, stored in enumerate(deeds):
            try:
                _do(actor, ticket, stored, at)
            except Refused as refusal:
                refusal.message = _("Step %(place)s: %(reason)s") % {
                    "place": place + 1,
                    "reason": refusal.message,
                }
                raise
        return _fresh(ticket)


def perform_each(
    *, actor: Actor, ticket: Ticket, deeds: Iterable[dict[str, Any]], at: datetime
) -> list[Outcome]:
    """Do each deed that can be done; one that is refused changes nothing and does not stop those after it."""
    return [_tried(actor, ticket, stored, at) for stored in deeds]


def _tried(actor: Actor, ticket: Ticket, stored: dict[str, Any], at: datetime) -> Outcome:
    name = str(stored.get("deed"))
    try:
        with transaction.atomic():
            _do(actor, ticket, stored, at)
    except Refused as refusal:
        return Outcome(name, done=False, code=refusal.code, said=refusal.message)
    except (IntegrityError, ValueError, TypeError, LookupError) as error:
        logger.exception("The deed %s failed on ticket %s", name, ticket.pk)
        return Outcome(name, done=False, code="failed", said=type(error).__name__)
    return Outcome(name, done=True)


def _do(actor: Actor, ticket: Ticket, stored: dict[str, Any], at: datetime) -> None:
    deed = DEEDS.get(str(stored.get("deed")))
    if deed is None:
        raise Invalid(_("There is no such deed any more."))
    given = deed.accept(stored)
    given.pop("deed")
    deed.do(Work(actor=actor, ticket=_fresh(ticket), at=at), **given)


def _fresh(ticket: Ticket) -> Ticket:
    people = ("customer__organization", "topic", "owner__team", "owner__position")
    found = Ticket.objects.select_related(*people).filter(pk=ticket.pk).first()
    if found is None:
        raise Missing(_("This ticket does not exist."))
    return found
