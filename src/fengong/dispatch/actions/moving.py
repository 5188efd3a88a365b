"""Steps by which a rule takes a ticket from its owner: straight to another member, or back to the queue.

Whom the matcher would choose among all others gets it. Each move is carried out in a transaction of its own and only if
the ticket is still as the rule saw it; what has changed meanwhile is left to the next look.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from fengong.desk.actions import ownership
from fengong.desk.actions.locking import locked
from fengong.desk.events import TicketReturned
from fengong.desk.models import Ticket
from fengong.desk.queries import Queued
from fengong.dispatch import queries
from fengong.dispatch.bridge import Plan, plan
from fengong.dispatch.events import TicketTransferred
from fengong.dispatch.models import Decision, Move
from fengong.dispatch.reading.standing import standing
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Conflict, Missing
from fengong.kernel.spine import record
from fengong.people.models import Member
from fengong.rota.actions.presence import online_locked


@dataclass(frozen=True, slots=True)
class Wish:
    """A ticket that should leave its owner, as it stood when a rule looked, and what the rule saw."""

    ticket: Ticket
    kind: str
    figures: dict[str, Any] = field(default_factory=dict)


def plan_for(wishes: Sequence[Wish], at: datetime) -> dict[int, Decision]:
    """Whom the matcher would give these tickets if their owners were not there, by ticket."""
    queued = [Queued.of(wish.ticket) for wish in wishes]
    if not queued:
        return {}
    rules, asked = queries.rules_in_force()[1], [one.pk for one in queued]
    barred = {pk: set(members) for pk, members in queries.barred(asked, at=at).items()}
    for wish in wishes:
        if wish.ticket.owner_id is not None:
            barred.setdefault(wish.ticket.pk, set()).add(wish.ticket.owner_id)
    known = standing(queued, at, rules)
    found: Plan = plan(tickets=queued, standing=known, barred=barred, at=at, rules=rules)
    return {decision.ticket_id: decision for decision in found.decisions}


def move_to(*, actor: Actor, wish: Wish, decision: Decision, at: datetime) -> Ticket | None:
    """Give a ticket to the winner of a decision that is not saved yet; None where that no longer holds."""
    winner = Member.objects.filter(pk=decision.winner_id, active=True).first()
    if winner is None:
        return None
    try:
        with transaction.atomic():
            if winner.pk not in online_locked([winner.pk]):
                return None
            row = locked(wish.ticket, seen=wish.ticket.version)
            if not row.is_owned or row.owner_id == winner.pk:
                return None
            previous = row.owner_id
            ownership.give_to(ticket=row, member=winner, at=at)
            _remember(wish, decision, previous, actor, at)
    except (Conflict, Missing):
        return None
    return row


def move_to_queue(*, actor: Actor, wish: Wish, at: datetime) -> bool:
    """Take a ticket from its owner, whose it may become again; false where it has changed meanwhile."""
    try:
        with transaction.atomic():
            row = locked(wish.ticket, seen=wish.ticket.version)
            if not row.is_owned:
                return False
            previous = row.owner_id
            ownership.put_back(ticket=row, at=at)
            note(actor=actor, wish=wish, to=None, at=at)
            record(TicketReturned(ticket=row.pk, member=previous, reason=wish.kind), actor=actor, at=at)
    except (Conflict, Missing):
        return False
    return True


def note(*, actor: Actor, wish: Wish, to: int | None, at: datetime, decision: Decision | None = None) -> Move:
    """Write down why a ticket leaves its owner; `wish.ticket` still names them."""
    return Move.objects.create(
        ticket_id=wish.ticket.pk,
        kind=wish.kind,
        member_id=wish.ticket.owner_id,
        to_id=to,
        by=actor.ref,
        at=at,
        decision=decision,
        figures=wish.figures,
    )


def by_name(wish: Wish, winner: int, at: datetime) -> Decision:
    """A decision that no matching made."""
    return Decision(ticket_id=wish.ticket.pk, at=at, winner_id=winner, effort=wish.ticket.effort)


def _remember(wish: Wish, decision: Decision, previous: int | None, actor: Actor, at: datetime) -> None:
    if decision.round is not None and decision.round.pk is None:
        decision.round.save(force_insert=True)
    decision.round_id = decision.round.pk if decision.round else None
    decision.kind, decision.by, decision.waited_seconds = Decision.Kind.MOVED, actor.ref, 0.0
    decision.save(force_insert=True)
    note(actor=actor, wish=wish, to=decision.winner_id, at=at, decision=decision)
    fact = TicketTransferred(
        ticket=wish.ticket.pk,
        member=decision.winner_id,
        previous=previous,
        decision=decision.pk,
        reason=wish.kind,
    )
    record(fact, actor=actor, at=at)
