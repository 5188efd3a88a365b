"""Deeds as sentences, short enough for a chip."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from fengong.automation.deeds.deed import Deed
from fengong.automation.deeds.kinds import Option
from fengong.automation.deeds.registry import DEEDS

Known = dict[tuple[str, str], Sequence[Option]]


@dataclass(frozen=True)
class Chip:
    """A deed as a reader sees it."""

    deed: str
    icon: str
    text: str


def describe(deeds: Iterable[dict[str, Any]], known: Known | None = None) -> list[Chip]:
    """A sentence for each deed, in the reader's language; `known` keeps what can be chosen between calls."""
    options: Known = {} if known is None else known
    return [_chip(stored, options) for stored in deeds]


def describe_all(lists: Iterable[Iterable[dict[str, Any]]]) -> list[list[Chip]]:
    """Sentences for many lists, looking names up once."""
    known: Known = {}
    return [describe(deeds, known) for deeds in lists]


def _chip(stored: dict[str, Any], known: Known) -> Chip:
    deed = DEEDS.get(str(stored.get("deed")))
    if deed is None:
        return Chip(str(stored.get("deed")), "circle-help", _("An unknown deed"))
    values = {
        parameter.name: _said(deed, parameter, stored.get(parameter.name), known)
        for parameter in deed.parameters
    }
    said = " ".join((str(deed.said) % values).split())
    return Chip(deed.name, deed.icon, said.rstrip(" :："))


def _said(deed: Deed, parameter: Any, value: Any, known: Known) -> str:
    if value in (None, ""):
        return ""
    key = (deed.name, parameter.name)
    if key not in known:
        known[key] = parameter.kind.options()
    return str(parameter.kind.say(value, known[key]))
