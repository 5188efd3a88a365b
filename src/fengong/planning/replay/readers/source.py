"""Opens a log whatever its packing, and tells what is in it by looking, not by its name."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from typing_extensions import Buffer

from fengong.planning.replay.problems import Problem
from fengong.planning.replay.readers.csv_log import Readable, read_csv
from fengong.planning.replay.readers.table import Advance, Table
from fengong.planning.replay.readers.xes import read_xes

_GZIP = b"\x1f\x8b"
_BOMS = (b"\xff\xfe", b"\xfe\xff")


class _Counted(io.RawIOBase):
    """Passes reads of the packed file on and tells how far it is."""

    def __init__(self, raw: BinaryIO, advance: Advance) -> None:
        self._raw = raw
        self._advance = advance

    def readable(self) -> bool:
        return True

    def readall(self) -> bytes:
        return self._raw.read()

    def read(self, size: int = -1, /) -> bytes:
        data = self._raw.read(size)
        self._advance(len(data))
        return data

    def readinto(self, buffer: Buffer, /) -> int:
        view = memoryview(buffer).cast("B")
        data = self.read(len(view))
        view[: len(data)] = data
        return len(data)


def read_log(
    path: Path, wanted: tuple[str, ...], *, encoding: str, delimiter: str | None, advance: Advance
) -> Table:
    """Read the wanted columns of a log. Raises `Problem` when the file as a whole cannot be read."""
    try:
        with _unpacked(path, advance) as stream:
            head = stream.read(4096)
            if not head.strip():
                raise Problem("empty-file", path=path)
            if head[:2] in _BOMS and encoding == "utf-8":
                raise Problem("not-utf8", path=path, encoding=encoding)
            if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
                return read_xes(path, head, stream, wanted)
            return read_csv(path, head, stream, wanted, encoding=encoding, delimiter=delimiter)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise Problem("broken-gzip", path=path, reason=error) from error
    except UnicodeDecodeError as error:
        raise Problem("not-utf8", path=path, encoding=encoding) from error
    except OSError as error:
        raise Problem("unreadable", path=path, reason=error.strerror or error) from error


@contextmanager
def _unpacked(path: Path, advance: Advance) -> Iterator[Readable]:
    with path.open("rb") as raw:
        packed = raw.read(2) == _GZIP
        raw.seek(0)
        counted = _Counted(raw, advance)
        if not packed and path.suffix == ".gz":
            raise Problem("not-gzip", path=path)
        if packed:
            with gzip.open(io.BufferedReader(counted)) as stream:
                yield stream
        else:
            yield counted
