"""Working hours as a scenario writes them."""

from __future__ import annotations

import re

from fengong.planning.replay.team_file import DAYS
from fengong.planning.whatif.scenario import Hours
from fengong.planning.whatif.scenario_file.entry import Entry

_CLOCK = r"([01]?\d|2[0-3]):([0-5]\d)"
_HOURS = re.compile(rf"{_CLOCK}\s*-\s*(?:{_CLOCK}|24:00)")
_MIDNIGHT = 1440.0


def hours_of(entry: Entry) -> Hours:
    """Return `hours` and `days` of a table; an end at or before the start lies in the next day."""
    found = _HOURS.fullmatch(entry.text("hours").strip())
    if found is None:
        raise entry.fault("hours", "wants-hours")
    start = 60.0 * int(found[1]) + int(found[2])
    end = _MIDNIGHT if found[3] is None else 60.0 * int(found[3]) + int(found[4])
    return Hours(start, end if end > start else end + _MIDNIGHT, _days(entry))


def _days(entry: Entry) -> tuple[int, ...]:
    """Return the weekdays named, Monday 0; Monday to Friday when none are."""
    value = entry.data.get("days", list(DAYS[:5]))
    if not isinstance(value, list) or not value or any(day not in DAYS for day in value):
        raise entry.fault("days", "wants-days", known=DAYS)
    return tuple(sorted({DAYS.index(day) for day in value}))
