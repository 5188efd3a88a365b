"""Which abilities a batch learns: one slot for each member, topic and period with outcomes, and their prior covariance.

What a member's ability is beyond its expectation is a Gaussian process over topics and time,
cov(theta[k](t), theta[l](u)) = general**2 + [k = l] (topical**2 + drift**2 min(t, u)), t and u days since the start.
So what was seen tells about topics and times that were not (Rasmussen and Williams 2006, eq. 2.25 and 2.26).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fengong.engine.rating.outcomes import Floats, Ints, Outcomes
from fengong.engine.rating.priors import DAY, Priors, Scales

EXTRA = 2  # beside the slots of a member: pace, then manner
_JITTER = 1e-9


@dataclass(frozen=True, slots=True)
class Slots:
    """The slots, sorted by member, topic and time; each member's are followed by pace and manner: v variables in all.

    `topic`, `time` (days since `start`) by slot, `bounds` i64[m + 1] of each member's slots, `of` i64[n] the slot of
    each attempt.
    """

    member: Ints
    topic: Ints
    time: Floats
    bounds: Ints
    of: Ints
    start: float

    @property
    def members(self) -> int:
        """How many members there are."""
        return len(self.bounds) - 1

    def first(self, member: int | Ints) -> Ints:
        """Return the place of a member's first variable."""
        return np.asarray(self.bounds[member] + EXTRA * np.asarray(member))

    def blocks(self, *, whole: bool) -> Ints:
        """Return the bounds of the variables solved together, i64[b + 1]: all of them, or each member's own."""
        firsts = self.first(np.arange(len(self.bounds)))
        return firsts[[0, -1]] if whole else firsts

    def variable(self) -> Ints:
        """Return the variable of each slot."""
        return np.asarray(np.arange(len(self.member)) + EXTRA * self.member)

    def __len__(self) -> int:
        """How many variables there are."""
        return len(self.member) + EXTRA * self.members


def slots_of(outcomes: Outcomes, members: int, priors: Priors, scales: Scales) -> Slots:
    """Cut the outcomes into slots; one period only where ability stands still."""
    start = float(outcomes.at.min()) if len(outcomes) else 0.0
    period = np.zeros(len(outcomes), dtype=np.int64)
    if scales.drift > 0:
        period = ((outcomes.at - start) // priors.period).astype(np.int64)
    keys = np.stack([outcomes.member, outcomes.topic, period], axis=1)
    cells, of = np.unique(keys, axis=0, return_inverse=True)
    of = of.reshape(-1)
    passed = np.bincount(of, (outcomes.at - start) / DAY, minlength=len(cells))
    times = np.asarray(passed / np.maximum(np.bincount(of, minlength=len(cells)), 1), dtype=np.float64)
    bounds = np.searchsorted(cells[:, 0], np.arange(members + 1))
    return Slots(cells[:, 0], cells[:, 1], times, bounds, of, start)


def covariance(scales: Scales, topic: Ints, time: Floats, topic2: Ints, time2: Floats) -> Floats:
    """Prior covariance of one member's abilities, f64[a, b]."""
    same = topic[:, None] == topic2[None, :]
    walked = scales.drift**2 * np.minimum(time[:, None], time2[None, :])
    return np.asarray(scales.general**2 + same * (scales.topical**2 + walked))


def precision(scales: Scales, topic: Ints, time: Floats) -> Floats:
    """Inverse of the prior covariance of one member's abilities, f64[a, a]."""
    own = covariance(scales, topic, time, topic, time)
    return np.asarray(np.linalg.inv(own + _JITTER * np.eye(len(own))))


def member_precision(slots: Slots, scales: Scales, member: int) -> Floats:
    """Prior precision of one member's variables, pace and manner included."""
    mine = slice(slots.bounds[member], slots.bounds[member + 1])
    size = mine.stop - mine.start
    out = np.zeros((size + EXTRA, size + EXTRA))
    out[:size, :size] = precision(scales, slots.topic[mine], slots.time[mine])
    out[size, size], out[size + 1, size + 1] = scales.pace**-2, scales.manner**-2
    return out
