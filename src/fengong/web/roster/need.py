"""The need of a week against its roster: in each hour how many work, and how many the usual work keeps busy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from math import ceil
from typing import Any

from fengong.planning.reading.arrivals import WEEKS, minutes_by_hour
from fengong.rota.reading.roster import roster
from fengong.rota.reading.weeks import instant
from fengong.web.roster.asked import Asked

HOUR = timedelta(hours=1)
BUSY = 0.8
"""How much of an hour somebody can give to tickets, as a share."""


@dataclass(frozen=True, slots=True)
class Hour:
    """An hour: members at work as a mean over it, and members needed."""

    hour: int
    staff: float
    needed: int

    @property
    def state(self) -> str:
        if self.needed and self.staff < self.needed - 0.25:
            return "late" if self.staff < 0.6 * self.needed else "soon"
        return "fine" if self.staff >= 0.25 else ""

    @property
    def shown(self) -> str:
        """Members at work, halves told."""
        return f"{self.staff:.1f}".removesuffix(".0")


class Need:
    """The week that is asked for: the need of the whole desk, the roster of all who take tickets."""

    weeks, busy = WEEKS, round(100 * BUSY)

    def __init__(self, asked: Asked) -> None:
        self.asked = asked

    @cached_property
    def days(self) -> list[tuple[date, list[Hour]]]:
        """Each day with its hours."""
        staff, needed = self._staff, self._needed
        return [
            (day, [Hour(hour, staff[24 * number + hour], needed[24 * number + hour]) for hour in range(24)])
            for number, day in enumerate(self.asked.days)
        ]

    @property
    def rows(self) -> list[list[Hour]]:
        """Each hour with its days."""
        return [list(row) for row in zip(*(hours for _day, hours in self.days), strict=True)]

    @property
    def short(self) -> float:
        """Hours of work that the roster lacks."""
        return sum(max(one.needed - one.staff, 0.0) for _day, hours in self.days for one in hours)

    @property
    def worst(self) -> tuple[date, Hour] | None:
        """The hour in which most are missing."""
        found = [(day, one) for day, hours in self.days for one in hours if one.needed > one.staff]
        return max(found, key=lambda pair: pair[1].needed - pair[1].staff, default=None)

    @property
    def is_known(self) -> bool:
        return any(self._needed)

    @cached_property
    def _needed(self) -> list[int]:
        minutes = minutes_by_hour(at=self.asked.at, zone=self.asked.zone)
        return [ceil(one / (60 * BUSY) - 1e-9) for one in minutes]

    @cached_property
    def _staff(self) -> list[float]:
        """Members at work in each hour, breaks and leave taken out, as a mean."""
        edges = [instant(self.asked.monday, 60 * hour, self.asked.zone) for hour in range(169)]
        working = {one.pk for one in self._takers}
        found = [0.0] * 168
        for member_id, spans in roster(edges[0], edges[-1], members=working).items():
            for starts, ends in spans if member_id in working else ():
                first = max(int((starts - edges[0]) / HOUR) - 1, 0)
                for hour in range(first, 168):
                    if edges[hour] >= ends:
                        break
                    shared = min(ends, edges[hour + 1]) - max(starts, edges[hour])
                    length = edges[hour + 1] - edges[hour]
                    found[hour] += max(shared / length, 0.0) if length else 0.0
        return found

    @property
    def _takers(self) -> list[Any]:
        return [one for one in self.asked.everybody if one.position.tier]
