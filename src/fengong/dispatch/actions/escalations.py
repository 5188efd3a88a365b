"""Verbs that move a ticket up a tier."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fengong.desk.actions import ownership
from fengong.desk.actions.locking import changed, locked
from fengong.desk.models import Ticket
from fengong.desk.policies import require_settling
from fengong.dispatch.events import TicketEscalated
from fengong.dispatch.models import Escalation
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Conflict, Invalid
from fengong.kernel.spine import record

TOP_TIER = 3


def escalate_ticket(
    *,
    actor: Actor,
    ticket: Ticket,
    tried: str,
    found: str,
    wanted: str,
    at: datetime,
    seen: int | None = None,
) -> Escalation:
    """Move a ticket one tier up, with what was tried, what was found, and what is wanted.

    It waits for an owner of the next tier at once; whoever handed it up will not get it back from the matcher.
    """
    _check_note(tried=tried, found=found, wanted=wanted)
    with transaction.atomic():
        row = locked(ticket, seen=seen)
        require_settling(actor, row)
        if row.status == Ticket.Status.RESOLVED or row.topic is None:
            raise Conflict(_("Only a graded ticket that is not resolved can be escalated."))
        if row.tier >= TOP_TIER:
            raise Conflict(_("The ticket is on the highest tier already."))
        escalation = Escalation.objects.create(
            ticket=row,
            member_id=row.owner_id,
            from_tier=row.tier,
            to_tier=row.tier + 1,
            tried=tried.strip(),
            found=found.strip(),
            wanted=wanted.strip(),
            at=at,
        )
        ownership.put_back(ticket=row, at=at)
        row.tier += 1
        row.difficulty = max(row.difficulty, row.tier)
        row.effort = row.topic.effort(row.difficulty)
        changed(row, "tier", "difficulty", "effort", at=at)
        fact = TicketEscalated(
            ticket=row.pk,
            member=escalation.member_id,
            from_tier=escalation.from_tier,
            to_tier=escalation.to_tier,
        )
        record(fact, actor=actor, at=at)
    return escalation


def _check_note(**parts: str) -> None:
    for field, text in parts.items():
        if not text.strip():
            raise Invalid(_("The hand-over note needs all three parts."), field=field)
