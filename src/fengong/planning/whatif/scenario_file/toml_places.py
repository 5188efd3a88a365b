"""Where each key and value of a TOML text begins. The text is known to be sound."""

from __future__ import annotations

import re
import tomllib

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|[^\s"\'#,\[\]{}=][^"\'#,\[\]{}=\n]*',
    re.S,
)
_KEY = re.compile(r'(?:"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|[A-Za-z0-9_-]+)')
_DOT = re.compile(r"[ \t]*\.[ \t]*")
Way = tuple[str | int, ...]
Offsets = dict[Way, tuple[int, int]]


def toml_places(text: str) -> Offsets:
    """Return by way the offsets of key and value; those of a table are its header's."""
    return _Walk(text).places()


class _Walk:
    def __init__(self, text: str) -> None:
        self.text = text
        self.found: Offsets = {(): (0, 0)}
        self.counts: dict[Way, int] = {}  # tables so far in each [[list]]

    def places(self) -> Offsets:
        """Walk from statement to statement."""
        at, table = self._skip(0), ()
        way: Way = table
        while at < len(self.text):
            if self.text[at] == "[":
                at, way = self._header(at)
            else:
                at = self._pair(at, way)
            at = self._skip(at)
        return self.found

    def _skip(self, at: int) -> int:
        blank = _BLANK.match(self.text, at)
        return blank.end() if blank else at

    def _header(self, at: int) -> tuple[int, Way]:
        listed = self.text.startswith("[[", at)
        names, end = self._key(self._skip(at + 1 + listed))
        way: Way = ()
        for name in names[:-1]:
            way = self._latest((*way, name))
        way = (*way, names[-1])
        if listed:
            self.found.setdefault(way, (at, at))
            number = self.counts[way] = self.counts.get(way, -1) + 1
            way = (*way, number)
        self.found[way] = (at, at)
        return self._skip(end) + 1 + listed, way

    def _latest(self, way: Way) -> Way:
        return (*way, self.counts[way]) if way in self.counts else way

    def _key(self, at: int) -> tuple[list[str], int]:
        names: list[str] = []
        while True:
            name = _KEY.match(self.text, at)
            if name is None:  # cannot be in a sound text
                return names, at
            bare = name.group()
            names.append(next(iter(tomllib.loads(f"{bare} = 0"))))
            dot = _DOT.match(self.text, name.end())
            if dot is None:
                return names, name.end()
            at = dot.end()

    def _pair(self, at: int, table: Way) -> int:
        names, end = self._key(at)
        value = self._skip(self.text.index("=", end) + 1)
        for depth in range(1, len(names)):
            self.found.setdefault((*table, *names[:depth]), (at, at))
        way = (*table, *names)
        self.found[way] = (at, value)
        return self._value(value, way)

    def _value(self, at: int, way: Way) -> int:
        if self.text[at] in "[{":
            return self._inside(at, way)
        token = _TOKEN.match(self.text, at)
        return token.end() if token else at + 1

    def _inside(self, at: int, way: Way) -> int:
        """An array or an inline table; return where it ends."""
        array, number = self.text[at] == "[", 0
        at = self._skip(at + 1)
        while self.text[at] not in "]}":
            if array:
                self.found[(*way, number)] = (at, at)
                at, number = self._value(at, (*way, number)), number + 1
            else:
                at = self._pair(at, way)
            at = self._skip(at)
            at = self._skip(at + 1) if self.text[at] == "," else at
        return at + 1
