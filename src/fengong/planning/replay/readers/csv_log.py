"""Reads a CSV log."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from typing_extensions import Buffer

from fengong.planning.replay.problems import Problem
from fengong.planning.replay.readers.table import Fault, Table

_CHUNK = 1 << 20
_DELIMITERS = ",;\t|"


class Readable(Protocol):
    """Anything that can be read in pieces."""

    def read(self, size: int = -1, /) -> bytes:
        """Return up to `size` bytes, none at the end."""
        ...


def read_csv(
    path: Path,
    head: bytes,
    stream: Readable,
    wanted: tuple[str, ...],
    *,
    encoding: str,
    delimiter: str | None,
) -> Table:
    """Read the wanted columns; a row with too few or too many fields becomes a fault."""
    lines = _lines(head, stream, "utf-8-sig" if encoding == "utf-8" else encoding)
    first = next(lines, "")
    mark = delimiter or max(_DELIMITERS, key=first.count)
    try:
        names = tuple(name.strip() for name in next(csv.reader([first], delimiter=mark), []))
    except csv.Error as error:
        raise Problem("broken-csv", path=path, reason=error) from error
    table = Table(names, tuple(name for name in wanted if name in names))
    _rows(table, csv.reader(lines, delimiter=mark), [names.index(name) for name in table.wanted])
    return table


def _rows(table: Table, reader: Iterator[list[str]], places: list[int]) -> None:
    width = len(table.names)
    while True:
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            table.faults.append(Fault(_line(reader), "row-broken", {"reason": str(error)}))
            continue
        if len(fields) == width:
            table.add(_line(reader), [fields[place].strip() or None for place in places])
        elif fields:
            detail: dict[str, object] = {"expected": width, "found": len(fields)}
            table.faults.append(Fault(_line(reader), "row-fields", detail))


def _line(reader: Iterator[list[str]]) -> int:
    return 1 + int(getattr(reader, "line_num", 0))  # the header was read before


def _lines(head: bytes, stream: Readable, encoding: str) -> Iterator[str]:
    """Yield decoded lines without holding the file; a wrong encoding raises UnicodeDecodeError."""
    try:
        decoder = io.TextIOWrapper(io.BufferedReader(_Chained(head, stream), _CHUNK), encoding, newline="")
    except LookupError as error:
        raise Problem("unknown-encoding", encoding=encoding) from error
    yield from decoder


class _Chained(io.RawIOBase):
    """The bytes already looked at, then the rest."""

    def __init__(self, head: bytes, stream: Readable) -> None:
        self._head = head
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer, /) -> int:
        view = memoryview(buffer).cast("B")
        data = self._head[: len(view)] or self._stream.read(len(view))
        self._head = self._head[len(view) :]
        view[: len(data)] = data
        return len(data)
