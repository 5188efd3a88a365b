"""Evening out load while people work: what nobody has touched yet goes from the loaded to the free, a little at a
time."""

from __future__ import annotations

from datetime import datetime, timedelta

from fengong.dispatch.actions.moving import Wish, move_to, plan_for
from fengong.dispatch.models import Move
from fengong.dispatch.move_rules import DEFAULT, MoveRules
from fengong.dispatch.reading import balance as reading
from fengong.dispatch.reading.moves import moved_since
from fengong.kernel.actor import Actor


def even_out(*, actor: Actor, at: datetime, rules: MoveRules = DEFAULT) -> int:
    """Move untouched tickets from members with much to members with little; returns how many.

    The owner must be more loaded before than the other is afterwards, by the gap: so no move is ever taken back by the
    next. At most the budget moves in any minute, no ticket twice within the time it is to stay calm, and none that its
    owner has open, has written on, or talks about with a customer on the line.
    """
    left = rules.budget - moved_since(Move.Kind.BALANCED, at - timedelta(minutes=1))
    if not rules.gap or left <= 0:
        return 0
    loads = reading.held(at)
    found = reading.movable(loads, at, rules, limit=4 * rules.budget)
    decisions = plan_for([Wish(ticket, Move.Kind.BALANCED) for ticket in found], at)
    moved = 0
    for ticket in found:
        decision = decisions.get(ticket.pk)
        if decision is None or moved >= left or ticket.owner_id is None:
            continue
        shares = reading.shares(loads, ticket, decision.winner_id)
        if shares is None or shares["from"] - shares["to"] < rules.gap:
            continue
        wish = Wish(ticket, Move.Kind.BALANCED, shares)
        if move_to(actor=actor, wish=wish, decision=decision, at=at) is not None:
            reading.carry(loads, ticket, decision.winner_id)
            moved += 1
    return moved
