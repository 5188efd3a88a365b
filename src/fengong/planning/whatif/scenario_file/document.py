"""A file of nested tables, with the place of every key and value."""

from __future__ import annotations

import json
import re
import tomllib
from bisect import bisect_right
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fengong.planning.whatif.problems import BadScenario, Place
from fengong.planning.whatif.scenario_file.json_places import Offsets, Twice, json_places
from fengong.planning.whatif.scenario_file.toml_places import toml_places

Way = tuple[str | int, ...]  # from the outermost table in: keys, and numbers in lists
_AT = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


@dataclass(frozen=True, slots=True)
class Document:
    """`data` is what the file holds; `keys`, `values` are where each begins, by its way."""

    path: Path
    data: dict[str, Any]
    keys: dict[Way, Place]
    values: dict[Way, Place]

    def at(self, way: Way) -> Place:
        """Where the value stands, else the table it would be in."""
        while way and way not in self.values:
            way = way[:-1]
        return self.values.get(way, Place(1, 1))

    def at_key(self, way: Way) -> Place:
        """Where the key stands, else its value."""
        return self.keys.get(way) or self.at(way)


def read_document(path: Path) -> Document:
    """Read a file: JSON when its name ends in .json, else TOML. Raises `BadScenario`."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadScenario(path, None, "unreadable", reason=error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise BadScenario(path, None, "not-utf8") from error
    lines = [0, *(found.end() for found in re.finditer("\n", text))]
    if path.suffix.lower() == ".json":
        data, offsets = _json(path, text), _json_offsets(path, text, lines)
    else:
        data, offsets = _toml(path, text), toml_places(text)
    keys = {way: _place(lines, key) for way, (key, _) in offsets.items()}
    return Document(path, data, keys, {way: _place(lines, value) for way, (_, value) in offsets.items()})


def _place(lines: list[int], offset: int) -> Place:
    line = bisect_right(lines, offset)
    return Place(line, offset - lines[line - 1] + 1)


def _toml(path: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _AT.search(str(error))
        reason = str(error)[: found.start()] if found else str(error)
        place = Place(int(found[1]), int(found[2])) if found and found[1] else _end(text)
        raise BadScenario(path, place, "broken", reason=reason) from error


def _json(path: Path, text: str) -> dict[str, Any]:
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise BadScenario(path, Place(error.lineno, error.colno), "broken", reason=error.msg) from error
    except RecursionError as error:
        raise BadScenario(path, Place(1, 1), "broken", reason=str(error)) from error
    if not isinstance(data, dict):
        raise BadScenario(path, Place(1, 1), "wants-table")
    return data


def _json_offsets(path: Path, text: str, lines: list[int]) -> Offsets:
    try:
        return json_places(text)
    except Twice as twice:
        raise BadScenario(path, _place(lines, twice.offset), "twice", key=twice.name) from twice


def _end(text: str) -> Place:
    lines = text.split("\n")
    return Place(len(lines), len(lines[-1]) + 1)
