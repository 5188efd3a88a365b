"""Named reads of presence and shifts."""

from __future__ import annotations

from datetime import datetime

from django.db.models import OuterRef, Q, QuerySet, Subquery

from fengong.people.models import Member, Team
from fengong.rota.models import (
    CalendarLink,
    Leave,
    Pattern,
    PlannedShift,
    Presence,
    Shift,
    ShiftBreak,
    Standby,
)


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


def shift(pk: int) -> Shift | None:
    """One shift."""
    return Shift.objects.select_related("member__team", "planned").filter(pk=pk).first()


def shift_of_plan(planned: PlannedShift) -> Shift | None:
    """What is left of a planned shift, or the first piece of it."""
    pieces = Shift.objects.select_related("member__team").filter(planned=planned)
    return pieces.order_by("starts_at").first()


def breaks_of(shift: Shift) -> QuerySet[ShiftBreak]:
    """The breaks of what a shift was planned as, in order."""
    return ShiftBreak.objects.filter(planned=shift.planned_id, planned__isnull=False)


def shift_break(pk: int) -> ShiftBreak | None:
    """One break."""
    return ShiftBreak.objects.select_related("planned__member__team").filter(pk=pk).first()


def patterns(*, team: Team | None = None) -> QuerySet[Pattern]:
    """All patterns; those of a team and of its members, where one is named."""
    found = Pattern.objects.select_related("member__team", "team")
    return found.filter(Q(team=team) | Q(member__team=team)) if team else found


def pattern(pk: int) -> Pattern | None:
    """One pattern."""
    return patterns().filter(pk=pk).first()


def leaves(*, member: Member | None = None, team: Team | None = None, state: str = "") -> QuerySet[Leave]:
    """Leave, the next to begin last."""
    found = Leave.objects.select_related("member__team", "decided_by").order_by("-starts_at", "-pk")
    if member is not None:
        found = found.filter(member=member)
    if team is not None:
        found = found.filter(member__team=team)
    return found.filter(state=state) if state else found


def leaves_known_to(reader: Member, *, since: datetime | None = None) -> QuerySet[Leave]:
    """Leave that somebody may know of: everybody's, that of the members they lead, and their own; with `since`, only
    what was not over then."""
    found = _known_to(reader)
    return found.filter(ends_at__gt=since) if since else found


def leaves_to_come(member: Member, at: datetime) -> QuerySet[Leave]:
    """A member's leave that is not over, the next first."""
    return leaves(member=member).filter(ends_at__gt=at).order_by("starts_at")


def standby_of(member: Member, start: datetime, end: datetime) -> QuerySet[Standby]:
    """A member's standby that touches the span, in order."""
    return standby_between(start, end).filter(member=member)


def _known_to(reader: Member) -> QuerySet[Leave]:
    if reader.may("member.read") or reader.may("people.manage"):
        return leaves()
    led = Q(member__team__lead=reader) if reader.may("shift.plan") else Q()
    return leaves().filter(led | Q(member=reader) if led else Q(member=reader))


def leave(pk: int) -> Leave | None:
    """One leave."""
    return leaves().filter(pk=pk).first()


def standby_between(start: datetime, end: datetime) -> QuerySet[Standby]:
    """Standby that touches the span, in order."""
    found = Standby.objects.filter(starts_at__lt=end, ends_at__gt=start)
    return found.select_related("member__team").order_by("starts_at", "pk")


def standby(pk: int) -> Standby | None:
    """One standby."""
    return Standby.objects.select_related("member__team").filter(pk=pk).first()


def planned_shift(pk: int) -> PlannedShift | None:
    """What was planned, cancelled or not."""
    return PlannedShift.objects.select_related("member__team").filter(pk=pk).first()


def member_of_link(secret: str) -> Member | None:
    """The active member whose calendar a secret opens."""
    found = CalendarLink.objects.select_related("member__account").filter(
        digest=CalendarLink.digest_of(secret), member__active=True
    )
    link = found.first()
    return link.member if link else None


def link_of(member: Member) -> CalendarLink | None:
    """The link to a member's calendar, without its secret."""
    return CalendarLink.objects.filter(member=member).first()


def planned_between(start: datetime, end: datetime) -> QuerySet[Shift]:
    """Shifts that begin in the span, in order, with what they were planned as and their breaks."""
    found = Shift.objects.filter(starts_at__gte=start, starts_at__lt=end, member__active=True)
    found = found.select_related("member__team", "planned").prefetch_related("planned__breaks")
    return found.order_by("starts_at", "pk")


def leave_between(start: datetime, end: datetime) -> QuerySet[Leave]:
    """Leave that touches the span and is asked for or approved, in order."""
    found = Leave.objects.filter(
        starts_at__lt=end, ends_at__gt=start, state__in=(Leave.State.REQUESTED, Leave.State.APPROVED)
    )
    return found.select_related("member__team").order_by("starts_at", "pk")


def plan_of_given(member_id: int, span: tuple[datetime, datetime]) -> int | None:
    """The plan of a shift that left a member's roster, by its time: the newest that is cancelled."""
    found = PlannedShift.objects.filter(
        member=member_id, starts_at=span[0], ends_at=span[1], cancelled=True
    ).order_by("-pk")
    return found.values_list("pk", flat=True).first()


def breaks_to_come(member: Member, start: datetime, end: datetime) -> QuerySet[ShiftBreak]:
    """A member's breaks that touch the span, in order."""
    found = ShiftBreak.objects.filter(planned__member=member, planned__cancelled=False)
    return found.filter(starts_at__lt=end, ends_at__gt=start).select_related("planned")
