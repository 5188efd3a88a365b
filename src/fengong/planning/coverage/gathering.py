"""From tables to rows: a dozen statements, whatever the number of members, topics and shifts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from django.conf import settings
from django.db.models import Func, IntegerField, Sum

from fengong.desk.bridge import calendar_time, stamp
from fengong.desk.models import Calendar, Load, ServicePolicy, Ticket
from fengong.people import queries as people
from fengong.people.actions.duty_checks import CHANNELS
from fengong.people.models import DutyList, Position, Skill
from fengong.planning.coverage.rows import HOUR, WEEK, Flags, Floats, Line, Person, Rows
from fengong.rota.reading.roster import presence_by_hour
from fengong.rota.reading.weeks import instant

LOOKED_BACK = 4
"""Weeks of tickets from which the demand of an hour of the week is the mean."""
DAYS = timedelta(days=7)


def week_of(at: datetime) -> date:
    """The Monday of the week of a moment, on the clocks of this desk."""
    day = at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    return day - timedelta(days=day.weekday())


def gathered(monday: date, at: datetime) -> Rows:
    """Everything coverage rests on in one week, as it is known now."""
    zone = settings.TIME_ZONE
    members, topics = _people(), tuple(topic.pk for topic in people.topics().order_by("pk"))
    positions = tuple(people.positions().order_by("pk"))
    lines, written = _lines(positions, max(at, instant(monday, 0, zone)), monday, zone)
    came = _came(at, zone)
    channels = _channels(lines, (row[2] for row in came))
    presence = presence_by_hour(monday, zone, members=[person.pk for person in members])
    share = _in_order(members, presence.members, presence.share)
    served = _open(monday, zone)
    rostered = bool(share.any())
    return Rows(
        monday=monday,
        zone=zone,
        people=members,
        positions=tuple(position.pk for position in positions),
        topics=topics,
        channels=channels,
        lines=lines,
        skills=_skills(members, topics),
        share=share if rostered else np.ones((len(members), WEEK)),
        demand=_demand(came, topics, channels, served) if came else None,
        open=served,
        rostered=rostered,
        written=written,
    )


def lines_of(edition: DutyList, monday: date, zone: str) -> list[Line]:
    """The duties of a list that have somebody do work."""
    calendars = dict(Calendar.objects.values_list("name", "week"))
    return [
        Line(
            position=edition.position_id,
            task=duty.label,
            topics=tuple(duty.topics) or None,
            difficulties=tuple(duty.difficulties) or None,
            channels=tuple(duty.channels) or None,
            hours=_hours(
                duty.hours or calendars.get(duty.calendar, ()), edition.zone or zone, (monday, zone)
            ),
            accountable="A" in duty.raci,
        )
        for duty in edition.duties.all()
        if set(duty.raci) & set("RA")
    ]


def _people() -> tuple[Person, ...]:
    """Active members with a tier and room for work; who has neither takes no tickets."""
    roomy = Load.objects.filter(capacity__gt=0, member__active=True, member__position__tier__isnull=False)
    found = roomy.order_by("member_id").values_list(
        "member_id", "member__display_name", "member__position_id"
    )
    return tuple(Person(*row) for row in found)


def _skills(members: Sequence[Person], topics: Sequence[int]) -> dict[tuple[int, int], float]:
    known, wanted = set(topics), {person.pk for person in members}
    rows = Skill.objects.values_list("member_id", "topic_id", "proficiency")
    return {
        (member, topic): float(level) for member, topic, level in rows if topic in known and member in wanted
    }


def _lines(
    positions: Sequence[Position], at: datetime, monday: date, zone: str
) -> tuple[tuple[Line, ...], bool]:
    """Duties in force then; where no list has been written at all, the range of difficulty of each position."""
    lists = people.all_duties_in_force(at)
    if lists:
        return tuple(line for edition in lists for line in lines_of(edition, monday, zone)), True
    return tuple(_implied(position) for position in positions if position.tier), False


def _implied(position: Position) -> Line:
    span = tuple(range(position.difficulty_min, position.difficulty_max + 1))
    return Line(position.pk, position.label, None, span, None, None, accountable=False)


def _hours(
    week: Sequence[Sequence[Sequence[int]]], zone: str, shown: tuple[date, str]
) -> frozenset[int] | None:
    """Hours of the week that the spans touch, moved to the clocks that are shown."""
    if not week:
        return None
    monday, here = shown
    apart = (instant(monday, 0, zone) - instant(monday, 0, here)) // HOUR
    found = set()
    for day, spans in enumerate(week):
        for begins, ends in spans:
            first, last = day * 24 + begins // 60, day * 24 + -(-ends // 60)
            found |= {(hour + apart) % WEEK for hour in range(first, last)}
    return frozenset(found)


Came = tuple[int, int, str, int, float]
"""Topic, difficulty, channel, hour of the week, minutes of work in a mean week."""


class WeekHour(Func):
    """The hour of the week since Monday 0:00 in UTC, worked out by the database itself."""

    output_field = IntegerField()
    DAY, CLOCK = "strftime('%%%%w', %(expressions)s)", "strftime('%%%%H', %(expressions)s)"
    template = f"(((CAST({DAY} AS INTEGER) + 6) %%%% 7) * 24 + CAST({CLOCK} AS INTEGER))"

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """The same in PostgreSQL's words."""
        there = "%(expressions)s AT TIME ZONE 'UTC'"
        day, clock = f"EXTRACT(isodow FROM {there})", f"EXTRACT(hour FROM {there})"
        return self.as_sql(compiler, connection, template=f"((({day} - 1) * 24 + {clock})::int)", **more)


