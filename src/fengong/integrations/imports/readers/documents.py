"""JSON objects out of a file, each with the line it begins on.

A file holds one object a line (NDJSON), or one document: a list of objects, or an object whose lists are answers of an
API (`{"tickets": [...], "users": [...]}`, also inside `data`). A ZIP archive may hold several such files. A broken line
is a fault and reading goes on; a broken document is read as far as it goes.
"""

from __future__ import annotations

import json
import re
import zipfile
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from fengong.integrations.imports.records import Fault

LONGEST_EXCERPT = 200
INSIDE = ("data",)
"""Keys whose object is looked into for lists."""
_BLANK = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class Item:
    """An object, the list it stood in (blank for a line or a bare list), and where."""

    file: str
    line: int
    key: str
    value: dict[str, Any]


def items(path: Path, name: str) -> Iterator[Item | Fault]:
    """Every object of a file or archive, in order; `name` is what people call the file."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for inner in sorted(archive.namelist()):
                if inner.lower().endswith((".json", ".ndjson", ".jsonl")):
                    yield from _read(inner, archive.read(inner))
        return
    yield from _read(name, path.read_bytes())


def _read(name: str, raw: bytes) -> Iterator[Item | Fault]:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        yield Fault(name, line, _("This file is not UTF-8; JSON exports are."))
        return
    if _is_by_line(text):
        yield from _lines(name, text)
    else:
        yield from _Document(name, text).items()


def _is_by_line(text: str) -> bool:
    """Whether some of the first lines are objects of their own."""
    first = [line for line in text[:1_000_000].splitlines()[:50] if line.strip()]
    if len(first) == 1:
        return first[0].lstrip().startswith("{") and not _has_lists(first[0])
    return any(_object(line) is not None for line in first)


def _has_lists(line: str) -> bool:
    """Whether a single object is an answer of an API rather than a record."""
    value = _object(line)
    if value is None:
        return True
    return "id" not in value and "object" not in value


def _object(line: str) -> dict[str, Any] | None:
    try:
        value = json.loads(line)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def _lines(name: str, text: str) -> Iterator[Item | Fault]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except ValueError as error:
            column = str(getattr(error, "colno", ""))
            yield Fault(
                name, number, _("This line is not JSON."), column=column, excerpt=line[:LONGEST_EXCERPT]
            )
            continue
        if isinstance(value, dict):
            yield _item(name, number, value)
        else:
            reason = _("This line holds no object.")
            yield Fault(name, number, reason, excerpt=line[:LONGEST_EXCERPT])


def _item(name: str, number: int, value: dict[str, Any]) -> Item:
    """A line is an object, or says in which list its object stood."""
    inner = value.get("object")
    if value.keys() == {"list", "object"} and isinstance(inner, dict):
        return Item(name, number, str(value["list"]), inner)
    return Item(name, number, "", value)


class _Document:
    """One JSON document, walked so that each object knows its line."""

    def __init__(self, name: str, text: str) -> None:
        self.name, self.text = name, text

    def items(self) -> Iterator[Item | Fault]:
        """The objects of its lists."""
        try:
            yield from self._value("", self._skip(0))
        except (ValueError, IndexError) as error:
            place = getattr(error, "pos", len(self.text))
            reason = _("The JSON breaks off here; what follows was not read.")
            yield Fault(self.name, self._line(place), reason, column=str(getattr(error, "colno", "")))

    def _value(self, key: str, place: int) -> Iterator[Item | Fault]:
        if self.text[place] == "[":
            yield from self._list(key, place)
        elif self.text[place] == "{":
            yield from self._answer(place)
        else:
            yield Fault(self.name, self._line(place), _("There is no list of objects in this file."))

    def _list(self, key: str, place: int) -> Iterator[Item | Fault]:
        place = self._skip(place + 1)
        while self.text[place] != "]":
            line = self._line(place)
            value, place = _DECODER.raw_decode(self.text, place)
            if isinstance(value, dict):
                yield Item(self.name, line, key, value)
            place = self._comma(place)

    def _answer(self, place: int) -> Iterator[Item | Fault]:
        place = self._skip(place + 1)
        while self.text[place] != "}":
            key, place = _DECODER.raw_decode(self.text, place)
            place = self._skip(self._skip(place) + 1)  # past the colon
            end = _DECODER.raw_decode(self.text, place)[1] if not self._opens(key, place) else None
            if end is None:
                yield from self._value(str(key), place)
                end = _DECODER.raw_decode(self.text, place)[1]
            place = self._comma(end)

    def _opens(self, key: Any, place: int) -> bool:
        return self.text[place] == "[" or (key in INSIDE and self.text[place] == "{")

    def _comma(self, place: int) -> int:
        place = self._skip(place)
        return self._skip(place + 1) if self.text[place] == "," else place

    def _skip(self, place: int) -> int:
        found = _BLANK.match(self.text, place)
        return found.end() if found else place

    def _line(self, place: int) -> int:
        return bisect_right(self._starts, place)

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(found.end() for found in re.finditer("\n", self.text))]
