"""Verbs on promised times: the default ones, and the sweep that acts when a promise comes near or passes."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from fengong.desk.actions import clocks
from fengong.desk.actions.editions import new_edition
from fengong.desk.bridge import Book, Clocks, Terms, book, moment, stamp, step_moments
from fengong.desk.events import PromiseNear, ServiceLevelSet
from fengong.desk.models import ServiceLevel, ServicePolicy, Ticket
from fengong.desk.models.service_policy import USUAL_PAUSES
from fengong.kernel.actor import Actor
from fengong.kernel.spine import Fact, record, record_all
from fengong.people.policies import require

BATCH = 200
BATCHES = 25
"""How many batches one call takes before the sweeper is asked again."""


def set_service_level(
    *, actor: Actor, priority: int, first_response_minutes: int, resolution_minutes: int, at: datetime
) -> ServiceLevel:
    """Promise times for a priority to every ticket to which no other policy applies; open ones follow."""
    require(actor, "people.manage")
    with transaction.atomic():
        policy, _created = ServicePolicy.objects.get_or_create(
            is_default=True, defaults={"name": "Default", "pauses": list(USUAL_PAUSES)}
        )
        level, _created = ServiceLevel.objects.update_or_create(
            policy=policy,
            priority=priority,
            defaults={
                "first_response_minutes": first_response_minutes,
                "resolution_minutes": resolution_minutes,
            },
        )
        new_edition(at=at)
        fact = ServiceLevelSet(
            priority=priority,
            first_response_minutes=first_response_minutes,
            resolution_minutes=resolution_minutes,
        )
        record(fact, actor=actor, at=at)
    return level


def mark_broken_promises(*, actor: Actor, at: datetime) -> int:
    """Bring every clock that is due up to now: record each promise that has passed and each step of a ladder that was
    reached, once; returns how many there were. Tickets whose policy or calendar has changed are recomputed by it.
    """
    told = 0
    for _batch in range(BATCHES):
        looked_at, facts = _sweep(actor, at)
        told += facts
        if looked_at < BATCH:
            break
    return told


def _sweep(actor: Actor, at: datetime) -> tuple[int, int]:
    """One batch in a transaction of its own, the latest first: what is due just now does not wait behind a backlog."""
    with transaction.atomic():
        due = Ticket.objects.select_for_update(skip_locked=True, no_key=True).filter(next_step_at__lte=at)
        tickets = list(due.order_by("-next_step_at")[:BATCH])
        if not tickets:
            return 0, 0
        policies = book()
        facts: list[tuple[Fact, Actor]] = []
        clocks.choose(tickets, policies, at=at)
        for ticket in tickets:
            facts += [(fact, actor) for fact in _bring_up(ticket, policies, at)]
        clocks.write(tickets)
        record_all(facts, at=at)
    return len(tickets), len(facts)


def _bring_up(ticket: Ticket, policies: Book, at: datetime) -> list[Fact]:
    terms, found = clocks.advance(ticket, policies, at=at)
    if found.story.is_resolved:
        return []
    told = sorted(_passed(ticket, found, at) + _reached(ticket, terms, found, at), key=lambda pair: pair[0])
    clocks.next_moments(ticket, terms, found)
    return [fact for _moment, fact in told]


def _passed(ticket: Ticket, found: Clocks, at: datetime) -> list[tuple[int, Fact]]:
    """Promises that have ended by now, and were not told yet."""
    told: list[tuple[int, Fact]] = []
    for target, clock in found.running.items():
        stopped = found.resting is not None and clock.due is not None and clock.due > found.resting
        if clock.due is None or clock.due > stamp(at) or stopped or getattr(ticket, f"{target}_broken"):
            continue
        setattr(ticket, f"{target}_broken", True)
        told.append((clock.due, clocks.broken_promise(ticket, target)))
    return told


def _reached(ticket: Ticket, terms: Terms, found: Clocks, at: datetime) -> list[tuple[int, Fact]]:
    """Steps of the ladder that are reached by now, and were not done yet."""
    told: list[tuple[int, Fact]] = []
    for step, when in step_moments(found, terms):
        done = ticket.clock["marks"][step.target][1]
        if when > stamp(at) or step.id in done:
            continue
        done.append(step.id)
        if when >= step.since:
            told.append((when, _step(ticket, step.target, step.place, moment(when))))
    return told


def _step(ticket: Ticket, target: str, place: int, when: datetime) -> Fact:
    due = getattr(ticket, f"{target}_due")
    if due is not None and when >= due:
        return clocks.broken_promise(ticket, target, place)
    return PromiseNear(
        ticket=ticket.pk, member=ticket.owner_id, target=target, step=place, policy=ticket.policy_id
    )
