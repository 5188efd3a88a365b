"""Which week, day and team a page is asked for; what makes no sense counts as not said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone

from fengong.people import queries as people
from fengong.rota.reading.weeks import instant
from fengong.web.member import MemberRequest

ONE = timedelta(days=1)
EVERYBODY = "all"


@dataclass(frozen=True)
class Asked:
    """A day, and with it its week, in the reader's zone; a team by its number, none for everybody's."""

    day: date
    today: date
    team: int | None
    zone: str
    at: datetime

    @property
    def monday(self) -> date:
        return self.day - timedelta(days=self.day.weekday())

    @property
    def days(self) -> list[date]:
        return [self.monday + number * ONE for number in range(7)]

    @property
    def edges(self) -> list[datetime]:
        """The midnights around the days of the week."""
        return [instant(day, 0, self.zone) for day in [*self.days, self.monday + 7 * ONE]]

    @property
    def is_now(self) -> bool:
        """Whether this is the running week."""
        return self.monday <= self.today < self.monday + 7 * ONE

    @cached_property
    def teams(self) -> list[Any]:
        return list(people.teams())

    @cached_property
    def everybody(self) -> list[Any]:
        return list(people.members())

    @cached_property
    def members(self) -> list[Any]:
        """Active members of the team, or all, by team and name."""
        found = [one for one in self.everybody if self.team is None or one.team_id == self.team]
        return sorted(found, key=lambda one: (one.team.slug, one.sort_key, one.display_name))

    def query(self, **other: Any) -> str:
        """The address of the same place, with something else about it."""
        said = {"day": self.day.isoformat(), "team": self.team or EVERYBODY, **other}
        return urlencode(said)

    @property
    def ways(self) -> Ways:
        """Where one can go from here."""
        return Ways(self)


@dataclass(frozen=True)
class Ways:
    """The same place at other times, as it stands in the address."""

    asked: Asked

    @property
    def here(self) -> str:
        return self.asked.query()

    @property
    def week_before(self) -> str:
        return self._at(self.asked.day - 7 * ONE)

    @property
    def week_after(self) -> str:
        return self._at(self.asked.day + 7 * ONE)

    @property
    def day_before(self) -> str:
        return self._at(self.asked.day - ONE)

    @property
    def day_after(self) -> str:
        return self._at(self.asked.day + ONE)

    @property
    def this_day(self) -> str:
        return self._at(self.asked.today)

    def _at(self, day: date) -> str:
        return self.asked.query(day=day.isoformat())


def asked_of(request: MemberRequest, at: datetime) -> Asked:
    """What the address says; without a team, that of the reader."""
    today = timezone.localtime(at).date()
    team = request.GET.get("team", "")
    number = request.member.team_id if not team else int(team) if _is_number(team) else None
    zone = timezone.get_current_timezone_name()
    return Asked(day_of(request.GET.get("day", ""), today), today, number, zone, at)


def day_of(text: str, otherwise: date) -> date:
    """A day as written in an address, of this age."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return otherwise
    return found if 2000 < found.year < 2200 else otherwise


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 18
