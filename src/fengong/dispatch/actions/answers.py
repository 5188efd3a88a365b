"""What became of a ticket that was handed up is told to who handed it up, for them to learn from."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from fengong.desk.actions.locking import locked
from fengong.desk.models import Message, Ticket
from fengong.dispatch.events import EscalationAnswered
from fengong.dispatch.models import Escalation
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Denied
from fengong.kernel.spine import Fact, record_all

AT_ONCE = 100
NOT_BEFORE = timedelta(days=7)
"""What was resolved longer ago is not told any more."""


def answer_resolved(*, actor: Actor, at: datetime) -> int:
    """Of tickets that were resolved on a higher tier: keep the answer, and tell who had handed them up."""
    open_ones = Escalation.objects.filter(
        answered_at__isnull=True,
        ticket__status=Ticket.Status.RESOLVED,
        ticket__resolved_at__gt=at - NOT_BEFORE,
    )
    tickets = open_ones.order_by("ticket").values_list("ticket", flat=True).distinct()[:AT_ONCE]
    told = 0
    for pk in list(tickets):
        with transaction.atomic():
            row = locked(Ticket(pk=pk))
            if row.status == Ticket.Status.RESOLVED:
                answer = _last_words(row)
                told += answer_open(ticket=row, answer=answer, by=row.owner_id, actor=actor, at=at)
    return told


def answer_open(*, ticket: Ticket, answer: str, by: int | None, actor: Actor, at: datetime) -> int:
    """The step of answering who handed a locked ticket up, inside another verb's transaction; returns how many."""
    steps = list(Escalation.objects.filter(ticket=ticket, answered_at__isnull=True).order_by("id"))
    for step in steps:
        step.answer, step.answered_at, step.answered_by_id = answer.strip(), at, by
        if step.member_id in (None, by):
            step.read_at = at  # nobody is left to learn from it
    Escalation.objects.bulk_update(steps, ["answer", "answered_at", "answered_by", "read_at"])
    facts: list[tuple[Fact, Actor]] = [
        (EscalationAnswered(ticket=ticket.pk, member=step.member_id, escalation=step.pk, by=by), actor)
        for step in steps
        if step.member_id not in (None, by)
    ]
    record_all(facts, at=at)
    return len(facts)


def read_answer(*, actor: Actor, escalation: Escalation, at: datetime) -> Escalation:
    """Put an answer away; only who handed the ticket up does that."""
    if escalation.member_id is None or actor.ref != f"member:{escalation.member_id}":
        raise Denied(_("Only who handed it up puts the answer away."))
    Escalation.objects.filter(pk=escalation.pk, read_at__isnull=True).update(read_at=at)
    return escalation


def _last_words(ticket: Ticket) -> str:
    """What the customer was told last by a person."""
    said = Message.objects.filter(ticket=ticket, kind=Message.Kind.PUBLIC, member__isnull=False)
    found = said.order_by("-at", "-id").values_list("body", flat=True).first()
    return found or ""
