"""The verb that gives waiting tickets to members: one round of matching."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

from django.db import transaction

from fengong.desk import queries as desk
from fengong.desk.actions.claims import Claim, claim_many
from fengong.desk.models import Ticket
from fengong.dispatch import queries
from fengong.dispatch.actions.interrupting import interrupt_for
from fengong.dispatch.actions.offers import offer_tickets
from fengong.dispatch.actions.triage import triage_waiting
from fengong.dispatch.bridge import DEFAULT_POLICY, Plan, plan
from fengong.dispatch.events import TicketDispatched
from fengong.dispatch.models import Decision, Wait
from fengong.dispatch.reading.standing import standing
from fengong.kernel.actor import Actor
from fengong.kernel.rows import insert_new
from fengong.kernel.spine import Fact, record_all
from fengong.people.policies import require
from fengong.rota.actions.presence import online_locked

LOOK_AT, OF_EACH = 400, 25
"""Tickets a round looks at; of a longer queue, how many of each class."""
COUNT_AGAIN = timedelta(seconds=3)
CLAIM_AT_ONCE = 100
"""Decisions carried out in one transaction, so that others are not kept waiting for the database."""


def match_waiting(*, actor: Actor, at: datetime, policy: str = DEFAULT_POLICY) -> list[Decision]:
    """Match all waiting tickets to all free capacity and carry the decisions out.

    The calculation runs on a snapshot outside any transaction. Each decision is then carried out only if it still
    holds: the ticket waits unchanged, the member is online, the effort fits. What does not is left to the next round.
    """
    require(actor, "ticket.assign")
    triage_waiting(actor=actor, at=at)
    tickets = desk.queue(LOOK_AT, OF_EACH)
    if not tickets:
        return []
    started = time.perf_counter()
    barred = queries.barred([ticket.pk for ticket in tickets], at=at)
    edition, rules = queries.rules_in_force()
    known = standing(tickets, at, rules)
    found = plan(tickets=tickets, standing=known, barred=barred, at=at, policy=policy, rules=rules)
    found.round.edition_id = edition
    found.round.milliseconds = round((time.perf_counter() - started) * 1000, 1)
    done = _carry_out(found, actor, at)
    _explain_waits(found.waits)
    if any(found.full.values()):
        done += interrupt_for(actor=actor, full=found.full, rules=rules.interrupting, at=at)
    return done


def _carry_out(found: Plan, actor: Actor, at: datetime) -> list[Decision]:
    done: list[Decision] = []
    for start in range(0, len(found.decisions), CLAIM_AT_ONCE):
        done += _claim(found, found.decisions[start : start + CLAIM_AT_ONCE], actor, at)
    return done


def _claim(found: Plan, decisions: list[Decision], actor: Actor, at: datetime) -> list[Decision]:
    with transaction.atomic():
        here = online_locked(decision.winner_id for decision in decisions)
        claims = [
            Claim(ticket=d.ticket_id, seen=found.seen[d.ticket_id], member=d.winner_id)
            for d in decisions
            if d.winner_id in here
        ]
        given = claim_many(claims=claims, at=at)
        done = [decision for decision in decisions if decision.ticket_id in given]
        if not done:
            return []
        if found.round.pk is None:
            found.round.save(force_insert=True)
        for decision in done:
            decision.round_id = found.round.pk
        Wait.objects.filter(ticket_id__in=given).delete()
        insert_new(done)
        offer_tickets(decisions=done, at=at)
        record_all([(_fact(decision), actor) for decision in done], at=at)
    return done


def _fact(decision: Decision) -> Fact:
    return TicketDispatched(
        ticket=decision.ticket_id, member=decision.winner_id, decision=decision.pk, kind=decision.kind
    )


def _explain_waits(waits: list[Wait]) -> None:
    """Write down why tickets wait, where that has changed and they still do."""
    stored = {w.ticket_id: w for w in Wait.objects.filter(ticket_id__in=[wait.ticket_id for wait in waits])}
    news = [wait for wait in waits if _differs(wait, stored.get(wait.ticket_id))]
    if not news:
        return
    with transaction.atomic():
        still = set(
            Ticket.objects.select_for_update(skip_locked=True, no_key=True)
            .filter(pk__in=[wait.ticket_id for wait in news], status=Ticket.Status.WAITING)
            .values_list("pk", flat=True)
        )
        Wait.objects.bulk_create(
            [wait for wait in news if wait.ticket_id in still],
            update_conflicts=True,
            unique_fields=["ticket"],
            update_fields=["reason", "eligible", "excluded", "at"],
        )


def _differs(wait: Wait, stored: Wait | None) -> bool:
    """Whether to write it down; counts that change all the time on a busy desk are written now and then."""
    if stored is None or wait.reason != stored.reason:
        return True
    return wait.excluded != stored.excluded and wait.at - stored.at >= COUNT_AGAIN
