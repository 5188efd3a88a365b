"""One run as its page shows it: how far it is, what it counted, what is still to be said."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from fengong.integrations.imports import queries as imports
from fengong.kernel.paging import Page, page
from fengong.web.settings.imports.words import COUNTED, MEANINGS, WORDS

LIMIT = 50


class RunPage:
    """A run before the eyes of an administrator."""

    meanings = MEANINGS

    def __init__(self, run: Any, after: str = "") -> None:
        self.run, self.after = run, after

    @property
    def is_running(self) -> bool:
        return bool(self.run.state == "running")

    @property
    def counts(self) -> list[tuple[Any, int]]:
        return [(label, self.run.counts.get(name, 0)) for name, label in COUNTED]

    @cached_property
    def columns(self) -> list[dict[str, str]]:
        found = imports.columns_of(self.run)
        return [{"name": name, "meaning": meaning} for name, meaning in found.items()]

    @cached_property
    def unknown(self) -> list[dict[str, Any]]:
        """Words of the other desk to be translated, with what they can mean."""
        ours = imports.our_words()
        return [
            {"kind": kind, "label": WORDS[kind], "word": word, "choices": ours[kind]}
            for kind, found in imports.unknown_words(self.run).items()
            for word in found
        ]

    @cached_property
    def refusals(self) -> Page[Any]:
        file, _colon, rest = self.after.rpartition("@")
        line, _colon, pk = rest.partition(".")
        known = file and line.isdecimal() and pk.isdecimal()
        place = (file, int(line), int(pk)) if known else None
        return page(imports.refusals(self.run), by=("file", "line", "id"), limit=LIMIT, after=place)

    @property
    def more(self) -> str:
        """Where the list of refusals goes on."""
        place = self.refusals.after
        return f"{place[0]}@{place[1]}.{place[2]}" if place else ""
