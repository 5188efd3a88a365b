"""From tables to the engine and back: working time of calendars, and what policies promise. No other module of this
app knows the engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from fengong.desk.models import Calendar, CalendarDay, PromiseEdition, ServiceLevel, ServicePolicy, Ticket
from fengong.engine.timeline.clocks import (
    FIRST_RESPONSE,
    RESOLVED,
    TARGETS,
    Clocks,
    Promises,
    Story,
    Turn,
    clocks,
)
from fengong.engine.timeline.working import ALWAYS, Hours, Pattern, WorkingTime, Zone
from fengong.kernel import zones
from fengong.kernel.holidays import PublicDay, public_days
from fengong.kernel.prepared import Prepared

MICROSECOND = timedelta(microseconds=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Week = Sequence[Sequence[Sequence[int]]]
"""Seven days from Monday on, each a list of [minute it begins, minute it ends]."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a ladder; `since` is the moment before which it does not count."""

    id: int
    place: int
    target: str
    percent: int | None
    minutes: int
    since: int


@dataclass(frozen=True)
class Terms:
    """What one policy promises, by priority, and the steps of its ladder."""

    id: int | None = None
    name: str = ""
    condition: str = ""
    levels: Mapping[int, Promises] = field(default_factory=dict)
    otherwise: Promises = field(default_factory=Promises)
    steps: tuple[Step, ...] = ()

    def promises(self, priority: int) -> Promises:
        """What it promises a ticket of this priority."""
        return self.levels.get(priority, self.otherwise)


@dataclass(frozen=True)
class Book:
    """All policies that count now: those with a condition, in order, and the one for everything else."""

    conditional: tuple[Terms, ...] = ()
    default: Terms = field(default_factory=Terms)
    edition: str = ""

    def terms(self, policy: int | None) -> Terms:
        """The policy of a ticket; one that no longer counts gives way to the default."""
        return next((terms for terms in self.conditional if terms.id == policy), self.default)


_books: dict[str, Book] = {}
_EDITIONS = Prepared(lambda: PromiseEdition.objects.values_list("token"))


def book() -> Book:
    """The policies of the edition that counts, remembered by this process until there is another."""
    token = edition()
    if not token:
        return Book()
    found = _books.get(token)
    if found is None:
        found = _load(token)
        _books.clear()
        _books[token] = found
    return found


def edition() -> str:
    """Which edition of the policies counts; empty before there is one."""
    found = _EDITIONS.rows()
    return str(found[0][0]) if found else ""


def _load(token: str) -> Book:
    policies = ServicePolicy.objects.filter(active=True).select_related("calendar")
    terms = [
        (policy, _terms(policy)) for policy in policies.prefetch_related("levels", "steps", "calendar__days")
    ]
    default = next((found for policy, found in terms if policy.is_default), Terms())
    return Book(tuple(found for policy, found in terms if not policy.is_default), default, token)


def _terms(policy: ServicePolicy) -> Terms:
    time = calendar_time(policy.calendar) if policy.calendar else ALWAYS
    ownership = {
        tier: minutes
        for tier, minutes in enumerate((policy.ownership_1, policy.ownership_2, policy.ownership_3), start=1)
        if minutes is not None
    }
    pauses = frozenset(policy.pauses)
    return Terms(
        id=policy.pk,
        name=policy.name,
        condition=policy.condition,
        levels={level.priority: _promises(level, ownership, pauses, time) for level in policy.levels.all()},
        otherwise=Promises(ownership=ownership, pauses=pauses, time=time),
        steps=tuple(
            Step(step.pk, step.place, step.target, step.percent, step.minutes, stamp(step.since))
            for step in policy.steps.all()
        ),
    )


def _promises(
    level: ServiceLevel, ownership: Mapping[int, int], pauses: frozenset[str], time: WorkingTime
) -> Promises:
    return Promises(
        first_response=level.first_response_minutes,
        next_response=level.next_response_minutes,
        update=level.update_minutes,
        resolution=level.resolution_minutes,
        ownership=ownership,
        pauses=pauses,
        time=time,
    )


