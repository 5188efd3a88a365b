"""Verbs by which a person decides who gets a ticket."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fengong.desk.actions import ownership
from fengong.desk.actions.locking import locked
from fengong.desk.models import Ticket
from fengong.dispatch.actions import bouncing
from fengong.dispatch.actions.triage import ensure_graded
from fengong.dispatch.events import TicketDispatched, TicketTransferred
from fengong.dispatch.models import Decision, Wait
from fengong.dispatch.policies import require_giving
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Conflict
from fengong.kernel.spine import record
from fengong.people.models import Member
from fengong.people.policies import is_self, require


def assign_ticket(
    *, actor: Actor, ticket: Ticket, member: Member, at: datetime, seen: int | None = None
) -> Ticket:
    """Give a ticket to a member by hand, or take it. Capacity holds here too; tier and skill are the giver's call.

    Raises Denied, and Conflict when the member has no capacity left or the ticket was resolved or has changed; and
    Conflict `referred` where it was passed back and forth too often, and a lead decides.
    """
    require(actor, "ticket.work")
    seen = ensure_graded(ticket=ticket, at=at, seen=seen)
    with transaction.atomic():
        row = locked(ticket, seen=seen)
        require_giving(actor, row, member)
        if row.status == Ticket.Status.RESOLVED:
            raise Conflict(_("The ticket is resolved; reopen it first."))
        if row.topic_id is None:
            raise Conflict(_("The ticket is just being graded; try again in a moment."))
        if row.is_owned and row.owner_id == member.pk:
            return row
        move = bouncing.referred(actor=actor, ticket=row, member=member.pk, at=at)
        if move is None:
            return _give(actor, row, member, at)
    raise bouncing.refusal(move)


def _give(actor: Actor, row: Ticket, member: Member, at: datetime) -> Ticket:
    waited = (at - row.waiting_since).total_seconds() if not row.is_owned else 0.0
    previous = row.owner_id if row.is_owned else None
    ownership.give_to(ticket=row, member=member, at=at)
    decision = _remember(row, member, actor, at, waited)
    _record(decision, previous, actor, at)
    return row


def _remember(ticket: Ticket, member: Member, actor: Actor, at: datetime, waited: float) -> Decision:
    Wait.objects.filter(ticket=ticket).delete()
    return Decision.objects.create(
        ticket=ticket,
        at=at,
        kind=Decision.Kind.TAKEN if is_self(actor, member) else Decision.Kind.MANUAL,
        by=actor.ref,
        winner=member,
        effort=ticket.effort,
        waited_seconds=waited,
    )


def _record(decision: Decision, previous: int | None, actor: Actor, at: datetime) -> None:
    ticket, member = decision.ticket_id, decision.winner_id
    if previous is None:
        given = TicketDispatched(ticket=ticket, member=member, decision=decision.pk, kind=decision.kind)
        record(given, actor=actor, at=at)
        return
    moved = TicketTransferred(ticket=ticket, member=member, previous=previous, decision=decision.pk)
    record(moved, actor=actor, at=at)
