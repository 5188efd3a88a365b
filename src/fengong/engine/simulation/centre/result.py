"""What a run of a service centre showed."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

import numpy as np

from fengong.engine.routing.arrays import Floats, Ints

FINE = 32  # bins of the histogram of waits within each doubling
LOWEST, HIGHEST = -20, 24  # powers of two minutes between which waits have bins of their own
BINS = 2 + FINE * (HIGHEST - LOWEST)  # the first is for no wait at all, the last for all above


@dataclass(frozen=True, slots=True)
class Counts:
    """Contacts that arrived after the warm-up, each array [streams, periods], by period of arrival.

    `offered` = `served` + `abandoned` + `blocked` + `left` · `left` in the centre when the run ended · `answered`:
    those somebody began, with the sums of their waits up to then, of the squares, and the longest · `delayed`: answered
    after a wait of more than nothing · `in_time`: answered within the promise · `gave_up_in_time`: abandoned within the
    promise · `patience_sum`: minutes waited by those who gave up · `followups`, `reopened`: of the offered, those who
    gave up before, and those whose solution did not hold · `solved_by` [streams, periods, 4] served by tier ·
    `right_first`: served by the tier the difficulty asks for, which was the first to have it · `handovers`: times a
    ticket went on from one person to another · `failed`: attempts that failed · `stay_sum`: minutes from arrival to
    solution of the served.
    """

    offered: Ints
    served: Ints
    abandoned: Ints
    blocked: Ints
    left: Ints
    answered: Ints
    delayed: Ints
    in_time: Ints
    gave_up_in_time: Ints
    followups: Ints
    reopened: Ints
    right_first: Ints
    handovers: Ints
    failed: Ints
    solved_by: Ints
    wait_sum: Floats
    wait_squares: Floats
    longest_wait: Floats
    patience_sum: Floats
    stay_sum: Floats


@dataclass(frozen=True, slots=True)
class People:
    """Each array [members] or as said, after the warm-up. `tier` i64 · `busy` minutes with at least one ticket in work
    · `present` minutes on shift · `worked` minutes of effort done, by a clock that stands still where work goes slower
    · `given` planned minutes of the tickets given · `taken`, `solved` tickets · `proficiency` [members, topics] at the
    end · `interrupted` times.
    """

    tier: Ints
    busy: Floats
    present: Floats
    worked: Floats
    given: Floats
    taken: Ints
    solved: Ints
    interrupted: Ints
    proficiency: Floats


@dataclass(frozen=True, slots=True)
class Records:
    """The first tickets that were done with after the warm-up, in the order of their ends, r of them.

    `stream`, `number` (its n-th arrival, from 0) i64 · `arrival`, `begun` (nan: never), `ended` f64 · `member` who had
    it last or -1, `stints` i64 · `outcome` i64: 1 served, 2 abandoned, 3 blocked · `worked` minutes of effort done on
    it.
    """

    stream: Ints
    number: Ints
    arrival: Floats
    begun: Floats
    ended: Floats
    member: Ints
    stints: Ints
    outcome: Ints
    worked: Floats


@dataclass(frozen=True, slots=True)
class Result:
    """`waits` i64[streams, BINS] histogram of the waits of the answered · `in_queue`, `in_centre` f64[streams] averages
    over time from warm-up to horizon, of `minutes` · `events`: arrivals, ends of attempts and give-ups in the whole run
    · `slots`: the most tickets there was room made for · `method`: "events" or "recursion", how it was computed.
    """

    counts: Counts
    people: People
    waits: Ints
    in_queue: Floats
    in_centre: Floats
    minutes: float
    events: int
    slots: int
    method: str
    records: Records | None = None

    def mean_wait(self, stream: int | None = None) -> float:
        """Mean minutes to the answer of those answered; nan if none was."""
        return _ratio(_part(self.counts.wait_sum, stream), _part(self.counts.answered, stream))

    def delayed(self, stream: int | None = None) -> float:
        """Share of the answered who had to wait."""
        return _ratio(_part(self.counts.delayed, stream), _part(self.counts.answered, stream))

    def abandoning(self, stream: int | None = None) -> float:
        """Share of the offered who gave up."""
        return _ratio(_part(self.counts.abandoned, stream), _part(self.counts.offered, stream))

    def blocking(self, stream: int | None = None) -> float:
        """Share of the offered who were turned away."""
        return _ratio(_part(self.counts.blocked, stream), _part(self.counts.offered, stream))

    def service_level(self, stream: int | None = None) -> float:
        """Answered within the promise, of all answered and of those who gave up after it."""
        counts = self.counts
        late = _part(counts.abandoned, stream) - _part(counts.gave_up_in_time, stream)
        return _ratio(_part(counts.in_time, stream), _part(counts.answered, stream) + late)

    def wait_quantile(self, q: float, stream: int | None = None) -> float:
        """The wait that a share q of the answered did not exceed, to about 2 %; nan if none was answered."""
        bins = self.waits.sum(axis=0) if stream is None else self.waits[stream]
        total = int(bins.sum())
        if not total:
            return float("nan")
        reached = np.cumsum(bins)
        place = int(np.searchsorted(reached, max(q * total, 1e-9)))
        if place == 0:
            return 0.0
        within = (q * total - reached[place - 1]) / bins[place]
        low, high = edges(place)
        return low + float(min(max(within, 0.0), 1.0)) * (high - low)

    def occupancy(self) -> float:
        """Busy minutes of all members, of the minutes they were present."""
        return _ratio(float(self.people.busy.sum()), float(self.people.present.sum()))


def edges(place: int) -> tuple[float, float]:
    """The waits between which bin `place` of the histogram counts."""
    if place == 0:
        return 0.0, 0.0
    if place == BINS - 1:
        return 2.0**HIGHEST, inf
    doubling, step = divmod(place - 1, FINE)
    base = 2.0 ** (LOWEST + doubling)
    return base * (1 + step / FINE), base * (1 + (step + 1) / FINE)


def _part(table: Ints | Floats, stream: int | None) -> float:
    return float(np.sum(table if stream is None else table[stream]))


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else float("nan")
