"""A difference and its interval drawn as a small picture: a line, a dot, and where nothing would be.

The dot is a line of no length with round ends, so it stays round however wide the picture is.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import isfinite

from fengong.planning.whatif.results import Row

_WIDTH, _HEIGHT, _EDGE = 150.0, 20.0, 6.0
_STANDING = {1: "gain", -1: "pay", 0: "even"}


def scale_of(rows: Iterable[Row]) -> float:
    """Return how far the strips of a table reach to either side: as far as its widest difference that is known."""
    ends = [abs(end) for row in rows for end in (row.low, row.high) if isfinite(end)]
    return max(ends, default=0.0)


def strip(row: Row, scale: float) -> str:
    """Return the picture as SVG, nothing where there is no difference to draw."""
    if not scale or not all(isfinite(value) for value in (row.change, row.low, row.high)):
        return ""
    low, at, high = (_x(value, scale) for value in (row.low, row.change, row.high))
    middle, y = _WIDTH / 2, _HEIGHT / 2
    return (
        f'<svg class="strip {_STANDING[row.standing]}" viewBox="0 0 {_WIDTH:g} {_HEIGHT:g}"'
        ' preserveAspectRatio="none" aria-hidden="true">'
        f'<line class="axis" x1="{_EDGE:g}" y1="{y:g}" x2="{_WIDTH - _EDGE:g}" y2="{y:g}"/>'
        f'<line class="nought" x1="{middle:g}" y1="2" x2="{middle:g}" y2="{_HEIGHT - 2:g}"/>'
        f'<line class="span" x1="{low:.1f}" y1="{y:g}" x2="{high:.1f}" y2="{y:g}"/>'
        f'<line class="dot" x1="{at:.1f}" y1="{y:g}" x2="{at:.1f}" y2="{y:g}"/></svg>'
    )


def _x(value: float, scale: float) -> float:
    share = max(-1.0, min(1.0, value / scale))
    return _WIDTH / 2 + share * (_WIDTH / 2 - _EDGE)
