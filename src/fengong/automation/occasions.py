"""What a rule can wait for: things that happen, by the facts that tell of them, and times that pass."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.utils.translation import pgettext_lazy

from fengong.automation.models import Rule
from fengong.desk.models import Message, Ticket


@dataclass(frozen=True)
class Occasion:
    """Something that happens to a ticket; `holds` narrows down the facts with one of the verbs."""

    label: Any
    verbs: tuple[str, ...]
    holds: Callable[[Mapping[str, Any]], bool] = lambda data: True


OCCASIONS: dict[str, Occasion] = {
    "opened": Occasion(pgettext_lazy("occasion", "A ticket is opened"), ("ticket.opened",)),
    "graded": Occasion(
        pgettext_lazy("occasion", "Its topic is found"), ("ticket.graded", "ticket.topic_changed")
    ),
    "customer_wrote": Occasion(
        pgettext_lazy("occasion", "The customer writes again"), ("ticket.message_received",)
    ),
    "replied": Occasion(
        pgettext_lazy("occasion", "A member replies"),
        ("ticket.replied",),
        lambda data: data.get("member") is not None,
    ),
    "noted": Occasion(pgettext_lazy("occasion", "A note is written"), ("ticket.noted",)),
    "assigned": Occasion(
        pgettext_lazy("occasion", "It gets an owner"), ("ticket.dispatched", "ticket.transferred")
    ),
    "returned": Occasion(pgettext_lazy("occasion", "It goes back to the queue"), ("ticket.returned",)),
    "escalated": Occasion(
        pgettext_lazy("occasion", "It goes to another tier"),
        ("ticket.escalated", "ticket.deescalated", "ticket.tier_set"),
    ),
    "priority_set": Occasion(pgettext_lazy("occasion", "Its priority changes"), ("ticket.priority_set",)),
    "type_set": Occasion(pgettext_lazy("occasion", "Its type changes"), ("ticket.type_set",)),
    "fields_set": Occasion(pgettext_lazy("occasion", "A field changes"), ("ticket.fields_set",)),
    "tagged": Occasion(pgettext_lazy("occasion", "Its tags change"), ("ticket.tagged",)),
    "waits": Occasion(pgettext_lazy("occasion", "It begins to wait for the customer"), ("ticket.pended",)),
    "snoozed": Occasion(pgettext_lazy("occasion", "It is snoozed"), ("ticket.snoozed",)),
    "woken": Occasion(pgettext_lazy("occasion", "It wakes from a snooze"), ("ticket.woken",)),
    "resolved": Occasion(pgettext_lazy("occasion", "It is resolved"), ("ticket.resolved",)),
    "reopened": Occasion(pgettext_lazy("occasion", "It is reopened"), ("ticket.reopened",)),
    "promise_near": Occasion(pgettext_lazy("occasion", "A promise comes near"), ("ticket.promise_near",)),
    "breached": Occasion(pgettext_lazy("occasion", "A promise is broken"), ("ticket.breached",)),
    "rated": Occasion(pgettext_lazy("occasion", "The customer rates us"), ("ticket.rated",)),
    "mail_bounced": Occasion(
        pgettext_lazy("occasion", "A mail does not arrive"), ("ticket.mail_bounced", "ticket.mail_failed")
    ),
}
HEARD = frozenset(verb for occasion in OCCASIONS.values() for verb in occasion.verbs)
UNRESOLVED = ~Q(status=Ticket.Status.RESOLVED)


def names_for(verb: str, data: Mapping[str, Any]) -> set[str]:
    """The occasions that a fact is."""
    return {name for name, known in OCCASIONS.items() if verb in known.verbs and known.holds(data)}


def _wrote(**who: Any) -> Max:
    return Max("messages__at", filter=Q(messages__kind=Message.Kind.PUBLIC, **who))


def with_turns(tickets: QuerySet[Ticket]) -> QuerySet[Ticket]:
    """Tickets with when the customer and when a member last wrote."""
    return tickets.annotate(
        customer_wrote=_wrote(messages__contact__isnull=False),
        member_wrote=_wrote(messages__member__isnull=False),
    )


def due(rule: Rule, ticket: Any) -> datetime | None:
    """When a time rule has to look at a ticket read by `with_turns`; None when its clock does not run."""
    start = _start(rule.clock, ticket)
    if start is None:
        return None
    lasting = timedelta(minutes=rule.minutes)
    return start - lasting if rule.clock == Rule.Clock.DUE else start + lasting


def _start(clock: str, ticket: Any) -> datetime | None:
    """The moment a clock counts from, or, for a promise, to."""
    resolved = ticket.status == Ticket.Status.RESOLVED
    if clock == Rule.Clock.RESOLVED:
        return ticket.resolved_at if resolved else None
    return None if resolved else _UNRESOLVED_CLOCKS[clock](ticket)


def _unanswered(ticket: Any) -> datetime | None:
    theirs, ours = ticket.customer_wrote, ticket.member_wrote
    return theirs if theirs and (ours is None or ours < theirs) else None


def _silent(ticket: Any) -> datetime | None:
    theirs, ours = ticket.customer_wrote, ticket.member_wrote
    return ours if ours and (theirs is None or theirs <= ours) else None


_UNRESOLVED_CLOCKS: dict[str, Callable[[Any], datetime | None]] = {
    Rule.Clock.OPENED: lambda ticket: ticket.opened_at,
    Rule.Clock.WAITING: lambda ticket: (
        ticket.waiting_since if ticket.status == Ticket.Status.WAITING else None
    ),
    Rule.Clock.UNANSWERED: _unanswered,
    Rule.Clock.SILENT: _silent,
    Rule.Clock.IDLE: lambda ticket: max(
        filter(None, (ticket.customer_wrote, ticket.member_wrote)), default=None
    ),
    Rule.Clock.DUE: lambda ticket: ticket.next_due_at,
}


CLOCKS: tuple[tuple[str, Any], ...] = tuple(Rule.Clock.choices)
"""Every clock by name, with its words."""
