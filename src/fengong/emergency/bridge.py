"""From what came in to the detector of surges and back. No other module of this app knows the engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from fengong.emergency.models import Stream
from fengong.emergency.reading.arrivals import HOUR, MINUTE, WEEK_HOURS, Counts
from fengong.engine.demand.expectation import expectation
from fengong.engine.demand.surge import (
    Dials,
    Seen,
    Standing,
    beginning,
    declared,
    look,
    nothing,
    share_of_alarm,
)

WEEKS = 6
MINUTES_OF_DAY = 1_440


@dataclass(frozen=True, slots=True)
class Past:
    """What came in of one stream: tickets by hour, since when anything is known, and hours that do not count."""

    counts: Mapping[datetime, int]
    known_from: datetime
    left_out: frozenset[datetime] = frozenset()


def expected_in(hour: datetime, past: Past) -> dict[str, Any]:
    """What an hour should bring by the same hour of the last weeks: `mean`, `ceiling`, `dispersion`, `hour`.

    Without a week of past that counts, the ceiling is missing: then nobody can say what is too much.
    """
    starts = [hour - HOUR * (WEEKS * WEEK_HOURS - place) for place in range(WEEKS * WEEK_HOURS)]
    shape = (WEEKS, WEEK_HOURS)
    counts = np.asarray([past.counts.get(start, 0) for start in starts], dtype=float).reshape(shape)
    known = np.asarray([start >= past.known_from and start not in past.left_out for start in starts])
    known = known.reshape(shape)
    if not known[:, 0].any():
        return {"hour": hour.isoformat()}
    found = expectation(counts, known)
    return {
        "hour": hour.isoformat(),
        "mean": round(float(found.mean[0]), 4),
        "ceiling": round(float(found.ceiling[0]), 4),
        "dispersion": round(found.dispersion, 4),
    }


class Watched:
    """All streams side by side as the detector takes them; `step` looks at one more minute, or at a part of it."""

    def __init__(self, streams: Sequence[Stream], quiet_days: float) -> None:
        self.streams = streams
        self.dials = Dials(quiet=max(quiet_days * MINUTES_OF_DAY, 1.0))
        self._ceiling = np.asarray([_ceiling(stream) for stream in streams]) / 60
        self._dispersion = np.asarray([float(stream.expected.get("dispersion", 1.0)) for stream in streams])
        self._standing = _unpacked(streams, self.dials)

    @property
    def surging(self) -> set[str]:
        """Keys of the streams that surge."""
        return {stream.key for stream, flag in zip(self.streams, self._standing.surging, strict=True) if flag}

    def step(self, minute: datetime, counts: Mapping[int | None, Counts], *, part: float = 1.0) -> None:
        """One more minute, of which `part` has passed."""
        came = [float(counts.get(stream.topic_id, {}).get(minute, 0)) for stream in self.streams]
        ceiling = np.maximum(self._ceiling * part, 1e-9)
        known = np.isfinite(ceiling)
        seen = Seen(
            minute.timestamp() / 60, np.asarray(came), np.where(known, ceiling, 1.0), self._dispersion
        )
        stepped = look(self._standing, seen, self.dials)
        self._standing = stepped if known.all() else _where(known, stepped, self._standing)

    def copy(self) -> Watched:
        """The same, to try a minute on that has not passed yet."""
        other = Watched(self.streams, self.dials.quiet / MINUTES_OF_DAY)
        other._standing = self._standing
        return other

    def adopt(self, tried: Watched, key: str) -> None:
        """Take one stream over from a trial."""
        place = np.asarray([stream.key == key for stream in self.streams])
        self._standing = _where(place, tried._standing, self._standing)

    def declare(self, key: str, *, surging: bool) -> None:
        """Somebody has said that a stream surges, or that it is over."""
        place = [stream.key for stream in self.streams].index(key)
        self._standing = declared(self._standing, place, surging=surging)

    def pack(self) -> None:
        """Write what is known into the rows; the caller saves `standing`."""
        near, began = share_of_alarm(self._standing, self.dials), beginning(self._standing)
        for place, stream in enumerate(self.streams):
            stream.standing = {
                "evidence": self._standing.evidence[place].tolist(),
                "sums": self._standing.sums[place].tolist(),
                "begun": self._standing.begun[place].tolist(),
                "surging": bool(self._standing.surging[place]),
                "calm": float(self._standing.calm[place]),
                "near": round(float(near[place]), 3),
                "began": float(began[place]),
            }


def minutes_after(start: datetime, end: datetime) -> Iterable[datetime]:
    """The full minutes from one that begins at `start`, each by its beginning."""
    while start + MINUTE <= end:
        yield start
        start += MINUTE


def began_at(stream: Stream, at: datetime) -> datetime:
    """When the surge of a stream most likely began; at most a day ago."""
    minutes = float(stream.standing.get("began") or 0.0)
    began = at.fromtimestamp(minutes * 60, tz=at.tzinfo) if minutes else at
    return min(max(began, at - timedelta(days=1)), at)


def _ceiling(stream: Stream) -> float:
    return float(stream.expected.get("ceiling", np.inf))


def _unpacked(streams: Sequence[Stream], dials: Dials) -> Standing:
    fresh = nothing(len(streams), dials)
    for place, stream in enumerate(streams):
        found = stream.standing
        if len(found.get("evidence", ())) == len(dials.factors):
            fresh.evidence[place], fresh.sums[place] = found["evidence"], found["sums"]
            fresh.begun[place] = found["begun"]
            fresh.surging[place], fresh.calm[place] = found["surging"], found["calm"]
    return fresh


def _where(known: Any, stepped: Standing, before: Standing) -> Standing:
    wide = known[:, None]
    return Standing(
        evidence=np.where(wide, stepped.evidence, before.evidence),
        sums=np.where(wide, stepped.sums, before.sums),
        begun=np.where(wide, stepped.begun, before.begun),
        surging=np.where(known, stepped.surging, before.surging),
        calm=np.where(known, stepped.calm, before.calm),
    )
