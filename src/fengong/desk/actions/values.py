"""Checking what somebody fills into one of the desk's own fields; verbs call it."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from fengong.desk.models import Field
from fengong.kernel.errors import Invalid

LINE, LONG, MOST = 200, 10_000, 1e15
TRUE, FALSE = (True, "true", "on", "1", 1), (False, "false", "off", "0", 0)


def checked_value(field: Field, value: Any) -> Any:
    """The value as it is stored, None for nothing; Invalid where it does not fit the field."""
    if value is None or value in ("", []):
        return None
    return CHECKS[field.kind](field, value)


def _refuse(field: Field, sentence: str) -> Invalid:
    return Invalid(sentence % {"field": field.label}, field=f"fields.{field.slug}")


def _text(field: Field, value: Any, most: int = LINE) -> str | None:
    if not isinstance(value, str) or len(value) > most or "\x00" in value:
        raise _refuse(field, _("%(field)s: this text is too long or holds what cannot be stored."))
    kept = value.strip() if most > LINE else " ".join(value.split())
    return kept or None


def _long(field: Field, value: Any) -> str | None:
    return _text(field, value, LONG)


def _number(field: Field, value: Any) -> int | float:
    try:
        number = float(value) if not isinstance(value, bool) else math.nan
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if not math.isfinite(number) or abs(number) > MOST:
        raise _refuse(field, _("%(field)s: write a number."))
    return int(number) if number == int(number) else number


def _date(field: Field, value: Any) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except (TypeError, ValueError) as error:
        raise _refuse(field, _("%(field)s: write a date as year-month-day.")) from error


def _choice(field: Field, value: Any) -> str:
    if not isinstance(value, str) or value not in _values(field):
        raise _refuse(field, _("%(field)s: choose one of those offered."))
    return value


def _choices(field: Field, value: Any) -> list[str]:
    given = value if isinstance(value, list) else [value]
    for one in given:
        _choice(field, one)
    return [known for known in _values(field) if known in given]


def _checkbox(field: Field, value: Any) -> bool:
    if isinstance(value, list | dict) or value not in (*TRUE, *FALSE):
        raise _refuse(field, _("%(field)s: say yes or no."))
    return value in TRUE


def _link(field: Field, value: Any) -> str:
    try:
        URLValidator(schemes=["http", "https"])(value)
    except ValidationError as error:
        raise _refuse(field, _("%(field)s: write a whole web address, with https.")) from error
    return str(value)


def _values(field: Field) -> list[str]:
    return [choice["value"] for choice in field.choices]


CHECKS: dict[str, Callable[[Field, Any], Any]] = {
    Field.Kind.TEXT: _text,
    Field.Kind.LONG: _long,
    Field.Kind.NUMBER: _number,
    Field.Kind.DATE: _date,
    Field.Kind.CHOICE: _choice,
    Field.Kind.CHOICES: _choices,
    Field.Kind.CHECKBOX: _checkbox,
    Field.Kind.LINK: _link,
}
