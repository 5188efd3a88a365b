"""Values as other desks write them: times, addresses, words for states."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from typing import Any

from django.utils.translation import gettext as _

MILLISECONDS = 1e11
"""Numbers above are milliseconds since 1970, below seconds."""
PATTERNS = (
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y/%m/%d",
    "%Y年%m月%d日 %H:%M",
    "%Y年%m月%d日",
    "%d.%m.%Y %H:%M",
)


class Unreadable(ValueError):
    """A value that cannot be used; `column` names where it stands, `word` what stands there."""

    def __init__(self, column: str, reason: str, word: str = "") -> None:
        super().__init__(reason)
        self.column, self.reason, self.word = column, reason, word


def moment(value: Any, column: str, zone: tzinfo = UTC) -> datetime:
    """An aware UTC time from ISO 8601, seconds or milliseconds since 1970, a spreadsheet's date, or a usual writing."""
    found = _moment(value, zone)
    if found is None:
        raise Unreadable(column, _("“%(value)s” is not a time.") % {"value": str(value)[:60]})
    aware = found if found.tzinfo else found.replace(tzinfo=zone)
    return aware.astimezone(UTC)


def perhaps(value: Any, column: str, zone: tzinfo = UTC) -> datetime | None:
    """A time, or None for nothing."""
    return None if value in (None, "", 0) else moment(value, column, zone)


def _moment(value: Any, zone: tzinfo) -> datetime | None:
    if isinstance(value, datetime):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _since_1970(float(value))
    text = str(value or "").strip()
    if text.replace(".", "", 1).isdigit() and len(text) >= 9:
        return _since_1970(float(text))
    return _written(text, zone)


def _since_1970(number: float) -> datetime | None:
    try:
        return datetime.fromtimestamp(number / 1000 if number > MILLISECONDS else number, tz=UTC)
    except (OverflowError, ValueError, OSError):
        return None


def _written(text: str, zone: tzinfo) -> datetime | None:
    try:
        return datetime.fromisoformat(text.replace(" UTC", "+00:00"))
    except ValueError:
        pass
    for pattern in PATTERNS:
        try:
            return datetime.strptime(text, pattern).replace(tzinfo=zone)
        except ValueError:
            continue
    return None


def text(value: Any) -> str:
    """Text without the characters that databases refuse."""
    return "" if value is None else str(value).replace("\x00", "").strip()


def ident(value: Any) -> str:
    """An id as text; blank for none."""
    return "" if value in (None, "", 0) else str(value)


def needed(raw: Mapping[str, Any], key: str) -> Any:
    """A value that must be there."""
    if raw.get(key) in (None, ""):
        raise Unreadable(key, _("“%(key)s” is missing.") % {"key": key})
    return raw[key]


def listed(value: Any) -> list[Any]:
    """A list, whatever else stands there."""
    return value if isinstance(value, list) else []


def mapping(value: Any) -> dict[str, Any]:
    """An object, whatever else stands there."""
    return value if isinstance(value, dict) else {}
