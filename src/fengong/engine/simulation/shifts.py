"""Who is at work when: for each member a list of shifts, and how work fits into them.

Times are minutes on the caller's axis. A member without shifts is always there. After a member's last shift the same
shift comes back every day, but only to finish what the member still holds: `Shifts.changes` ends with the last one.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from math import floor, inf

import numpy as np
import numpy.typing as npt

DAY = 1440.0
Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Changes:
    """Comings and goings in order: `time` f64, `member` i64, `coming` bool, `until` f64 (the end of the shift)."""

    time: npt.NDArray[np.float64]
    member: npt.NDArray[np.int64]
    coming: npt.NDArray[np.bool_]
    until: npt.NDArray[np.float64]


@dataclass(frozen=True)
class Shifts:
    """`starts[m]`, `ends[m]`: the shifts of member m in order, not overlapping. Empty lists mean always there."""

    starts: tuple[tuple[float, ...], ...]
    ends: tuple[tuple[float, ...], ...]

    @classmethod
    def of(cls, spans: list[list[Span]]) -> Shifts:
        """Build from one list of (start, end) per member, in any order; touching ones are joined."""
        joined = [_joined(sorted(one)) for one in spans]
        return cls(
            tuple(tuple(a for a, _ in one) for one in joined),
            tuple(tuple(b for _, b in one) for one in joined),
        )

    @classmethod
    def always(cls, members: int) -> Shifts:
        """Everybody is there all the time."""
        return cls(((),) * members, ((),) * members)

    def __len__(self) -> int:
        return len(self.starts)

    def shift_at(self, member: int, time: float) -> Span:
        """Return the shift `time` falls into, or the next one."""
        starts, ends = self.starts[member], self.ends[member]
        if not starts:
            return -inf, inf
        i = bisect_right(ends, time)
        if i < len(starts):
            return starts[i], ends[i]
        days = floor((time - ends[-1]) / DAY) + 1  # the last shift comes back every day
        return starts[-1] + days * DAY, ends[-1] + days * DAY

    def next_work(self, member: int, time: float) -> float:
        """Return the first moment at or after `time` at which the member is at work."""
        return max(time, self.shift_at(member, time)[0])

    def finish(self, member: int, start: float, work: float, allowance: float) -> float:
        """Return when `work` minutes begun at `start` are done, working only in shifts.

        A rest of at most `allowance` minutes is finished after the end of a shift instead of the next time.
        """
        now = self.next_work(member, start)
        left = work
        while True:
            end = self.shift_at(member, now)[1]
            if left <= end - now + allowance:
                return now + left
            left -= end - now
            now = self.next_work(member, end)

    @cached_property
    def changes(self) -> Changes:
        """Every coming and going in order; at one moment goings first."""
        rows = [
            row
            for member, (starts, ends) in enumerate(zip(self.starts, self.ends, strict=True))
            for start, end in zip(starts, ends, strict=True)
            for row in ((start, 1.0, member, end), (end, 0.0, member, -inf))
        ]
        table = np.array(rows, dtype=float).reshape(len(rows), 4)
        table = table[np.lexsort((table[:, 2], table[:, 1], table[:, 0]))]
        return Changes(table[:, 0], table[:, 2].astype(np.int64), table[:, 1] > 0, table[:, 3])


def _joined(spans: list[Span]) -> list[Span]:
    out: list[Span] = []
    for start, end in spans:
        if end <= start:
            continue
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return out
