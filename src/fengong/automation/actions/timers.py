"""Clocks of time rules: one row for each ticket that a rule will have to look at, and what happens when it is up."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from fengong.automation.actions.running import Cause, run_rule
from fengong.automation.models import Rule, RuleRun, Timer
from fengong.automation.occasions import UNRESOLVED, due, with_turns
from fengong.desk.models import Ticket
from fengong.kernel.errors import Invalid

AT_ONCE = 200
FILL_AT_ONCE = 500
STRETCHES = 20

logger = logging.getLogger(__name__)


def set_timers(tickets: Iterable[int], rules: list[Rule], *, at: datetime) -> None:
    """Set the clocks of these tickets anew, and stop those that no longer run or have done their work."""
    known = list(with_turns(Ticket.objects.filter(pk__in=list(tickets))))
    moments = {(rule.pk, ticket.pk): _moment(rule, ticket) for rule in rules for ticket in known}
    done = _done(moments, at)
    wanted = [
        Timer(rule_id=rule, ticket_id=ticket, due_at=moment)
        for (rule, ticket), moment in moments.items()
        if moment is not None and (rule, ticket, moment) not in done
    ]
    keep = {(timer.rule_id, timer.ticket_id) for timer in wanted}
    stopped = [pair for pair in moments if pair not in keep]
    with transaction.atomic():
        for rule in rules:
            idle = [ticket for of, ticket in stopped if of == rule.pk]
            Timer.objects.filter(rule=rule, ticket__in=idle).delete()
        Timer.objects.bulk_create(
            wanted, update_conflicts=True, unique_fields=["ticket", "rule"], update_fields=["due_at"]
        )


def _moment(rule: Rule, ticket: Ticket) -> datetime | None:
    """When the rule has to look; what came before it was switched on does not concern it."""
    moment = due(rule, ticket)
    return None if moment is None or (rule.since and moment <= rule.since) else moment


def _done(moments: dict[tuple[int, int], datetime | None], at: datetime) -> set[tuple[int, int, datetime]]:
    """Of moments that have passed, those on which the rule has acted."""
    tickets = {ticket for (_rule, ticket), moment in moments.items() if moment is not None and moment <= at}
    if not tickets:
        return set()
    acted = RuleRun.objects.filter(ticket__in=tickets, due_at__isnull=False)
    return {
        (rule, ticket, due_at)
        for rule, ticket, due_at in acted.values_list("rule", "ticket", "due_at")
        if due_at
    }


def fill(*, at: datetime) -> int:
    """Set the clocks of all tickets for rules that were just switched on; returns how many tickets were seen."""
    seen = 0
    for rule in Rule.objects.filter(active=True, filled_to__isnull=False):
        for _stretch in range(STRETCHES):
            found = _next_to_fill(rule)
            if found:
                set_timers(found, [rule], at=at)
            rule.filled_to = found[-1] if len(found) == FILL_AT_ONCE else None
            Rule.objects.filter(pk=rule.pk, since=rule.since).update(filled_to=rule.filled_to)
            seen += len(found)
            if rule.filled_to is None:
                break
    return seen


def _next_to_fill(rule: Rule) -> list[int]:
    ahead: QuerySet[Ticket] = Ticket.objects.filter(pk__gt=rule.filled_to or 0)
    if rule.clock == Rule.Clock.RESOLVED and rule.since:
        ahead = ahead.filter(resolved_at__gt=rule.since - timedelta(minutes=rule.minutes))
    else:
        ahead = ahead.filter(UNRESOLVED)
    return list(ahead.order_by("pk").values_list("pk", flat=True)[:FILL_AT_ONCE])


def ring(*, at: datetime) -> int:
    """Let the rules act whose time is up; returns how many did."""
    up = Timer.objects.filter(due_at__lte=at).select_related("rule")
    timers = list(up.order_by("due_at", "rule__position", "rule_id")[:AT_ONCE])
    return sum(_rung(timer, at) for timer in timers)


def _rung(timer: Timer, at: datetime) -> bool:
    rule = timer.rule
    ticket = with_turns(Ticket.objects.filter(pk=timer.ticket_id)).first()
    moment = due(rule, ticket) if ticket and rule.active else None
    if moment is not None and moment > at:
        Timer.objects.filter(pk=timer.pk).update(due_at=moment)  # it moved on meanwhile
        return False
    acted = False
    try:
        if moment is not None:
            acted = run_rule(rule, Cause(ticket=timer.ticket_id, due_at=moment), at=at)
    except Invalid as refusal:
        logger.warning("The condition of rule %s cannot be read: %s", rule.pk, refusal.message)
    Timer.objects.filter(pk=timer.pk, due_at=timer.due_at).delete()
    return acted
