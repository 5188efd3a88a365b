"""Figures in words: one unit for all numbers of a row, a true minus, a sign where it is a difference."""

from __future__ import annotations

from math import isfinite

from django.utils.translation import gettext as _

from fengong.planning.whatif.results import Row

SHARES = frozenset({"answered", "kept", "right_first", "busy"})
TIMES = frozenset({"wait", "resolution", "effort"})
_NONE = "–"
_HOUR, _DAY = 1.0, 24.0
_MINUTES_UP_TO, _HOURS_UP_TO = 2.0, 100.0  # hours


def before(row: Row) -> str:
    """Return what a figure is, with its unit."""
    return _amount(row, row.before)


def after(row: Row) -> str:
    """Return what a figure would be, with its unit."""
    return _amount(row, row.after)


def difference(row: Row, *, sign: bool = True) -> str:
    """Return the difference with its unit; that of shares is in points."""
    if not isfinite(row.change):
        return _NONE
    value, digits = row.change * _scale(row), _digits_apart(row)
    text = _signed(value, digits) if sign else _fixed(abs(value), digits)
    return _unit(row, apart=True) % {"number": text}


def interval(row: Row, *, unit: bool = True) -> str:
    """Return from where to where the difference may be, with the unit at its end."""
    if not isfinite(row.low) or not isfinite(row.high):
        return _NONE
    low, high = row.low * _scale(row), row.high * _scale(row)
    digits = _digits_apart(row)
    span = _("%(low)s to %(high)s") % {"low": _signed(low, digits), "high": _signed(high, digits)}
    return _unit(row, apart=True) % {"number": span} if unit else span


def percent(share: float) -> str:
    """Return a share of change without its sign."""
    return _("%(number)s %%") % {"number": _fixed(100.0 * abs(share), 0 if abs(share) >= 0.095 else 1)}


def chance(p: float) -> str:
    """Return a p-value."""
    if not isfinite(p):
        return _NONE
    return "< 0.001" if p < 0.001 else f"{p:.3f}"


def _amount(row: Row, value: float) -> str:
    if not isfinite(value):
        return _NONE
    scale = _scale(row)
    digits = _digits(row, scale * _most(row.before, row.after))
    return _unit(row) % {"number": _fixed(value * scale, digits)}


def _most(*values: float) -> float:
    return max((abs(value) for value in values if isfinite(value)), default=0.0)


def _digits_apart(row: Row) -> int:
    """A difference and its interval have the same digits."""
    return _digits(row, _scale(row) * _most(row.change, row.low, row.high))


def _time(row: Row) -> str:
    """Return the unit of times in a row: that of its larger value."""
    most = _most(row.before, row.after)
    if row.figure == "effort":
        return "min" if most < _MINUTES_UP_TO else "h"
    return "min" if most < _MINUTES_UP_TO else "h" if most < _HOURS_UP_TO else "d"


def _scale(row: Row) -> float:
    if row.figure in SHARES:
        return 100.0
    if row.figure in TIMES:
        return {"min": 60.0, "h": _HOUR, "d": 1.0 / _DAY}[_time(row)]
    return 1.0


def _digits(row: Row, value: float) -> int:
    if row.figure in ("handovers", "spread"):
        return 2
    if row.figure in TIMES and _time(row) == "min":
        return 0 if abs(value) >= 10.0 else 1
    if row.figure in SHARES or row.figure == "taken":
        return 1
    return 2 if abs(value) < 1.0 else 1 if abs(value) < 1000.0 else 0


def _unit(row: Row, *, apart: bool = False) -> str:
    if row.figure in SHARES:
        return _("%(number)s points") if apart else _("%(number)s %%")
    if row.figure in ("wait", "resolution"):
        return {"min": _("%(number)s min"), "h": _("%(number)s h"), "d": _("%(number)s d")}[_time(row)]
    if row.figure == "effort":
        return _("%(number)s min a week") if _time(row) == "min" else _("%(number)s h a week")
    return "%(number)s"


def _signed(value: float, digits: int) -> str:
    text = _fixed(value, digits)
    return f"+{text}" if value > 0 and _says(text) else text


def _fixed(value: float, digits: int) -> str:
    text = f"{value:,.{digits}f}"
    return text.replace("-", "−") if _says(text) else text.replace("-", "")


def _says(text: str) -> bool:
    """Whether anything but nothing is left after rounding."""
    return any(digit in text for digit in "123456789")
