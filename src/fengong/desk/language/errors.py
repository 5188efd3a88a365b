"""What is said about a query that cannot be read: where, and what was expected there."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from fengong.kernel.errors import Invalid

SHOWN = 8


def wrong(place: int, sentence: str) -> Invalid:
    """The refusal; `place` counts from 0, people count from 1."""
    where = _("Character %(place)d: %(sentence)s") % {"place": place + 1, "sentence": sentence}
    return Invalid(where, code="query", field="query")


def not_one_of(place: int, given: str, expected: Iterable[str]) -> Invalid:
    """A value that the word does not take."""
    known = list(expected)
    shown = ", ".join(known[:SHOWN]) + (" …" if len(known) > SHOWN else "")
    sentence = _("“%(given)s” is not known here. Expected: %(expected)s.")
    return wrong(place, sentence % {"given": given, "expected": shown})
