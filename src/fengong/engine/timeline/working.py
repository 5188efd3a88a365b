"""Business time: which instants are worked, by weekly hours, single days and a zone, and arithmetic on them.

Instants and amounts are whole microseconds (instants since 1970 in UTC), so that every answer is exact. A day is its
proleptic ordinal; its intervals are minutes since local midnight. An instant is worked when the clock on the wall says
so: an hour that a change of clocks skips is not worked, one that it repeats is worked twice.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

SECOND = 1_000_000
MINUTE = 60 * SECOND
DAY = 1440 * MINUTE
EPOCH = 719_163
"""The ordinal of 1 January 1970, a Thursday."""
CHUNK = 64 * DAY
HORIZON = 180
"""Chunks looked ahead (about thirty years) before a target counts as never reached."""

Interval = tuple[int, int]
"""From one minute of the day to another, which may lie up to a day beyond midnight."""
Hours = tuple[Interval, ...]


@dataclass(frozen=True)
class Zone:
    """Offsets from UTC: `offsets[i]` holds from `starts[i]` on, `offsets[0]` before that too; both in microseconds."""

    starts: tuple[int, ...] = (0,)
    offsets: tuple[int, ...] = (0,)


@dataclass(frozen=True)
class Pattern:
    """Weekly hours from Monday on, and the days that differ from them.

    An interval belongs to the day on which it begins: a closed day drops its own, not the night that runs into it.
    """

    week: tuple[Hours, ...]
    days: Mapping[int, Hours] = field(default_factory=dict)
    zone: Zone = field(default_factory=Zone)

    def hours(self, day: int) -> Hours:
        """The intervals that begin on a day."""
        return self.days.get(day, self.week[(day + 6) % 7])


@dataclass(frozen=True)
class _Chunk:
    starts: list[int]
    ends: list[int]
    worked: list[int]  # by the end of each span, since the chunk began

    @property
    def total(self) -> int:
        return self.worked[-1] if self.worked else 0

    def until(self, at: int) -> int:
        """Worked since the chunk began."""
        place = bisect_right(self.starts, at) - 1
        if place < 0:
            return 0
        return self.worked[place] - max(0, self.ends[place] - at)


class WorkingTime:
    """Arithmetic on one pattern. Spans are worked out once for each stretch of 64 days, when they are first needed."""

    def __init__(self, pattern: Pattern) -> None:
        self._pattern = pattern
        self._chunks: dict[int, _Chunk] = {}

    def between(self, start: int, end: int) -> int:
        """Working time from `start` to `end`; 0 if `end` is not later."""
        if end <= start:
            return 0
        first, last = start // CHUNK, end // CHUNK
        whole = sum(self._chunk(number).total for number in range(first, last))
        return whole + self._chunk(last).until(end) - self._chunk(first).until(start)

    def after(self, start: int, amount: int) -> int | None:
        """The first instant by which `amount` was worked since `start`; None if that takes some thirty years."""
        if amount <= 0:
            return start
        first = start // CHUNK
        rest = amount + self._chunk(first).until(start)
        for number in range(first, first + HORIZON):
            chunk = self._chunk(number)
            if rest <= chunk.total:
                place = bisect_left(chunk.worked, rest)
                return chunk.ends[place] - (chunk.worked[place] - rest)
            rest -= chunk.total
        return None

    def opening(self, at: int) -> int | None:
        """`at` itself if it is worked, else the next instant that is."""
        first = at // CHUNK
        for number in range(first, first + HORIZON):
            chunk = self._chunk(number)
            place = bisect_right(chunk.ends, at)
            if place < len(chunk.ends):
                return max(at, chunk.starts[place])
        return None

    def _chunk(self, number: int) -> _Chunk:
        found = self._chunks.get(number)
        if found is None:
            found = self._chunks[number] = self._work_out(number * CHUNK, (number + 1) * CHUNK)
        return found

    def _work_out(self, begin: int, end: int) -> _Chunk:
        starts: list[int] = []
        ends: list[int] = []
        worked: list[int] = []
        for start, stop in self._absolute(begin, end):
            if ends and start <= ends[-1]:
                worked[-1] += stop - ends[-1]
                ends[-1] = stop
                continue
            starts.append(start)
            ends.append(stop)
            worked.append((worked[-1] if worked else 0) + stop - start)
        return _Chunk(starts, ends, worked)

    def _absolute(self, begin: int, end: int) -> list[tuple[int, int]]:
        """Worked spans within [begin, end), in order: local ones cut where the offset changes, and moved by it."""
        zone = self._pattern.zone
        edges = [-DAY * 10**6, *zone.starts[1:], DAY * 10**6]
        found = []
        for place, offset in enumerate(zone.offsets):
            low, high = max(begin, edges[place]), min(end, edges[place + 1])
            if low < high:
                local = self._local(low + offset, high + offset)
                found += [(start - offset, stop - offset) for start, stop in local]
        return found

    def _local(self, low: int, high: int) -> list[tuple[int, int]]:
        """Worked spans on the clock on the wall, joined, in order, cut to [low, high)."""
        found: list[tuple[int, int]] = []
        for day in range(low // DAY - 1, (high - 1) // DAY + 1):
            for opens, closes in sorted(self._pattern.hours(day + EPOCH)):
                start, stop = max(low, day * DAY + opens * MINUTE), min(high, day * DAY + closes * MINUTE)
                if start < stop:
                    _join(found, start, stop)
        return found


def _join(spans: list[tuple[int, int]], start: int, stop: int) -> None:
    """Add a span that begins no earlier than the day of the last one; a night may reach over several of them."""
    while spans and start <= spans[-1][1]:
        begun, ended = spans.pop()
        start, stop = min(start, begun), max(stop, ended)
    spans.append((start, stop))


Rests = Sequence[tuple[int, int]]
"""Sorted disjoint stretches [from, to) in which a clock stands still."""


def after_rests(time: WorkingTime, start: int, amount: int, rests: Rests) -> int | None:
    """As `WorkingTime.after`, where nothing counts during the rests. 0 or less: the first instant that would count."""
    now, left = start, amount
    for begin, end in rests:
        if end <= now:
            continue
        reached = time.opening(now) if left <= 0 else time.after(now, left)
        if reached is None or reached < begin or (reached == begin and left > 0):
            return reached
        left -= time.between(now, begin)
        now = max(now, end)
    return time.opening(now) if left <= 0 else time.after(now, left)


def between_rests(time: WorkingTime, start: int, end: int, rests: Rests) -> int:
    """Working time from `start` to `end` outside the rests."""
    resting = sum(time.between(max(start, begin), min(end, stop)) for begin, stop in rests)
    return time.between(start, end) - resting


ALWAYS = WorkingTime(Pattern(week=(((0, 1440),),) * 7))
"""Around the clock."""
