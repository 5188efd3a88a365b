"""Hours of a day as people write them: `09:00-12:00, 13:30-18:00`, a night as `22:00-06:00`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from django.utils.translation import gettext as _

from fengong.kernel.errors import Invalid

DAY = 1440
SPAN = re.compile(r"(\d{1,2}):(\d{2})\s*(?:[-–—~至到])\s*(\d{1,2}):(\d{2})")
BETWEEN = re.compile(r"[,，;；、]+")


def parse_hours(text: str, *, field: str = "") -> list[list[int]]:
    """Intervals as [minute it begins, minute it ends], in order; an end at or before the beginning is that of the next
    day. Invalid where they cannot be read or overlap."""
    found = [_span(part.strip(), field) for part in BETWEEN.split(text) if part.strip()]
    found.sort()
    for before, after in pairwise(found):
        if after[0] < before[1]:
            raise Invalid(
                _("%(one)s and %(other)s overlap.")
                % {"one": hours_text([before]), "other": hours_text([after])},
                field=field,
            )
    return found


def hours_text(hours: Sequence[Sequence[int]]) -> str:
    """Intervals in words."""
    return ", ".join(f"{_clock(begins)}-{_clock(ends)}" for begins, ends in hours)


def _span(part: str, field: str) -> list[int]:
    match = SPAN.fullmatch(part)
    if match is None:
        raise Invalid(_("“%(part)s” is not a time of day such as 09:00-12:00.") % {"part": part}, field=field)
    hour, minute, until, past = map(int, match.groups())
    begins, ends = hour * 60 + minute, until * 60 + past
    if begins >= DAY or ends > DAY or minute > 59 or past > 59:
        raise Invalid(_("“%(part)s” is beyond the end of the day.") % {"part": part}, field=field)
    return [begins, ends if ends > begins else ends + DAY]


def _clock(minute: int) -> str:
    within = minute if minute <= DAY else minute - DAY
    return f"{within // 60:02}:{within % 60:02}"
