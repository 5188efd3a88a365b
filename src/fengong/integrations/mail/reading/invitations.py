"""Calendar invitations as a line that can be read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from icalendar import Calendar

from fengong.integrations.mail.reading.charsets import clean, decode


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a meeting request says: REQUEST, REPLY or CANCEL, what, where, from when to when, by whom."""

    method: str
    summary: str
    place: str
    starts: str
    ends: str
    organizer: str


def invitations(calendar: bytes) -> list[Invitation]:
    """The events of a calendar part; none when it cannot be read."""
    try:
        parsed = Calendar.from_ical(decode(calendar))
        method = str(parsed.get("METHOD", "REQUEST")).upper()
        return [_invitation(event, method) for event in parsed.walk("VEVENT")][:5]
    except Exception:
        return []  # whatever a calendar library makes of nonsense, the file itself is kept


def _invitation(event: Any, method: str) -> Invitation:
    get = event.get
    return Invitation(
        method=method,
        summary=clean(str(get("SUMMARY", ""))).strip(),
        place=clean(str(get("LOCATION", ""))).strip(),
        starts=_moment(get("DTSTART")),
        ends=_moment(get("DTEND")),
        organizer=str(get("ORGANIZER", "")).removeprefix("mailto:").removeprefix("MAILTO:"),
    )


def _moment(value: object) -> str:
    moment = getattr(value, "dt", None)
    if isinstance(moment, datetime):
        return moment.strftime("%Y-%m-%d %H:%M") + (f" ({zone})" if (zone := moment.tzname()) else "")
    return moment.isoformat() if isinstance(moment, date) else ""
