"""Pieces of pages that are drawn once: the same values in the same language and zone look the same.

A list shows the same rows again and again and the frame hardly ever changes, while drawing is what most of a page
costs.
A piece gets nothing but the values it is given, which are compared by value; so it can be neither out of date nor meant
for somebody else, and what was never asked for again is forgotten first. Values are plain: text that is marked as safe
HTML equals the same text that is not, so it may not be among them.
"""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache

from django.template.loader import get_template
from django.utils import timezone
from django.utils.safestring import SafeData, SafeString
from django.utils.translation import get_language

MOST = 4_000
"""Pieces that one process keeps; the commonest, a row, takes two kilobytes."""


def drawn(template: str, **values: Hashable) -> SafeString:
    """The template filled in with these values and nothing else; TypeError where one cannot be compared or is safe."""
    if any(isinstance(value, SafeData) for value in values.values()):
        raise TypeError("a piece is drawn from plain values")
    zone = timezone.get_current_timezone_name()
    return _drawn(template, get_language() or "", zone, tuple(values.items()))


@lru_cache(MOST)
def _drawn(template: str, language: str, zone: str, values: tuple[tuple[str, Hashable], ...]) -> SafeString:
    return SafeString(get_template(template).render(dict(values)))
