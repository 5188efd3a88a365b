"""Acting when a promise comes near or has passed: the deeds of the ladder's step, once for each event."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from fengong.automation.deeds import perform_each
from fengong.automation.events import LadderActed
from fengong.automation.following import LADDERS
from fengong.automation.models import LadderRun
from fengong.desk.actions.locking import locked
from fengong.desk.models import LadderStep, Ticket
from fengong.kernel.actor import System
from fengong.kernel.errors import Missing
from fengong.kernel.following import LIMIT
from fengong.kernel.models import Event
from fengong.kernel.spine import record

VERBS = ("ticket.promise_near", "ticket.breached")
MOST_AT_ONCE = 10
"""Stretches of the spine in one sweep."""


def climb(*, at: datetime) -> int:
    """Do what the steps say that were reached since the last look; returns how many there were."""
    LADDERS.begin(at=at)
    acted = 0
    try:
        for _turn in range(MOST_AT_ONCE):
            notes = LADDERS.poll()
            seqs = [note.seq for note in notes if note.verb in VERBS]
            if seqs:
                acted += _take(list(Event.objects.filter(seq__in=seqs).order_by("seq")), at)
            LADDERS.keep_place()
            if len(notes) < LIMIT:
                break
    except Exception:
        LADDERS.forget()
        raise
    return acted


def _take(events: list[Event], at: datetime) -> int:
    reached = [event for event in events if event.data.get("step") and event.data.get("policy")]
    policies = {event.data["policy"] for event in reached}
    steps = {
        (step.policy_id, step.place): step
        for step in LadderStep.objects.filter(policy__in=policies)
        if step.deeds
    }
    pairs = [(event, steps.get((event.data["policy"], event.data["step"]))) for event in reached]
    return sum(_act(event, step, at) for event, step in pairs if step)


def _act(event: Event, step: LadderStep, at: datetime) -> bool:
    """One transaction, which begins by locking the ticket; false when it was done before or nothing is left to do."""
    with transaction.atomic():
        try:
            ticket = locked(Ticket(pk=event.data["ticket"]))
        except Missing:
            return False
        if LadderRun.objects.filter(seq=event.seq).exists() or ticket.status == Ticket.Status.RESOLVED:
            return False
        actor = System(f"ladder:{step.pk}")
        run = LadderRun.objects.create(
            seq=event.seq, ticket=ticket, step=step.pk, target=event.data["target"], at=at
        )
        outcomes = perform_each(actor=actor, ticket=ticket, deeds=step.deeds, at=at)
        run.outcomes = [outcome.stored() for outcome in outcomes]
        run.save(update_fields=["outcomes"])
        fact = LadderActed(ticket=ticket.pk, target=run.target, run=run.pk)
        record(fact, actor=actor, at=at)
    return True
