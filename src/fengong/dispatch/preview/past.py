"""The last tickets that were given out, and how the desk stood while they were.

Presence, shifts and what people held are those of then; skills, positions and capacity those of now. Breaks and leave
are not looked back on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from fengong.desk.models import Load, Ticket
from fengong.desk.queries import Queued
from fengong.dispatch.models import Decision, Escalation
from fengong.kernel.models import Event
from fengong.people import queries as people
from fengong.people.models import Member
from fengong.rota.models import Presence, Shift

BACK = timedelta(days=14)
"""How far back work can have been given that is still held."""
SEEN = timedelta(days=3)
"""How far back a change of presence is looked for."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A ticket's way to an owner, as it was: in the queue `since`, given at `at` to `owner`, who held it `until`."""

    ticket: Ticket
    queued: Queued
    since: datetime
    at: datetime
    owner: int
    until: datetime
    barred: frozenset[int]


@dataclass(frozen=True, slots=True)
class Hold:
    """Effort somebody held for a time, of a ticket that is not tried again."""

    member: int
    effort: int
    channel: str
    at: datetime
    until: datetime


@dataclass(slots=True)
class Past:
    """Everything a side needs to begin with."""

    entries: list[Entry]
    holds: list[Hold]
    members: dict[int, Member]
    tiers: Mapping[int, int]
    proficiency: dict[int, dict[int, float]] = field(default_factory=dict)
    capacity: dict[int, int] = field(default_factory=dict)
    presence: dict[int, list[tuple[datetime, str]]] = field(default_factory=dict)
    shifts: dict[int, list[tuple[datetime, datetime]]] = field(default_factory=dict)

    def online(self, at: datetime) -> frozenset[int]:
        """Who was here."""
        return frozenset(member for member, said in self.presence.items() if _last(said, at) == "online")

    def running(self, at: datetime) -> dict[int, tuple[datetime, datetime]]:
        """The shift that ran then, by member."""
        found = {}
        for member, spans in self.shifts.items():
            now = [span for span in spans if span[0] <= at < span[1]]
            if now:
                found[member] = max(now, key=lambda span: span[1])
        return found


def recent(at: datetime, *, limit: int = 200) -> Past | None:
    """The last tickets the matcher gave out; None while there is none."""
    rows = list(
        Decision.objects.filter(kind=Decision.Kind.MATCHED, at__lte=at)
        .select_related("ticket__topic", "ticket__customer", "winner")
        .order_by("-at", "-pk")[:limit]
    )
    first_of = {row.ticket_id: row for row in rows if row.ticket.topic_id}
    if not first_of:
        return None
    entries, holds = _work(first_of, at)
    past = Past(
        entries=sorted(entries, key=lambda entry: (entry.since, entry.ticket.pk)),
        holds=holds,
        members=_members(),
        tiers=people.tiers(),
    )
    begin, end = past.entries[0].since, max(entry.at for entry in past.entries)
    past.proficiency, past.capacity = _skills(), dict(Load.objects.values_list("member_id", "capacity"))
    past.presence = _presence(begin, end)
    past.shifts = _shifts(begin, end)
    return past


def _members() -> dict[int, Member]:
    return {member.pk: member for member in Member.objects.select_related("position", "team")}


def _work(first_of: Mapping[int, Decision], at: datetime) -> tuple[list[Entry], list[Hold]]:
    """What is tried again, and what else was held meanwhile."""
    since = min(row.at for row in first_of.values()) - BACK
    given = Decision.objects.filter(at__gte=since, at__lte=at).order_by("at", "pk").select_related("ticket")
    by_ticket: dict[int, list[Decision]] = defaultdict(list)
    for row in given:
        by_ticket[row.ticket_id].append(row)
    barred = _barred(first_of)
    entries, holds = [], []
    for ticket, rows in by_ticket.items():
        ends = [*(row.at for row in rows[1:]), _until(rows[-1].ticket, at)]
        for row, until in zip(rows, ends, strict=True):
            tried = first_of.get(ticket)
            if tried is not None and tried.pk == row.pk:
                entries.append(_entry(tried, max(until, row.at), barred))
            else:
                holds.append(Hold(row.winner_id, row.effort, row.ticket.channel, row.at, until))
    return entries, holds


def _entry(row: Decision, until: datetime, barred: Mapping[int, list[tuple[datetime, int, int]]]) -> Entry:
    ticket, since = row.ticket, row.at - timedelta(seconds=row.waited_seconds)
    later = [tier for at, tier, _member in barred.get(ticket.pk, []) if at > row.at]
    answered = ticket.first_responded_at is not None and ticket.first_responded_at <= row.at
    queued = Queued.of(ticket)._replace(
        tier=min([ticket.tier, *later]),
        effort=row.effort,
        waiting_since=since,
        next_due_at=ticket.resolution_due if answered else ticket.first_response_due,
    )
    gone = frozenset(member for at, _tier, member in barred.get(ticket.pk, []) if at <= row.at)
    return Entry(ticket, queued, since, row.at, row.winner_id, until, gone)


def _until(ticket: Ticket, at: datetime) -> datetime:
    return ticket.resolved_at or at


def _barred(tickets: Iterable[int]) -> dict[int, list[tuple[datetime, int, int]]]:
    """When a ticket was handed up, from which tier and by whom."""
    found: dict[int, list[tuple[datetime, int, int]]] = defaultdict(list)
    rows = Escalation.objects.filter(ticket__in=tickets, member__isnull=False).order_by("at")
    for ticket, at, tier, member in rows.values_list("ticket_id", "at", "from_tier", "member_id"):
        if member is not None:
            found[ticket].append((at, tier, member))
    return found


def _skills() -> dict[int, dict[int, float]]:
    found: dict[int, dict[int, float]] = defaultdict(dict)
    for member, topic, level in people.skills().values_list("member_id", "topic_id", "proficiency"):
        found[member][topic] = float(level)
    return found


def _presence(begin: datetime, end: datetime) -> dict[int, list[tuple[datetime, str]]]:
    """Status by member as it changed; who changed nothing in days stands as they do now, if they did so then."""
    found: dict[int, list[tuple[datetime, str]]] = defaultdict(list)
    events = Event.objects.filter(verb="presence.changed", at__gte=begin - SEEN, at__lte=end).order_by("seq")
    for at, data in events.values_list("at", "data"):
        found[data["member"]].append((at, data["status"]))
    for member, since, status in Presence.objects.values_list("member_id", "since", "status"):
        if member not in found and since <= begin:
            found[member].append((since, status))
    return found


def _shifts(begin: datetime, end: datetime) -> dict[int, list[tuple[datetime, datetime]]]:
    found: dict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
    rows = Shift.objects.filter(starts_at__lte=end, ends_at__gt=begin)
    for member, starts_at, ends_at in rows.values_list("member_id", "starts_at", "ends_at"):
        found[member].append((starts_at, ends_at))
    return found


def _last(said: list[tuple[datetime, str]], at: datetime) -> str:
    before = [status for moment, status in said if moment <= at]
    return before[-1] if before else ""
