"""What became of tickets, read from the desk and the spine."""

from __future__ import annotations

from datetime import datetime, timedelta

from fengong.desk.models import Rating, Ticket
from fengong.kernel.models import Event
from fengong.planning.skills.bridge import Attempt

LOOKED_BACK = timedelta(days=180)
MOST = 30_000
"""Tickets that are learned from, the newest."""


def attempts(at: datetime) -> list[Attempt]:
    """Tickets resolved in the last half year by those who resolved them, and those that members gave up."""
    since = at - LOOKED_BACK
    solved = Ticket.objects.filter(
        resolved_at__gte=since,
        status=Ticket.Status.RESOLVED,
        reason=Ticket.Reason.SOLVED,
        topic__isnull=False,
    ).exclude(owner=None)
    rows = list(
        solved.order_by("-resolved_at").values_list(
            "pk", "owner_id", "topic_id", "difficulty", "resolved_at"
        )[:MOST]
    )
    back, given_up = _told("ticket.reopened", since), _told("ticket.escalated", since)
    scores = dict(
        Rating.objects.filter(answered_at__gte=since, score__isnull=False).values_list("ticket_id", "score")
    )
    found = [
        Attempt(
            owner, topic, pk, level, True, False, owner in back.get(pk, {}), scores.get(pk), _minutes(ended)
        )
        for pk, owner, topic, level, ended in rows
        if owner and topic and ended
    ]
    return found + _given_up(given_up)


def resolved_for_good(member: int, since: datetime) -> int:
    """Tickets a member has resolved since then that did not come back."""
    found = Ticket.objects.filter(
        owner_id=member, resolved_at__gte=since, status=Ticket.Status.RESOLVED, reason=Ticket.Reason.SOLVED
    )
    return found.count()


def _given_up(told: dict[int, dict[int, datetime]]) -> list[Attempt]:
    """Tickets members handed to a higher tier, by those who did."""
    known = Ticket.objects.filter(pk__in=list(told)[:MOST], topic__isnull=False)
    return [
        Attempt(member, topic, pk, level, False, True, False, None, _minutes(when))
        for pk, topic, level in known.values_list("pk", "topic_id", "difficulty")
        for member, when in told[pk].items()
    ]


def _told(verb: str, since: datetime) -> dict[int, dict[int, datetime]]:
    """By ticket, which members a fact names, and when."""
    made: dict[int, dict[int, datetime]] = {}
    rows = Event.objects.filter(verb=verb, at__gte=since).order_by("-seq").values_list("data", "at")[:MOST]
    for data, when in rows:
        if data.get("member"):
            made.setdefault(data["ticket"], {}).setdefault(data["member"], when)
    return made


def _minutes(at: datetime) -> float:
    return at.timestamp() / 60
