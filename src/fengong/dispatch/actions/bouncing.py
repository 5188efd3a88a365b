"""What stops a ticket that goes back and forth: from then on a lead decides, with the whole history before them."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from fengong.desk.actions.watchers import watch_ticket
from fengong.desk.models import Ticket
from fengong.dispatch.events import TicketReferred
from fengong.dispatch.models import Move
from fengong.dispatch.move_rules import DEFAULT, MoveRules
from fengong.dispatch.reading.bounces import bounces
from fengong.dispatch.reading.moves import referral_of
from fengong.kernel.actor import SYSTEM, Actor
from fengong.kernel.errors import Conflict
from fengong.kernel.spine import record
from fengong.people import queries as people
from fengong.people.models import Member


def referred(
    *,
    actor: Actor,
    ticket: Ticket,
    at: datetime,
    member: int | None = None,
    tier: int | None = None,
    rules: MoveRules = DEFAULT,
) -> Move | None:
    """Whether a lead has to decide where a locked ticket goes, instead of its being passed to this member or tier.

    Callers whose transaction would pass it on leave it where it is, let the transaction stand, and raise `refusal`.
    A lead who passes it on has decided.
    """
    waits = referral_of(ticket)
    if actor.may("ticket.assign"):
        if waits is not None and isinstance(actor, Member):
            Move.objects.filter(pk=waits.pk).update(settled_at=at)
        return None
    if waits is not None:
        return waits
    found = bounces(ticket, member=member, tier=tier)
    lead = _lead_of(ticket.owner_id)
    if not rules.bounces or found < rules.bounces or lead is None:
        return None
    return _refer(ticket, lead, found, actor, at)


def refusal(move: Move) -> Conflict:
    """What the one who wanted to pass it on is told."""
    said = _("It has gone back and forth %(times)s times. %(lead)s decides now, with the whole history.")
    name = move.to.display_name if move.to else "?"
    return Conflict(said % {"times": move.figures.get("bounces", 0), "lead": name}, code="referred")


def _refer(ticket: Ticket, lead: Member, found: int, actor: Actor, at: datetime) -> Move:
    move = Move.objects.create(
        ticket=ticket,
        kind=Move.Kind.REFERRED,
        member_id=ticket.owner_id,
        to=lead,
        by=actor.ref,
        at=at,
        figures={"bounces": found},
    )
    watch_ticket(actor=SYSTEM, ticket=ticket, member=lead, at=at, reason="chosen")
    fact = TicketReferred(ticket=ticket.pk, member=lead.pk, previous=ticket.owner_id, bounces=found)
    record(fact, actor=actor, at=at)
    return move


def _lead_of(owner: int | None) -> Member | None:
    """The lead of the owner's team, or else whoever leads."""
    leaders = [member for member in people.members() if member.may("ticket.assign")]
    mine = next((member for member in people.members() if member.pk == owner), None)
    if mine is not None and mine.team.lead_id:
        leaders.sort(key=lambda member: member.pk != mine.team.lead_id)
    else:
        leaders.sort(key=lambda member: member.may("people.manage"))
    return leaders[0] if leaders else None
