"""What a rule would have done, tried on past tickets before it goes live. It reads, and changes nothing.

Events and opening times are those that were; conditions are asked of tickets as they are now, for what they were at
each moment is not stored. Both surfaces say so.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from fengong.automation.deeds import Chip, describe
from fengong.automation.models import Rule
from fengong.automation.occasions import OCCASIONS, due, names_for, with_turns
from fengong.desk.language import condition
from fengong.desk.models import Ticket
from fengong.kernel.actor import Actor
from fengong.kernel.models import EventSubject
from fengong.people.policies import require

SPANS = (200, 1000)
"""How many of the newest tickets a rehearsal may look at."""


@dataclass(frozen=True)
class Found:
    """A ticket the rule would have acted on, how often, and when for the last time."""

    ticket: Ticket
    times: int
    last: datetime


@dataclass(frozen=True)
class Rehearsal:
    """The outcome: of so many tickets since then, these; each time with these deeds."""

    looked_at: int
    since: datetime | None
    found: list[Found]
    chips: list[Chip]

    @property
    def times(self) -> int:
        return sum(found.times for found in self.found)


def rehearse(*, actor: Actor, rule: Rule, last: int = SPANS[0], at: datetime) -> Rehearsal:
    """Try a rule, saved or only drafted, on the newest tickets."""
    require(actor, "desk.configure")
    newest = list(Ticket.objects.order_by("-opened_at", "-id").values_list("pk", "opened_at")[:last])
    ids = [pk for pk, _opened in newest]
    wanted = condition(rule.condition, member=None, at=at)
    held = Ticket.objects.filter(pk__in=ids).filter(wanted).values_list("pk", flat=True)
    times = _events(rule, list(held)) if rule.when == Rule.When.EVENT else _moments(rule, list(held), at)
    tickets = Ticket.objects.select_related("customer", "owner", "topic").in_bulk(list(times))
    found = [Found(tickets[pk], len(moments), max(moments)) for pk, moments in times.items()]
    found.sort(key=lambda one: (one.last, one.ticket.pk), reverse=True)
    return Rehearsal(len(ids), newest[-1][1] if newest else None, found, describe(rule.deeds))


def _events(rule: Rule, tickets: list[int]) -> dict[int, list[datetime]]:
    verbs = {verb for name in rule.events for verb in OCCASIONS[name].verbs}
    told = EventSubject.objects.filter(kind="ticket", ref__in=tickets, event__verb__in=verbs)
    times: dict[int, list[datetime]] = defaultdict(list)
    for ticket, verb, data, when in told.values_list("ref", "event__verb", "event__data", "event__at"):
        if names_for(verb, data).intersection(rule.events):
            times[ticket].append(when)
    return times


def _moments(rule: Rule, tickets: list[int], at: datetime) -> dict[int, list[datetime]]:
    known = with_turns(Ticket.objects.filter(pk__in=tickets))
    moments = {ticket.pk: _moment(rule, ticket) for ticket in known}
    return {pk: [moment] for pk, moment in moments.items() if moment is not None and moment <= at}


def _moment(rule: Rule, ticket: Any) -> datetime | None:
    """When the clock was up; for a resolved ticket that of its opening, if that came before it was resolved."""
    if rule.clock == Rule.Clock.OPENED and ticket.resolved_at:
        up: datetime = ticket.opened_at + timedelta(minutes=rule.minutes)
        return up if up <= ticket.resolved_at else None
    return due(rule, ticket)
