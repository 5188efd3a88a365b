"""Rosters as CSV: one shift, standby or leave a line, with headings in English or Chinese."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from fengong.kernel.errors import Invalid
from fengong.rota.files.lines import Entry, Refusal, breaks_of, kind_of, span_of

HEADINGS = {
    "member": "member", "成员": "member", "姓名": "member", "email": "member", "邮箱": "member",
    "kind": "kind", "type": "kind", "类型": "kind",
    "start": "start", "starts_at": "start", "开始": "start",
    "end": "end", "ends_at": "end", "结束": "end",
    "breaks": "breaks", "休息": "breaks",
    "answers_within": "answers_within", "响应分钟": "answers_within",
    "key": "key", "编号": "key",
    "cancelled": "cancelled", "取消": "cancelled",
}  # fmt: skip
NEEDED = ("member", "start", "end")
YES = {"1", "yes", "true", "x", "是"}


def read_table(content: bytes, zone: str) -> Iterator[Entry | Refusal]:
    """Every line as what it wants or why it was refused. Invalid where the file as a whole cannot be read."""
    rows = csv.reader(io.StringIO(_text(content), newline=""), strict=True)
    first = next(rows, None)
    names = [HEADINGS.get(name.strip().lower(), "") for name in first or ()]
    missing = [name for name in NEEDED if name not in names]
    if missing:
        raise Invalid(_("The table has no column “%(name)s”.") % {"name": missing[0]}, field="content")
    yield from _lines(rows, names, zone)


def _lines(rows: Iterator[list[str]], names: list[str], zone: str) -> Iterator[Entry | Refusal]:
    """The reader of tables counts lines, so that a line break inside quotes does not shift the numbers."""
    done = 1
    while True:
        line = done + 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield Refusal(line, "", "", str(error))
            done += 1
            continue
        done = getattr(rows, "line_num", done + 1)
        if any(cell.strip() for cell in row):
            yield _read(line, dict(zip(names, row, strict=False)), zone, len(row) - len(names))


def _read(line: int, row: dict[str, str], zone: str, beyond: int) -> Entry | Refusal:
    key = row.get("key", "").strip()[:200]
    try:
        if beyond > 0:
            raise Invalid(_("The line has more cells than the table has columns."))
        if not row.get("member", "").strip():
            raise Invalid(_("Nobody is named."), field="member")
        kind = kind_of(row.get("kind", ""))
        span, whole = span_of(row.get("start", ""), row.get("end", ""), zone)
        if span[1] <= span[0]:
            raise Invalid(_("A shift must end after it starts."), field="end")
        day = span[0].astimezone(ZoneInfo(zone)).date()
        return Entry(
            line=line,
            key=key or _own_key(row, kind),
            member=row["member"].strip(),
            kind=kind,
            starts_at=span[0],
            ends_at=span[1],
            whole_days=whole,
            breaks=breaks_of(row.get("breaks", ""), day, span, zone),
            answers_within=_minutes(row.get("answers_within", "")),
            cancelled=row.get("cancelled", "").strip().lower() in YES,
        )
    except Invalid as refused:
        return Refusal(line, refused.field, key, refused.message)


def _minutes(text: str) -> int:
    if not text.strip():
        return 30
    if not text.strip().isascii() or not text.strip().isdigit() or int(text.strip()[:9]) > 1440:
        raise Invalid(_("Whoever is on standby answers within a day."), field="answers_within")
    return int(text.strip())


def _own_key(row: dict[str, str], kind: str) -> str:
    """A line without a key is known again by whom it is about, what it is and when it starts."""
    parts = (row["member"].strip().lower(), kind, row.get("start", "").strip())
    return "row-" + hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Invalid(_("The file is not text in UTF-8 or GB 18030."), field="content")
