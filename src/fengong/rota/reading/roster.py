"""Who works when, with breaks and leave taken out: as spans, at an instant, and as shares of the hours of a week.

Each answer costs the same few statements for any number of members.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np
import numpy.typing as npt
from django.db.models import QuerySet

from fengong.rota.models import Leave, Shift, ShiftBreak, Standby
from fengong.rota.reading.spans import Span, joined, within, without
from fengong.rota.reading.weeks import instant

WEEK_HOURS = 168
STANDING = (Leave.State.REQUESTED, Leave.State.APPROVED)


@dataclass(frozen=True, slots=True)
class PresenceShares:
    """How much of each hour members are at work: `share[member, hour]` from 0 to 1, hour 0 is Monday at midnight."""

    members: tuple[int, ...]
    share: npt.NDArray[np.float64]


def roster(
    start: datetime, end: datetime, *, members: Collection[int] | None = None
) -> dict[int, list[Span]]:
    """The spans in which each member works between two instants, by member id, in order."""
    frame = (start, end)
    shifts = _touching(Shift.objects.all(), frame, members)
    breaks = _breaks(frame, members)
    found: dict[int, list[Span]] = defaultdict(list)
    for member_id, begins, ends in shifts.values_list("member_id", "starts_at", "ends_at"):
        shown = within((begins, ends), frame)
        if shown:
            found[member_id] += without(shown, breaks.get(member_id, ()))
    return {member_id: joined(spans) for member_id, spans in sorted(found.items())}


def on_shift(at: datetime) -> dict[int, datetime]:
    """Until when those at work now are there, by member id: the end of their shift, or their next break."""
    found = roster(at, at + timedelta(days=2))
    return {member_id: spans[0][1] for member_id, spans in found.items() if spans and spans[0][0] == at}


def on_standby(at: datetime) -> dict[int, int]:
    """Within how many minutes those can be here who may be called now, by member id; who works or is on leave is
    not among them."""
    standby = Standby.objects.filter(starts_at__lte=at, ends_at__gt=at, member__active=True)
    working = Shift.objects.filter(starts_at__lte=at, ends_at__gt=at).values("member")
    away = Leave.objects.filter(state=Leave.State.APPROVED, starts_at__lte=at, ends_at__gt=at).values(
        "member"
    )
    free = standby.exclude(member__in=working).exclude(member__in=away)
    return dict(free.values_list("member_id", "answers_within"))


def presence_by_hour(
    monday: date, zone: str, *, weeks: int = 1, members: Collection[int] | None = None
) -> PresenceShares:
    """What share of each hour of a week members work, on the wall clocks of a zone, as a mean over some weeks.

    An hour that the clocks leave out counts as not worked, one they show twice counts by its two hours.
    """
    edges = [instant(monday, 60 * hour, zone) for hour in range(WEEK_HOURS * weeks + 1)]
    found = roster(edges[0], edges[-1], members=members)
    ids = tuple(sorted(members if members is not None else found))
    seconds = np.array([(edge - edges[0]).total_seconds() for edge in edges])
    lengths = np.diff(seconds)
    share = np.zeros((len(ids), WEEK_HOURS * weeks))
    for row, member_id in enumerate(ids):
        for begins, ends in found.get(member_id, ()):
            first, last = (begins - edges[0]).total_seconds(), (ends - edges[0]).total_seconds()
            share[row] += np.clip(np.minimum(seconds[1:], last) - np.maximum(seconds[:-1], first), 0, None)
    np.divide(share, lengths, out=share, where=lengths > 0)
    return PresenceShares(ids, share.reshape(len(ids), weeks, WEEK_HOURS).mean(axis=1))


def overlapping_leave(start: datetime, end: datetime, *, team_id: int | None = None) -> list[list[Leave]]:
    """Groups of colleagues of one team whose leave, asked for or approved, falls together; groups of two and more."""
    rows = Leave.objects.filter(state__in=STANDING, starts_at__lt=end, ends_at__gt=start)
    rows = rows.filter(member__team=team_id) if team_id else rows
    teams: dict[int, list[list[Leave]]] = defaultdict(list)
    for row in rows.select_related("member").order_by("starts_at", "pk"):
        groups = teams[row.member.team_id]
        if groups and row.starts_at < max(one.ends_at for one in groups[-1]):
            groups[-1].append(row)
        else:
            groups.append([row])
    return [group for groups in teams.values() for group in groups if len(group) > 1]


def leave_beside(leave: Leave) -> QuerySet[Leave]:
    """Who of the same team is away, or asks to be, while this leave lasts."""
    beside = Leave.objects.filter(
        state__in=STANDING, starts_at__lt=leave.ends_at, ends_at__gt=leave.starts_at
    ).exclude(member=leave.member_id)
    return beside.filter(member__team=leave.member.team_id).select_related("member").order_by("starts_at")


def _breaks(frame: Span, members: Collection[int] | None) -> Mapping[int, Iterable[Span]]:
    rows = ShiftBreak.objects.filter(
        starts_at__lt=frame[1], ends_at__gt=frame[0], planned__cancelled=False
    ).order_by()
    if members is not None:
        rows = rows.filter(planned__member__in=members)
    found: dict[int, list[Span]] = defaultdict(list)
    for member_id, begins, ends in rows.values_list("planned__member_id", "starts_at", "ends_at"):
        found[member_id].append((begins, ends))
    return found


def _touching(rows: QuerySet[Shift], frame: Span, members: Collection[int] | None) -> QuerySet[Shift]:
    rows = rows.filter(starts_at__lt=frame[1], ends_at__gt=frame[0]).order_by("member_id", "starts_at")
    return rows if members is None else rows.filter(member__in=members)
