"""Where each key and value of a JSON text begins. The text is known to be sound."""

from __future__ import annotations

import json
import re

_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()
Offsets = dict[tuple[str | int, ...], tuple[int, int]]


class Twice(Exception):
    """A key stands in one object twice, which JSON readers take in different ways."""

    def __init__(self, name: str, offset: int) -> None:
        super().__init__(name)
        self.name = name
        self.offset = offset


def json_places(text: str) -> Offsets:
    """Return by way the offsets of key and value; in a list the key's is the value's. Raises `Twice`."""
    found: Offsets = {}
    start = _skip(text, 0)
    found[()] = (start, start)
    _value(text, start, (), found)
    return found


def _skip(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    return space.end() if space else at


def _value(text: str, at: int, way: tuple[str | int, ...], found: Offsets) -> int:
    """Note what is inside the value that begins here; return where it ends."""
    if text[at] == "{":
        return _members(text, at, way, found)
    if text[at] == "[":
        return _items(text, at, way, found)
    return _DECODER.raw_decode(text, at)[1]


def _members(text: str, at: int, way: tuple[str | int, ...], found: Offsets) -> int:
    at = _skip(text, at + 1)
    while text[at] != "}":
        name, end = _DECODER.raw_decode(text, at)
        value = _skip(text, _skip(text, end) + 1)  # past the colon
        if (*way, name) in found:
            raise Twice(name, at)
        found[(*way, name)] = (at, value)
        at = _skip(text, _value(text, value, (*way, name), found))
        at = _skip(text, at + 1) if text[at] == "," else at
    return at + 1


def _items(text: str, at: int, way: tuple[str | int, ...], found: Offsets) -> int:
    at, number = _skip(text, at + 1), 0
    while text[at] != "]":
        found[(*way, number)] = (at, at)
        at = _skip(text, _value(text, at, (*way, number), found))
        at = _skip(text, at + 1) if text[at] == "," else at
        number += 1
    return at + 1
