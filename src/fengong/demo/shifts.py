"""When the demo's members work: four waves a day, laid around the moment somebody starts the demo.

Whenever that is, most people have just begun, a few are about to leave, and later waves take over, so that somebody
of each tier is on shift around the clock.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

DAY = timedelta(days=1)
WAVES = {"early": (-7.0, 1.0), "day": (-1.5, 7.5), "late": (6.5, 14.5), "night": (13.5, 21.5)}
"""Begin and end of each wave, in hours from the start of the demo."""

Span = tuple[datetime, datetime]


def spans(wave: str, anchor: datetime, *, begin: datetime, end: datetime) -> Iterator[Span]:
    """The wave's shifts that start between two moments, when waves are laid around the anchor."""
    first, last = (timedelta(hours=hours) for hours in WAVES[wave])
    day = (begin - anchor - first) // DAY
    while (starts := anchor + first + day * DAY) < end:
        if starts >= begin:
            yield starts, anchor + last + day * DAY
        day += 1


def fitted(span: Span, planned: list[Span], *, at: datetime) -> Span | None:
    """The part of a shift that can still be planned beside the shifts that are; None when there is no use.

    A shift that meets no other is planned whole. One that does is planned only where its member would otherwise be
    missing right now: from now until the next one begins.
    """
    starts, ends = span
    meets = [other for other in planned if other[0] < ends and other[1] > starts]
    if not meets:
        return span
    if not starts <= at < ends or any(other[0] <= at < other[1] for other in meets):
        return None
    until = min((other[0] for other in meets if other[0] > at), default=ends)
    return (at, until) if until - at > timedelta(minutes=30) else None
