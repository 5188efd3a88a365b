"""Named reads of presence and shifts."""

from __future__ import annotations

from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery

from fengong.people.models import Member
from fengong.rota.models import Presence, Shift


def presences() -> dict[int, str]:
    """Status of every member who has one, by member id."""
    return dict(Presence.objects.values_list("member_id", "status"))


def online() -> frozenset[int]:
    """Ids of the members who are online."""
    return frozenset(
        Presence.objects.filter(status=Presence.Status.ONLINE).values_list("member_id", flat=True)
    )


def presence_of(member: Member) -> str:
    """A member's status; offline where none was ever set."""
    found = Presence.objects.filter(member=member).values_list("status", flat=True).first()
    return found or Presence.Status.OFFLINE


def standing(member: Member, at: datetime) -> tuple[str, datetime | None]:
    """A member's status and when their running shift ends, in one statement."""
    running = Shift.objects.filter(member=OuterRef("pk"), starts_at__lte=at, ends_at__gt=at).order_by(
        "starts_at"
    )
    status = Presence.objects.filter(member=OuterRef("pk")).values("status")[:1]
    found = Member.objects.filter(pk=member.pk).order_by()
    here, ends_at = found.values_list(Subquery(status), Subquery(running.values("ends_at")[:1])).get()
    return here or Presence.Status.OFFLINE, ends_at


def shift_ends(at: datetime, *, until: datetime | None = None) -> dict[int, datetime]:
    """End of the running shift, by member id, for those on shift now; with `until`, of shifts that end by then."""
    running = Shift.objects.filter(starts_at__lte=at, ends_at__gt=at).order_by("ends_at")
    if until:
        running = running.filter(ends_at__lte=until)
    return dict(running.values_list("member_id", "ends_at"))


def shifts_between(start: datetime, end: datetime) -> QuerySet[Shift]:
    """Shifts that touch the span, in order."""
    return (
        Shift.objects.filter(starts_at__lt=end, ends_at__gt=start)
        .select_related("member")
        .order_by("starts_at")
    )


def shifts_of(member: Member, start: datetime, end: datetime) -> QuerySet[Shift]:
    """A member's shifts that touch the span, in order."""
    return shifts_between(start, end).filter(member=member)


def next_shift(member: Member, at: datetime) -> Shift | None:
    """The member's running shift, or else the next one."""
    return Shift.objects.filter(member=member, ends_at__gt=at).order_by("starts_at").first()
