"""Hours of a horizon as spans one can read: Mon-Fri 09-12."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from fengong.engine.coverage.team import Ints

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, order=True)
class Span:
    """Hours `begin` to `end` (1 to 24) of each day `first` to `last` (0: Monday), in these `weeks` of the horizon,
    which are counted from 0, the week of its first hour; empty for all of them.
    """

    weeks: tuple[int, ...]
    first: int
    last: int
    begin: int
    end: int

    def __str__(self) -> str:
        days = DAYS[self.first] if self.first == self.last else f"{DAYS[self.first]}-{DAYS[self.last]}"
        which = f"weeks {', '.join(str(week + 1) for week in self.weeks)}: " if self.weeks else ""
        return f"{which}{days} {self.begin:02d}-{self.end:02d}"


def readable(hours: Ints, start: int, horizon: int) -> tuple[Span, ...]:
    """Merge sorted hours of a horizon of so many hours that begins at hour `start` of its first week.

    Each hour is in exactly one span. A span of all weeks is one that comes in each week in which its days are a part of
    the horizon; a run over midnight is cut there.
    """
    weeks_of: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    for day, begin, end in _runs(np.asarray(hours) + start):
        weeks_of[day % 7, begin, end].append(day // 7)
    days_of: dict[tuple[tuple[int, ...], int, int], list[int]] = defaultdict(list)
    for (day, begin, end), weeks in weeks_of.items():
        days_of[_which(weeks, day, start, horizon), begin, end].append(day)
    return tuple(
        sorted(
            Span(weeks, first, last, begin, end)
            for (weeks, begin, end), days in days_of.items()
            for first, last in _stretches(sorted(days))
        )
    )


def _runs(hours: Ints) -> list[tuple[int, int, int]]:
    """(day, begin, end) of each run of hours within one day."""
    if not len(hours):
        return []
    breaks = np.flatnonzero((np.diff(hours) != 1) | (hours[1:] % 24 == 0)) + 1
    firsts = hours[np.concatenate(([0], breaks))]
    lasts = hours[np.concatenate((breaks - 1, [len(hours) - 1]))]
    return [(int(a) // 24, int(a) % 24, int(b) % 24 + 1) for a, b in zip(firsts, lasts, strict=True)]


def _which(weeks: list[int], day: int, start: int, horizon: int) -> tuple[int, ...]:
    """These weeks; nothing where they are all in which this day is a part of the horizon."""
    first, last = start // 24, (start + horizon - 1) // 24
    every = [number // 7 for number in range(first, last + 1) if number % 7 == day]
    return () if weeks == every else tuple(weeks)


def _stretches(days: list[int]) -> list[tuple[int, int]]:
    """Runs of following days."""
    found = [(days[0], days[0])]
    for day in days[1:]:
        if day == found[-1][1] + 1:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found
