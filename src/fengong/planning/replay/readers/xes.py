"""Reads an XES log as it streams by.

XES (IEEE 1849) nests `<event>` in `<trace>`; attributes are `<string|date|int|float|boolean|id key= value=>`. Those
of a trace are named `case:KEY` here. A document type declaration is refused: no log needs one, and without it there are
no entities that could grow without bound.
"""

from __future__ import annotations

from pathlib import Path
from xml.parsers import expat

from fengong.planning.replay.problems import Problem
from fengong.planning.replay.readers.csv_log import Readable
from fengong.planning.replay.readers.table import Table

_CHUNK = 1 << 18
_TRACE, _EVENT = 2, 3  # depth of the elements: <log> is 1


class _Reader:
    def __init__(self, wanted: tuple[str, ...]) -> None:
        self.table = Table((), wanted)
        self.place = {name: i for i, name in enumerate(wanted)}
        self.of_trace = {name[5:]: i for i, name in enumerate(wanted) if name.startswith("case:")}
        self.seen: dict[str, None] = {}
        self.depth = 0
        self.trace: list[str | None] = []
        self.row: list[str | None] | None = None
        self.inside = False
        self.is_log = False
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.StartDoctypeDeclHandler = self.refuse

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        depth = self.depth
        if depth == _EVENT + 1 and self.row is not None:
            key = attributes.get("key", "")
            self.seen[key] = None
            place = self.place.get(key)
            if place is not None:
                self.row[place] = attributes.get("value") or None
        elif depth == _EVENT and self.inside:
            self._start_in_trace(tag, attributes)
        elif depth == _TRACE:
            self.inside = tag.endswith("trace")
            self.trace = [None] * len(self.place)
        elif depth == 1:
            self.is_log = tag.endswith("log")

    def _start_in_trace(self, tag: str, attributes: dict[str, str]) -> None:
        if tag.endswith("event"):
            self.row = self.trace.copy()
            self.table.add(self.parser.CurrentLineNumber, self.row)
            return
        key = attributes.get("key", "")
        self.seen["case:" + key] = None
        place = self.of_trace.get(key)
        if place is not None:
            self.trace[place] = attributes.get("value") or None

    def end(self, tag: str) -> None:
        if self.depth == _EVENT:
            self.row = None
        self.depth -= 1

    def refuse(self, name: str, *_: object) -> None:
        raise Problem("xml-doctype", line=self.parser.CurrentLineNumber, name=name)


def read_xes(path: Path, head: bytes, stream: Readable, wanted: tuple[str, ...]) -> Table:
    """Read the wanted attributes of every event. Raises `Problem` for broken XML and for XML that is no log."""
    reader = _Reader(wanted)
    try:
        data = head
        while data:
            reader.parser.Parse(data, False)
            data = stream.read(_CHUNK)
        reader.parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise Problem(
            "broken-xml", path=path, line=error.lineno, reason=expat.ErrorString(error.code)
        ) from error
    if not reader.is_log:
        raise Problem("not-xes", path=path)
    reader.table.names = tuple(reader.seen)
    return reader.table
