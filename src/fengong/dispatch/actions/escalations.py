"""Verbs that move a ticket up a tier, and down again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fengong.desk.actions import ownership
from fengong.desk.actions.locking import changed, locked
from fengong.desk.actions.watchers import watch_ticket
from fengong.desk.models import Ticket
from fengong.desk.policies import may_read, require_settling
from fengong.dispatch.actions import bouncing
from fengong.dispatch.actions.answers import answer_open
from fengong.dispatch.events import TicketDeescalated, TicketEscalated
from fengong.dispatch.models import Escalation, Move
from fengong.kernel.actor import SYSTEM, Actor
from fengong.kernel.errors import Conflict, Invalid
from fengong.kernel.spine import record
from fengong.people.models import Member

TOP_TIER = 3
PARTS = {
    "tried": gettext_lazy("Tried"),
    "found": gettext_lazy("Found"),
    "wanted": gettext_lazy("Wanted"),
}
"""The parts of a note, by the names they have on the form."""


@dataclass(frozen=True, slots=True)
class Step:
    """What a step to another tier is to say."""

    tier: int
    cause: str
    tried: str = ""
    found: str = ""
    wanted: str = ""
    minutes: int = 0


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

    It waits for an owner of the next tier at once. Whoever handed it up will not get it back from the matcher, follows
    it from then on, and hears what the answer was. Where it has gone back and forth too often, Conflict `referred`: it
    stays where it is and a lead decides.
    """
    _check_note(tried=tried, found=found, wanted=wanted)
    with transaction.atomic():
        row = locked(ticket, seen=seen)
        require_settling(actor, row)
        check_climbing(row)
        move = bouncing.referred(actor=actor, ticket=row, tier=row.tier + 1, at=at)
        if move is None:
            cause = Escalation.Cause.MEMBER if isinstance(actor, Member) else Escalation.Cause.RULE
            step = Step(row.tier + 1, cause, tried, found, wanted)
            return climb(actor=actor, row=row, step=step, at=at)
    raise bouncing.refusal(move)


def deescalate_ticket(
    *, actor: Actor, ticket: Ticket, found: str, wanted: str, at: datetime, seen: int | None = None
) -> Escalation:
    """Give a ticket back one tier down, with what was found and what is left to do; that answers who handed it up.

    They may get it again, and are preferred.
    """
    _check_note(found=found, wanted=wanted)
    with transaction.atomic():
        row = locked(ticket, seen=seen)
        require_settling(actor, row)
        if row.status == Ticket.Status.RESOLVED or row.topic is None:
            raise Conflict(_("Only a graded ticket that is not resolved can go to another tier."))
        if row.tier <= 1:
            raise Conflict(_("The ticket is on the lowest tier already."))
        move = bouncing.referred(actor=actor, ticket=row, tier=row.tier - 1, at=at)
        if move is None:
            step = Step(row.tier - 1, Escalation.Cause.MEMBER, "", found, wanted)
            return _descend(actor, row, step, at)
    raise bouncing.refusal(move)


def check_climbing(row: Ticket) -> None:
    """Conflict where a locked ticket cannot go up."""
    if row.status == Ticket.Status.RESOLVED or row.topic is None:
        raise Conflict(_("Only a graded ticket that is not resolved can be escalated."))
    if row.tier >= TOP_TIER:
        raise Conflict(_("The ticket is on the highest tier already."))


def climb(*, actor: Actor, row: Ticket, step: Step, at: datetime) -> Escalation:
    """The step up of a locked ticket, inside another verb's transaction."""
    sender = row.owner
    taken = _take(actor, row, step, at)
    _set_tier(row, step.tier, max(row.difficulty, step.tier), at)
    if sender is not None and sender.active and may_read(sender, row):
        watch_ticket(actor=SYSTEM, ticket=row, member=sender, at=at, reason="chosen")
    fact = TicketEscalated(
        ticket=row.pk,
        member=taken.member_id,
        from_tier=taken.from_tier,
        to_tier=taken.to_tier,
        reason=taken.cause,
    )
    record(fact, actor=actor, at=at)
    return taken


def _descend(actor: Actor, row: Ticket, step: Step, at: datetime) -> Escalation:
    senders = Escalation.objects.filter(ticket=row, to_tier__gt=step.tier)
    sender = senders.filter(member__active=True).order_by("-at", "-id").values_list("member", flat=True)
    first = sender.first()
    senders.update(bars=False)
    answer_open(ticket=row, answer=step.found, by=row.owner_id, actor=actor, at=at)
    taken = _take(actor, row, step, at, bars=False)
    row.preferred_id = first or row.preferred_id
    _set_tier(row, step.tier, min(row.difficulty, step.tier), at)
    fact = TicketDeescalated(
        ticket=row.pk, member=taken.member_id, from_tier=taken.from_tier, to_tier=taken.to_tier
    )
    record(fact, actor=actor, at=at)
    return taken


def _take(actor: Actor, row: Ticket, step: Step, at: datetime, *, bars: bool = True) -> Escalation:
    """Write the step down and take the ticket from its owner."""
    taken = Escalation.objects.create(
        ticket=row,
        member_id=row.owner_id,
        by=actor.ref,
        cause=step.cause,
        from_tier=row.tier,
        to_tier=step.tier,
        tried=step.tried.strip(),
        found=step.found.strip(),
        wanted=step.wanted.strip(),
        minutes=step.minutes,
        at=at,
        bars=bars,
        answered_at=None if bars else at,
        read_at=None if bars else at,
    )
    ownership.put_back(ticket=row, at=at)
    Move.objects.filter(ticket=row, kind=Move.Kind.REFERRED, settled_at__isnull=True).update(settled_at=at)
    return taken


def _set_tier(row: Ticket, tier: int, difficulty: int, at: datetime) -> None:
    row.tier, row.difficulty = tier, difficulty
    if row.topic is not None:
        row.effort = row.topic.effort(row.difficulty)
    changed(row, "tier", "difficulty", "effort", "preferred", at=at)


def _check_note(**parts: str) -> None:
    """Invalid, saying which parts of the note are blank, at the first of them."""
    blank = [name for name, text in parts.items() if not text.strip()]
    if not blank:
        return
    said = ngettext(
        "Nothing was sent yet: write what belongs to “%(names)s”.",
        "Nothing was sent yet: write what belongs to “%(names)s”, each.",
        len(blank),
    )
    names = "”, “".join(str(PARTS[name]) for name in blank)
    raise Invalid(said % {"names": names}, field=blank[0])
