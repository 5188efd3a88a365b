"""Handing over what cannot wait when somebody goes: at the end of a shift, and on leave."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from django.utils import translation
from django.utils.translation import gettext as _

from fengong.desk.actions.unattended import answer_unattended
from fengong.desk.models import Ticket
from fengong.dispatch.actions.moving import Wish, by_name, move_to, move_to_queue, plan_for
from fengong.dispatch.models import Move
from fengong.dispatch.move_rules import DEFAULT, MoveRules
from fengong.dispatch.reading import absences as reading
from fengong.dispatch.reading.absences import Absence
from fengong.dispatch.reading.at_work import at_work
from fengong.kernel.actor import SYSTEM, Actor
from fengong.people import queries as people
from fengong.rota import queries as rota

AT_ONCE = 100
UNTOLD = (Ticket.Channel.CHAT, Ticket.Channel.PHONE)
"""Where a written line to the customer would come out of nothing."""


@dataclass(frozen=True, slots=True)
class _Going:
    """Somebody who goes, who may stand in for them, and who of those is here."""

    absence: Absence
    chain: list[int]
    here: frozenset[int]


def hand_over_work(*, actor: Actor, at: datetime, rules: MoveRules = DEFAULT) -> int:
    """Move what cannot wait until its owner is back, and what was reopened for them; returns how many left them.

    Who stands in for the owner comes first, then who stands in for them; then whom the matcher finds; then the queue.
    What waits for its customer stays, and so does what somebody is working on.
    """
    if not rules.hands_over:
        return 0
    moved, here = _hand_on_reopened(actor, at, rules), rota.online()
    for absence in reading.absences(at, rules):
        held = reading.held_by(absence.member)
        tickets = [ticket for ticket in held if reading.cannot_wait(ticket, absence, at, rules)]
        busy = at_work(tickets, at)
        going = _Going(absence, reading.stand_ins(absence.member, at) if tickets else [], here)
        free = [ticket for ticket in tickets if ticket.pk not in busy][:AT_ONCE]
        moved += _hand_over(actor, free, going, at, rules)
    return moved


def _hand_on_reopened(actor: Actor, at: datetime, rules: MoveRules) -> int:
    """What came back to an owner who was not here waits for them no longer than for anybody."""
    found, here, moved = reading.came_back(at), rota.online(), 0
    for owner, tickets in groupby(found, key=lambda ticket: ticket.owner_id or 0):
        absence = Absence(owner, Move.Kind.ABSENT, at, at, is_known=False)
        moved += _hand_over(
            actor, list(tickets), _Going(absence, reading.stand_ins(owner, at), here), at, rules
        )
    return moved


def _hand_over(actor: Actor, tickets: list[Ticket], going: _Going, at: datetime, rules: MoveRules) -> int:
    given = [_to_stand_in(actor, ticket, going, at) for ticket in tickets]
    left = [ticket for ticket, taken in zip(tickets, given, strict=True) if taken is None]
    wishes = [_wish(ticket, going) for ticket in left]
    decisions, queued = plan_for(wishes, at), 0
    for wish in wishes:
        decision = decisions.get(wish.ticket.pk)
        if decision is None:
            queued += move_to_queue(actor=actor, wish=wish, at=at)
        else:
            given.append(move_to(actor=actor, wish=wish, decision=decision, at=at))
    moved = [ticket for ticket in given if ticket is not None]
    for ticket in moved:
        _tell_customer(ticket, at, rules)
    return len(moved) + queued


def _to_stand_in(actor: Actor, ticket: Ticket, going: _Going, at: datetime) -> Ticket | None:
    """To the first of the chain who is here and has room."""
    for place, member in enumerate(going.chain, start=1):
        if member not in going.here:
            continue
        wish = _wish(ticket, replace(going, chain=going.chain[:place]), Move.Kind.STAND_IN)
        given = move_to(actor=actor, wish=wish, decision=by_name(wish, member, at), at=at)
        if given is not None:
            return given
    return None


def _wish(ticket: Ticket, going: _Going, kind: str = "") -> Wish:
    absence = going.absence
    figures = {
        "why": absence.kind,
        "since": absence.since.isoformat(),
        "back": absence.back.isoformat(),
        "known": absence.is_known,
        "chain": going.chain,
    }
    return Wish(ticket, kind or absence.kind, figures)


def _tell_customer(ticket: Ticket, at: datetime, rules: MoveRules) -> None:
    """Say who goes on, to who waits for an answer and has been spoken to before, in their language."""
    waits = ticket.unanswered_since is not None and ticket.first_responded_at is not None
    if not rules.tells_customers or not waits or ticket.channel in UNTOLD or ticket.owner_id is None:
        return
    name = people.names([ticket.owner_id])[ticket.owner_id]
    with translation.override(ticket.language):
        said = _("%(name)s goes on with your matter and will answer you.") % {"name": name}
    answer_unattended(actor=SYSTEM, ticket=ticket, body=said, at=at)
