"""The return timer: a ticket whose owner says nothing while its customer waits goes to somebody else."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from fengong.desk.actions.locking import locked
from fengong.desk.models import Ticket
from fengong.dispatch.actions.moving import Wish, move_to, move_to_queue, note, plan_for
from fengong.dispatch.events import OwnerSilent
from fengong.dispatch.models import Move
from fengong.dispatch.move_rules import DEFAULT, MoveRules
from fengong.dispatch.reading import silence as reading
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Conflict, Missing
from fengong.kernel.spine import record
from fengong.rota import queries as rota

MINUTE = timedelta(minutes=1)


def move_on_from_silent(*, actor: Actor, at: datetime, rules: MoveRules = DEFAULT) -> int:
    """Give what waits for silent owners to others; returns how many tickets left their owners.

    Where nobody else can take it: from somebody who is not here it goes back to the queue, with somebody who is it
    stays, and the lead is told.
    """
    found = reading.unanswered(at, rules)
    wishes = [Wish(ticket, Move.Kind.SILENT, {"minutes": minutes}) for ticket, minutes in found]
    decisions, here = plan_for(wishes, at), rota.online()
    moved = 0
    for wish in wishes:
        decision = decisions.get(wish.ticket.pk)
        if decision is not None:
            moved += move_to(actor=actor, wish=wish, decision=decision, at=at) is not None
        elif wish.ticket.owner_id not in here:
            moved += move_to_queue(actor=actor, wish=wish, at=at)
        else:
            _tell(actor, wish, at)
    return moved


def _tell(actor: Actor, wish: Wish, at: datetime) -> None:
    """Say that its owner is silent and nobody else can take it; asked again only when as long has passed once more."""
    try:
        with transaction.atomic():
            row = locked(wish.ticket, seen=wish.ticket.version)
            if row.owner_id is None or row.status != Ticket.Status.OPEN:
                return
            note(actor=actor, wish=wish, to=None, at=at)
            fact = OwnerSilent(ticket=row.pk, member=row.owner_id, minutes=wish.figures["minutes"])
            record(fact, actor=actor, at=at)
    except (Conflict, Missing):
        return  # they spoke, or somebody was faster
