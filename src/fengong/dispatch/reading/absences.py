"""Who has gone while holding work, until when, and who stands in for them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, Max, Min, OuterRef, Q, QuerySet

from fengong.desk.models import Ticket
from fengong.desk.queries import OWNED
from fengong.dispatch.models import Decision, Move, StandIn
from fengong.dispatch.move_rules import MoveRules
from fengong.kernel.spine import history
from fengong.rota.models import Leave, Presence, Shift

LOOK_BACK = timedelta(days=14)
AT_ONCE = 100
HERE = ("online", "engaged")
"""What a member says who is at work, be it for one matter alone."""
LINGERING = timedelta(hours=12)
"""How long after a shift somebody online counts as only not having left yet."""


@dataclass(frozen=True, slots=True)
class Absence:
    """A member who is not here, or should not be any more: why, since when, when they are taken to be back, and whether
    that is known. `lingers`: their shift is over and they are online all the same."""

    member: int
    kind: str
    since: datetime
    back: datetime
    is_known: bool
    lingers: bool = False


class _Roster:
    """What is known of some members' presence, shifts and leave at one instant."""

    def __init__(self, members: Collection[int], at: datetime) -> None:
        shifts = Shift.objects.filter(member__in=members)
        gone = shifts.filter(ends_at__lte=at, ends_at__gt=at - LOOK_BACK)
        self.presence = {row.member_id: row for row in Presence.objects.filter(member__in=members)}
        self.running = set(shifts.filter(starts_at__lte=at, ends_at__gt=at).values_list("member", flat=True))
        self.ended = dict(gone.values_list("member").annotate(Max("ends_at")).order_by())
        self.next = dict(
            shifts.filter(starts_at__gt=at).values_list("member").annotate(Min("starts_at")).order_by()
        )
        leave = Leave.objects.filter(
            member__in=members, state=Leave.State.APPROVED, starts_at__lte=at, ends_at__gt=at
        )
        self.leave = {row.member_id: (row.starts_at, row.ends_at) for row in leave}

    def is_online(self, member: int) -> bool:
        found = self.presence.get(member)
        return found is not None and found.status in HERE


def absences(at: datetime, rules: MoveRules) -> list[Absence]:
    """Members who hold tickets and have gone: on leave, after their shift, or with no roster and offline."""
    holders = set(Ticket.objects.filter(status__in=OWNED).values_list("owner", flat=True).distinct())
    if not holders:
        return []
    roster = _Roster(holders, at)
    found = (
        _on_leave(member, roster, at, rules) or _after_shift(member, roster, at, rules)
        for member in sorted(holders)
    )
    return [absence for absence in found if absence is not None]


def _on_leave(member: int, roster: _Roster, at: datetime, rules: MoveRules) -> Absence | None:
    if member not in roster.leave:
        return None
    begun, ends = roster.leave[member]
    if roster.is_online(member) and begun > at - timedelta(minutes=rules.grace):
        return None
    back = roster.next.get(member)
    return Absence(member, Move.Kind.LEAVE, begun, max(back or ends, ends), is_known=True)


def _after_shift(member: int, roster: _Roster, at: datetime, rules: MoveRules) -> Absence | None:
    """Who has no shift now. Somebody online then is there of their own accord, but for a while after a shift."""
    if member in roster.running or member in roster.leave:
        return None
    online, ended = roster.is_online(member), roster.ended.get(member)
    grace = timedelta(minutes=rules.grace)
    if online and not (ended and ended + grace <= at < ended + LINGERING):
        return None
    since = ended or _left(roster.presence.get(member), at - grace)
    if since is None:
        return None
    back = roster.next.get(member)
    until = back or at + timedelta(minutes=rules.unknown_return)
    return Absence(member, Move.Kind.SHIFT_END, since, until, back is not None, lingers=online)


def _left(presence: Presence | None, limit: datetime) -> datetime | None:
    """Since when somebody without a roster is offline; None for those who left only a while ago."""
    if presence is None:
        return limit
    gone = presence.status == Presence.Status.OFFLINE and presence.since <= limit
    return presence.since if gone else None


def came_back(at: datetime) -> list[Ticket]:
    """Tickets that were reopened for an owner who was not here, and still is not; by their owners, oldest first.

    What somebody gave to them by hand meanwhile is not among them: whoever did that meant it. Nor is what they reopened
    themselves, such as by undoing their own step: they are at it, whatever they say of themselves.
    """
    presence = Presence.objects.filter(member=OuterRef("owner"))
    online = presence.filter(status=Presence.Status.ONLINE)
    before = presence.filter(since__gt=OuterRef("assigned_at"))
    given = Decision.objects.filter(ticket=OuterRef("pk"), at__gte=OuterRef("assigned_at"))
    found = Ticket.objects.filter(
        ~Exists(online), ~Exists(before), ~Exists(given), status=Ticket.Status.OPEN, assigned_at__lte=at
    )
    oldest = found.order_by("owner", "assigned_at")[:AT_ONCE]
    return [ticket for ticket in oldest if not _reopened_by_owner(ticket)]


def _reopened_by_owner(ticket: Ticket) -> bool:
    last = history("ticket", ticket.pk).filter(verb="ticket.reopened").order_by("-seq").first()
    return last is not None and last.actor == f"member:{ticket.owner_id}"


def stand_ins(member: int, at: datetime) -> list[int]:
    """Who stands in for a member now, then who stands in for them, and so on; nobody twice, not the member.

    One that is named for a time counts before one that is named for good.
    """
    now = Q(starts_at__lte=at, ends_at__gt=at) | Q(starts_at__isnull=True)
    rows = StandIn.objects.filter(now, by_member__active=True).order_by("starts_at")
    by: dict[int, int] = {}
    for of, who, starts_at in rows.values_list("member", "by_member", "starts_at"):
        if starts_at is not None or of not in by:
            by[of] = who
    chain, following = list[int](), by.get(member)
    while following is not None and following not in (member, *chain):
        chain.append(following)
        following = by.get(following)
    return chain


def stand_ins_of(member: int) -> QuerySet[StandIn]:
    """Who is named to stand in for a member, for good and for times to come."""
    return StandIn.objects.filter(member=member).select_related("by_member").order_by("starts_at", "id")


def held_by(member: int) -> list[Ticket]:
    """The tickets that somebody who has gone holds, the nearest promise first."""
    return list(Ticket.objects.filter(owner=member, status__in=OWNED).order_by("next_due_at", "id"))


def cannot_wait(ticket: Ticket, absence: Absence, at: datetime, rules: MoveRules) -> bool:
    """Whether somebody else must go on before its owner is back.

    What rests until its customer answers stays. What is due before then moves, and what was due while the customer
    waits. On leave open work moves when the owner stays away longer than for a night.
    """
    if absence.lingers and ticket.assigned_at is not None and ticket.assigned_at > absence.since:
        return False  # they took it after their shift
    if ticket.status == Ticket.Status.PENDING:
        woken = ticket.snoozed_until is not None and ticket.snoozed_until < absence.back
        return woken or (ticket.paused_at is None and _is_due(ticket, absence.back))
    late = ticket.first_response_broken or ticket.next_response_broken or ticket.resolution_broken
    if _is_due(ticket, absence.back) or late:
        return True
    long = absence.back - at > timedelta(minutes=rules.unknown_return)
    return long and (absence.kind == Move.Kind.LEAVE or ticket.unanswered_since is not None)


def _is_due(ticket: Ticket, back: datetime) -> bool:
    return ticket.next_due_at is not None and ticket.next_due_at < back