def _came(at: datetime, zone: str) -> list[Came]:
    """What came in during the last weeks, fewer of them where the desk is younger; by the clocks as they are now."""
    first = Ticket.objects.order_by("opened_at").values_list("opened_at", flat=True).first()
    if first is None or first >= at:
        return []
    weeks = min(LOOKED_BACK, -((first - at) // DAYS))
    apart = (at.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()) // HOUR
    rows = Ticket.objects.filter(opened_at__gte=at - weeks * DAYS, opened_at__lt=at, topic__isnull=False)
    told = rows.order_by().annotate(hour=WeekHour("opened_at"))
    grouped = told.values_list("topic_id", "difficulty", "channel", "hour").annotate(minutes=Sum("effort"))
    return [
        (topic, level, channel, (hour + apart) % WEEK, minutes / weeks)
        for topic, level, channel, hour, minutes in grouped
    ]


def _channels(lines: Iterable[Line], used: Iterable[str]) -> tuple[str, ...]:
    """Those that work comes by or duties name; all of them where neither says anything."""
    named = {channel for line in lines for channel in line.channels or ()} | set(used)
    return tuple(channel for channel in CHANNELS if channel in named or not named)


def _demand(
    came: Sequence[Came], topics: Sequence[int], channels: Sequence[str], served: Flags | None
) -> Floats:
    """What comes while nothing is served counts in the next hour that is."""
    made = np.zeros((len(topics), 3, len(channels), WEEK))
    row, column = ({key: n for n, key in enumerate(keys)} for keys in (topics, channels))
    when = _next_served(served)
    for topic, level, channel, hour, minutes in came:
        if topic in row and channel in column:
            made[row[topic], level - 1, column[channel], when[hour]] += minutes
    return made


def _next_served(served: Flags | None) -> list[int]:
    if served is None or not served.any():
        return list(range(WEEK))
    doors = np.flatnonzero(served)
    return [int(doors[np.searchsorted(doors, hour) % len(doors)]) for hour in range(WEEK)]


def _open(monday: date, zone: str) -> Flags | None:
    """Hours in which the time of any promise runs; None where one runs around the clock."""
    policies = ServicePolicy.objects.filter(active=True).select_related("calendar")
    calendars = [policy.calendar for policy in policies.prefetch_related("calendar__days")]
    known = [calendar for calendar in calendars if calendar is not None]
    if not known or len(known) < len(calendars):
        return None
    edges = [stamp(instant(monday, 60 * hour, zone)) for hour in range(WEEK + 1)]
    times = [calendar_time(calendar) for calendar in {one.pk: one for one in known}.values()]
    hours = [any(time.between(edges[h], edges[h + 1]) > 0 for time in times) for h in range(WEEK)]
    return np.array(hours, dtype=np.bool_)


def _in_order(members: Sequence[Person], ids: Sequence[int], share: Floats) -> Floats:
    row = {pk: number for number, pk in enumerate(ids)}
    return share[[row[person.pk] for person in members]] if members else np.zeros((0, WEEK))
