"""What is wrong with an input, said to people: the errors of validation as whole sentences in their language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _


def sentence(error: dict[str, Any]) -> str:
    """The sentence for one error of validation; what has none of its own stays as the validator put it."""
    said = _sentences().get(error["type"], "")
    return said % error.get("ctx", {}) if said else str(error["msg"])


def _sentences() -> dict[str, str]:
    number, whole = _("This must be a number."), _("This must be a whole number.")
    time = _("This must be a time with its zone, such as 2026-03-02T14:00:00+08:00.")
    return {
        "missing": _("This is required."),
        "extra_forbidden": _("This name is not known here."),
        "string_type": _("This must be text."),
        "string_unicode": _("This text holds characters that cannot be stored."),
        "null_character": _("This text holds characters that cannot be stored."),
        "string_too_short": _("This must have at least %(min_length)s characters."),
        "string_too_long": _("This may have at most %(max_length)s characters."),
        "int_type": whole,
        "int_parsing": whole,
        "int_from_float": whole,
        "int_parsing_size": whole,
        "float_type": number,
        "float_parsing": number,
        "greater_than_equal": _("This must be at least %(ge)s."),
        "less_than_equal": _("This may be at most %(le)s."),
        "literal_error": _("This must be one of %(expected)s."),
        "bool_type": _("This must be true or false."),
        "bool_parsing": _("This must be true or false."),
        "list_type": _("This must be a list."),
        "too_long": _("This may have at most %(max_length)s entries."),
        "too_short": _("This must have at least %(min_length)s entries."),
        "model_type": _("This must be an object."),
        "model_attributes_type": _("This must be an object."),
        "datetime_type": time,
        "datetime_parsing": time,
        "datetime_from_date_parsing": time,
        "datetime_object_invalid": time,
        "timezone_aware": time,
        "far_away": _("This must be a time from the year 2000 to 2199."),
        "string_pattern_mismatch": _("This does not have the form that is wanted here."),
    }
