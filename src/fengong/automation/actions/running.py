"""The step by which a rule acts on one occasion, once, whoever else tries the same at the same moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from fengong.automation.deeds import Outcome, perform_each
from fengong.automation.events import RuleActed
from fengong.automation.models import Rule, RuleRun
from fengong.desk.actions.locking import locked
from fengong.desk.language import matches
from fengong.desk.models import Ticket
from fengong.kernel.actor import System
from fengong.kernel.errors import Missing
from fengong.kernel.spine import record

DEEPEST = 5
"""Rules may set each other off so many times in a row."""
MOST_AN_HOUR = 30
"""Runs of all rules on one ticket."""
State = RuleRun.State


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a rule looks at a ticket: an event, or a time that is up. `depth` counts rules that set each other off."""

    ticket: int
    seq: int | None = None
    due_at: datetime | None = None
    depth: int = 1


def run_rule(rule: Rule, cause: Cause, *, at: datetime) -> bool:
    """Do what the rule says if its condition holds now; whether it has acted on this occasion, now or before.

    The run, its deeds and their events are one transaction, which begins by locking the ticket: a worker that is
    killed leaves nothing, and of two that try at once the second finds the run of the first.
    """
    with transaction.atomic():
        try:
            ticket = locked(Ticket(pk=cause.ticket))
        except Missing:
            return False
        if _ran(rule, cause):
            return True
        if not matches(ticket, rule.condition, member=None, at=at):
            return False
        run = RuleRun.objects.create(
            rule=rule,
            ticket=ticket,
            seq=cause.seq,
            due_at=cause.due_at,
            at=at,
            depth=cause.depth,
            state=_limit(ticket, cause, at) or State.DONE,
        )
        if run.state == State.DONE:
            _act(run, rule, ticket, at)
        _tell(run, rule, at)
    return True


def _ran(rule: Rule, cause: Cause) -> bool:
    same = RuleRun.objects.filter(rule=rule, ticket_id=cause.ticket)
    return (same.filter(seq=cause.seq) if cause.seq else same.filter(due_at=cause.due_at)).exists()


def _limit(ticket: Ticket, cause: Cause, at: datetime) -> str:
    """What keeps the rule from acting, if anything does."""
    if cause.depth > DEEPEST:
        return State.LOOPED
    lately = RuleRun.objects.filter(ticket=ticket, at__gt=at - timedelta(hours=1))
    return State.TOO_MANY if lately.count() >= MOST_AN_HOUR else ""


def _act(run: RuleRun, rule: Rule, ticket: Ticket, at: datetime) -> None:
    actor = System(rule.ref.removeprefix("system:"))
    outcomes = perform_each(actor=actor, ticket=ticket, deeds=rule.deeds, at=at)
    run.outcomes = [outcome.stored() for outcome in outcomes]
    run.state = state_of(outcomes)
    run.save(update_fields=["outcomes", "state"])


def state_of(outcomes: list[Outcome]) -> str:
    """What the outcomes come to."""
    done = sum(outcome.done for outcome in outcomes)
    if done == len(outcomes):
        return State.DONE
    return State.PARTLY if done else State.REFUSED


def _tell(run: RuleRun, rule: Rule, at: datetime) -> None:
    Rule.objects.filter(pk=rule.pk).update(runs=F("runs") + 1, ran_at=at)
    fact = RuleActed(rule=rule.pk, ticket=run.ticket_id, name=rule.label, run=run.pk, state=run.state)
    record(fact, actor=System(rule.ref.removeprefix("system:")), at=at)
