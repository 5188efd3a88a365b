"""Spans of time as rectangles of a picture: places and widths in thousandths of its frame."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from fengong.rota.reading.spans import Span, within

WHOLE = 1000


@dataclass(frozen=True, slots=True)
class Rect:
    """A piece of a bar."""

    kind: str
    x: float
    width: float


def rects(parts: Iterable[tuple[str, datetime, datetime]], frame: Span) -> list[Rect]:
    """What of these parts lies in the frame, in the order they are to be drawn."""
    length = (frame[1] - frame[0]).total_seconds()
    found = []
    for kind, starts_at, ends_at in parts:
        shown = within((starts_at, ends_at), frame)
        if shown:
            x = WHOLE * (shown[0] - frame[0]).total_seconds() / length
            width = WHOLE * (shown[1] - shown[0]).total_seconds() / length
            found.append(Rect(kind, round(x, 2), round(width, 2)))
    return found


def place(at: datetime, frame: Span) -> float | None:
    """Where a moment is in a frame."""
    if not frame[0] <= at < frame[1]:
        return None
    return round(WHOLE * ((at - frame[0]) / (frame[1] - frame[0])), 2)
