"""Weekly working hours: is it open, when does it open next, how many working minutes lie between two instants."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from math import inf

import numpy as np
from numpy.typing import ArrayLike, NDArray

from fengong.engine.timeline.spans import Spans, spans

DAY = 1440.0
WEEK = 7 * DAY

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class WeeklyHours:
    """Working time that repeats every week.

    `open` f64[n, 2]: sorted disjoint spans in minutes since Monday 0:00, within 0..WEEK; make it with `weekly`.
    `monday`: some instant, in the caller's minutes, at which a Monday begins.
    """

    open: Spans
    monday: float = 0.0

    @property
    def per_week(self) -> float:
        """Working minutes in a week."""
        return float(self._worked[-1])

    def is_open(self, at: ArrayLike) -> NDArray[np.bool_]:
        """Whether work goes on at these instants; a span includes its start and not its end."""
        within = np.mod(np.asarray(at, dtype=np.float64) - self.monday, WEEK)
        return np.asarray(np.searchsorted(self._edges, within, side="right") % 2 == 1)

    def worked(self, until: ArrayLike) -> Floats:
        """Working minutes from `monday` until these instants (negative before it)."""
        since = np.asarray(until, dtype=np.float64) - self.monday
        weeks = np.floor(since / WEEK)
        return np.asarray(weeks * self.per_week + np.interp(since - weeks * WEEK, self._knots, self._worked))

    def between(self, start: ArrayLike, end: ArrayLike) -> Floats:
        """Working minutes from each `start` to each `end`; negative if `end` is earlier."""
        return np.asarray(self.worked(end) - self.worked(start))

    def after(self, start: float, minutes: float) -> float:
        """The first instant by which `minutes` > 0 were worked since `start`; inf if there are no hours."""
        if self.per_week <= 0:
            return inf
        target = float(self.worked(start)) + minutes
        weeks = np.ceil(target / self.per_week) - 1
        rest = target - weeks * self.per_week  # in (0, per_week]
        by_end = self._worked[2::2][: len(self.open)]
        span = np.searchsorted(by_end, rest, side="left")
        return float(self.monday + weeks * WEEK + self.open[span, 1] - (by_end[span] - rest))

    def next_start(self, at: float) -> float:
        """`at` itself if it is open then, else when it opens next; inf if it never does."""
        return self._next(at, self.open[:, 0], wanted=True)

    def next_end(self, at: float) -> float:
        """`at` itself if it is closed then, else when it closes next; inf if it never does."""
        ends = self.open[:, 1]
        if len(ends) and self.open[0, 0] == 0.0 and ends[-1] == WEEK:
            ends = ends[:-1]  # the night from Sunday to Monday is worked through
        return self._next(at, ends, wanted=False)

    def _next(self, at: float, edges: Floats, *, wanted: bool) -> float:
        if bool(self.is_open(at)) is wanted:
            return at
        if not len(edges):
            return inf
        week = np.floor((at - self.monday) / WEEK) * WEEK + self.monday
        found = np.searchsorted(edges, at - week, side="right")
        return float(week + edges[found] if found < len(edges) else week + WEEK + edges[0])

    @cached_property
    def _edges(self) -> Floats:
        return self.open.ravel()

    @cached_property
    def _knots(self) -> Floats:
        return np.concatenate(([0.0], self._edges, [WEEK]))

    @cached_property
    def _worked(self) -> Floats:
        lengths = np.diff(self._knots)
        lengths[0::2] = 0.0
        return np.concatenate(([0.0], np.cumsum(lengths)))


ALWAYS = WeeklyHours(np.array([[0.0, WEEK]]))
NEVER = WeeklyHours(np.empty((0, 2)))


def weekly(shifts: Iterable[tuple[int, float, float]], monday: float = 0.0) -> WeeklyHours:
    """Hours from (weekday 0..6, minute it begins, minute it ends); an end beyond DAY runs into the next day.

    Raises ValueError for a weekday outside 0..6 or an end before the beginning.
    """
    pairs: list[tuple[float, float]] = []
    for weekday, begins, ends in shifts:
        if not 0 <= weekday <= 6 or not 0 <= begins <= ends <= begins + WEEK:
            raise ValueError(f"not a shift: weekday {weekday}, from minute {begins} to {ends}")
        start, end = weekday * DAY + begins, weekday * DAY + ends
        pairs += [(start, min(end, WEEK)), (0.0, end - WEEK)]
    return WeeklyHours(spans(pairs), monday)