def desk_opening() -> Callable[[datetime], datetime | None] | None:
    """When the desk opens next from a moment on, by the calendar of its default policy; None where it has none."""
    hours = book().default.otherwise.time
    if hours is ALWAYS:
        return None

    def opens(at: datetime) -> datetime | None:
        found = hours.opening(stamp(at))
        return None if found is None else moment(found)

    return opens


def calendar_time(calendar: Calendar) -> WorkingTime:
    """The working time of a calendar: its week, the holidays of its region, and the days decided on by hand."""
    return working_time(calendar.week, calendar_days(calendar), calendar.zone)


def calendar_days(calendar: Calendar) -> dict[date, Sequence[Sequence[int]]]:
    """The hours of each day that differs from the week; what was decided by hand goes before the libraries."""
    found = {
        day.date: hours
        for day in public_days(calendar.region).values()
        if (hours := public_hours(calendar, day)) is not None
    }
    return found | {day.date: day_hours(calendar, day) for day in calendar.days.all()}


def public_hours(calendar: Calendar, day: PublicDay) -> Sequence[Sequence[int]] | None:
    """The hours of a public day; None where it is like any other.

    A weekend that is made a working day is worked like the first weekday that has hours, unless the calendar works
    at that weekend anyway.
    """
    if not day.works:
        return []
    if not calendar.makes_up or calendar.week[day.date.weekday()]:
        return None
    return next((hours for hours in calendar.week if hours), [])


def day_hours(calendar: Calendar, day: CalendarDay) -> Sequence[Sequence[int]]:
    """The hours of a day decided on by hand."""
    if day.kind == CalendarDay.Kind.LIKE:
        return list(calendar.week[day.like or 0])
    return day.hours if day.kind == CalendarDay.Kind.HOURS else []


def story(ticket: Ticket) -> Story:
    """What happened to a ticket, as its clocks see it."""
    return Story(
        opened=ticket.clock.get("since") or stamp(ticket.opened_at),
        turns=tuple(Turn(at, rest, tier) for at, rest, tier in ticket.clock["turns"]),
        responded=_stamped(ticket.first_responded_at),
        unanswered=_stamped(ticket.unanswered_since),
        updated=_stamped(ticket.last_update_at),
    )


def ticket_clocks(ticket: Ticket, terms: Terms) -> Clocks:
    """The clocks of a ticket under a policy."""
    return clocks(story(ticket), terms.promises(ticket.priority))


def step_moments(found: Clocks, terms: Terms) -> list[tuple[Step, int]]:
    """When the steps of a ladder are reached, those that are before a rest that goes on."""
    reached = (
        (step, found.reach(step.target, percent=step.percent, minutes=step.minutes))
        for step in terms.steps
        if step.target in found.running
    )
    return [(step, at) for step, at in reached if at is not None]


def stamp(at: datetime) -> int:
    """The engine's time: microseconds since 1970 in UTC."""
    return (at - EPOCH) // MICROSECOND


def moment(stamped: int) -> datetime:
    """The engine's time as an aware datetime."""
    return EPOCH + stamped * MICROSECOND


def _stamped(at: datetime | None) -> int | None:
    return stamp(at) if at is not None else None


@lru_cache(maxsize=64)
def zone(name: str) -> Zone:
    """A zone for the engine."""
    found = zones.changes(name)
    return Zone(tuple(stamp(at) for at, _ in found), tuple(offset // MICROSECOND for _, offset in found))


def working_time(week: Week, days: Mapping[date, Sequence[Sequence[int]]], zone_name: str) -> WorkingTime:
    """Working time by weekly hours and the days that differ from them."""
    hours = tuple(_hours(day) for day in week)
    return WorkingTime(
        Pattern(hours, {day.toordinal(): _hours(spans) for day, spans in days.items()}, zone(zone_name))
    )


def _hours(spans: Sequence[Sequence[int]]) -> Hours:
    return tuple((begins, ends) for begins, ends in spans)


__all__ = [
    "FIRST_RESPONSE",
    "RESOLVED",
    "TARGETS",
    "Book",
    "Clocks",
    "Step",
    "Terms",
    "book",
    "calendar_time",
    "edition",
]
