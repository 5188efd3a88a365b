"""Arithmetic of spans of time: half-open pairs of instants, in order."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

Span = tuple[datetime, datetime]


def without(span: Span, away: Iterable[Span]) -> list[Span]:
    """What is left of a span when others are taken out of it."""
    start, end = span
    left: list[Span] = []
    for begins, ends in sorted(away):
        if ends <= start or begins >= end:
            continue
        if begins > start:
            left.append((start, begins))
        start = max(start, ends)
    return [*left, (start, end)] if start < end else left


def joined(spans: Iterable[Span]) -> list[Span]:
    """The same time as spans that neither touch nor overlap."""
    found: list[Span] = []
    for begins, ends in sorted(spans):
        if found and begins <= found[-1][1]:
            found[-1] = (found[-1][0], max(ends, found[-1][1]))
        else:
            found.append((begins, ends))
    return found


def overlap(one: Span, other: Span) -> bool:
    """Whether two spans share any time."""
    return one[0] < other[1] and other[0] < one[1]


def within(span: Span, frame: Span) -> Span | None:
    """The part of a span that lies in a frame."""
    start, end = max(span[0], frame[0]), min(span[1], frame[1])
    return (start, end) if start < end else None
