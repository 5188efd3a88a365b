"""Verbs by which an order of the desk moves a ticket: to the best member of a team, to nobody, to another tier."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fengong.desk.actions import ownership
from fengong.desk.actions.locking import changed, locked
from fengong.desk.events import TicketReturned
from fengong.desk.models import Ticket
from fengong.desk.policies import require_settling
from fengong.desk.queries import Queued
from fengong.dispatch import queries
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.dispatch.actions.triage import ensure_graded
from fengong.dispatch.bridge import plan
from fengong.dispatch.events import TierSet
from fengong.dispatch.reading.standing import standing
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Conflict, Invalid
from fengong.kernel.spine import record
from fengong.people import queries as people
from fengong.people.models import Team
from fengong.people.policies import require

TIERS = (1, 2, 3)


def place_ticket(*, actor: Actor, ticket: Ticket, team: Team | None, at: datetime) -> Ticket:
    """Give a ticket to whom the matcher finds best of a team, or of all; Conflict when nobody there can take it."""
    require(actor, "ticket.assign")
    ensure_graded(ticket=ticket, at=at)
    ticket = Ticket.objects.get(pk=ticket.pk)
    if ticket.topic_id is None:
        raise Conflict(_("The ticket is just being graded; try again in a moment."))
    queued = [Queued.of(ticket)]
    _edition, rules = queries.rules_in_force()
    known = standing(queued, at, rules)
    barred = {pk: set(members) for pk, members in queries.barred([ticket.pk], at=at).items()}
    if team is not None:
        inside = set(people.members().filter(team=team).values_list("pk", flat=True))
        known = replace(known, tiers={pk: tier for pk, tier in known.tiers.items() if pk in inside})
    if ticket.owner_id:
        known = replace(known, tiers={pk: tier for pk, tier in known.tiers.items() if pk != ticket.owner_id})
    found = plan(tickets=queued, standing=known, barred=barred, at=at, rules=rules)
    winner = people.member(found.decisions[0].winner_id) if found.decisions else None
    if winner is None:
        raise Conflict(_("Nobody there can take it now."), code="capacity")
    return assign_ticket(actor=actor, ticket=ticket, member=winner, at=at, seen=ticket.version)


def return_ticket(*, actor: Actor, ticket: Ticket, at: datetime, seen: int | None = None) -> Ticket:
    """Take a ticket from its owner; it waits for the next one at once."""
    with transaction.atomic():
        row = locked(ticket, seen=seen)
        require_settling(actor, row)
        if row.status == Ticket.Status.WAITING:
            return row
        if row.status == Ticket.Status.RESOLVED:
            raise Conflict(_("The ticket is resolved; reopen it first."))
        previous = row.owner_id
        ownership.put_back(ticket=row, at=at)
        record(TicketReturned(ticket=row.pk, member=previous, reason="ordered"), actor=actor, at=at)
    return row


def set_tier(*, actor: Actor, ticket: Ticket, tier: int, at: datetime, seen: int | None = None) -> Ticket:
    """Say which tier must take a ticket; an owner below it gives it up, and it waits for one of that tier."""
    require(actor, "ticket.assign")
    if tier not in TIERS:
        raise Invalid(_("A tier is 1, 2 or 3."), field="tier")
    with transaction.atomic():
        row = locked(ticket, seen=seen)
        if row.status == Ticket.Status.RESOLVED:
            raise Conflict(_("The ticket is resolved; reopen it first."))
        if row.tier == tier:
            return row
        previous, owner = row.tier, row.owner_id
        if owner and (people.tiers().get(owner) or tier) < tier:
            ownership.put_back(ticket=row, at=at)
        row.tier = tier
        changed(row, "tier", at=at)
        fact = TierSet(ticket=row.pk, tier=tier, previous=previous, member=owner)
        record(fact, actor=actor, at=at)
    return row
