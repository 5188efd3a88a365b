"""Tables: CSV in any usual encoding and delimiter, and XLSX. A row is a ticket; rows with the same id are its turns.

Which column means what is said by a mapping (column name to field) or guessed from the names, Chinese or English.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import tzinfo
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from fengong.integrations.imports.records import Fault

ENCODINGS = ("utf-8-sig", "gb18030")
DELIMITERS = ",;\t|"
Row = tuple[int, list[Any]]

FIELDS: dict[str, tuple[str, ...]] = {
    "id": ("id", "number", "ticket id", "ticket number", "编号", "工单号", "工单编号"),
    "subject": ("subject", "title", "标题", "主题"),
    "body": ("body", "description", "message", "content", "text", "描述", "内容", "正文"),
    "customer_email": ("customer email", "requester email", "email", "e-mail", "客户邮箱", "邮箱", "邮件"),
    "customer_name": ("customer", "customer name", "requester", "name", "客户", "客户姓名", "联系人"),
    "customer_phone": ("phone", "customer phone", "mobile", "电话", "手机"),
    "organization": ("organization", "organisation", "company", "公司", "组织", "单位"),
    "status": ("status", "state", "状态"),
    "priority": ("priority", "urgency", "优先级", "紧急程度"),
    "topic": ("topic", "category", "type", "group", "主题分类", "分类", "类别", "类型"),
    "tags": ("tags", "labels", "标签"),
    "owner_email": (
        "owner",
        "owner email",
        "assignee",
        "assignee email",
        "agent",
        "负责人",
        "处理人",
        "负责人邮箱",
    ),
    "channel": ("channel", "source", "渠道", "来源"),
    "opened_at": ("opened at", "created at", "created", "date", "opened", "创建时间", "提交时间", "时间"),
    "resolved_at": ("resolved at", "solved at", "closed at", "解决时间", "关闭时间", "完成时间"),
    "language": ("language", "语言"),
    "author": ("author", "author email", "from", "作者", "发件人"),
    "note": ("note", "internal", "private", "内部", "备注"),
}
"""What a column can mean, and the names by which it is guessed."""


def rows(path: Path, name: str) -> Iterator[Row | Fault]:
    """The rows of a table with their line, the names first; a row that cannot be read is a fault."""
    if zipfile.is_zipfile(path):
        yield from _sheet(path, name)
    else:
        yield from _csv(path, name)


def guess(names: list[str]) -> dict[str, str]:
    """The likely meaning of each column, by its name; each meaning is given once."""
    meanings: dict[str, str] = {}
    for name in names:
        plain = name.strip().casefold().replace("_", " ")
        found = next((field for field, known in FIELDS.items() if plain in known), None)
        if plain.startswith("field "):
            found = f"field.{plain.removeprefix('field ').replace(' ', '_')}"
        if found and found not in meanings.values():
            meanings[name] = found
    return meanings


def names_of(path: Path) -> list[str]:
    """The column names of a table; empty where it cannot be read."""
    first = next(iter(rows(path, path.name)), None)
    return [] if first is None or isinstance(first, Fault) else [str(name or "").strip() for name in first[1]]


def _csv(path: Path, name: str) -> Iterator[Row | Fault]:
    raw = path.read_bytes()
    text = _decoded(raw)
    if text is None:
        yield Fault(name, 1, _("This file is neither UTF-8 nor GB18030 text."))
        return
    head = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text), delimiter=max(DELIMITERS, key=head.count))
    begins = 1
    while True:
        try:
            values: list[Any] = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Fault(name, begins, _("This row is not CSV: %(reason)s") % {"reason": error})
        else:
            if any(value.strip() for value in values):
                yield begins, values
        begins = reader.line_num + 1


def _decoded(raw: bytes) -> str | None:
    for encoding in ENCODINGS:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _sheet(path: Path, name: str) -> Iterator[Row | Fault]:
    with path.open("rb") as file:
        try:
            book = load_workbook(file, read_only=True, data_only=True)
        except (InvalidFileException, KeyError, ValueError, zipfile.BadZipFile):
            yield Fault(name, 1, _("This workbook cannot be read. Save it as .xlsx or CSV."))
            return
        for number, values in enumerate(book.worksheets[0].iter_rows(values_only=True), 1):
            if any(value not in (None, "") for value in values):
                yield number, list(values)
        book.close()


class Columns:
    """The columns of one table and what they mean."""

    def __init__(self, names: list[str], meanings: dict[str, str], zone: tzinfo) -> None:
        self.names, self.zone = names, zone
        self.places = {field: names.index(name) for name, field in meanings.items() if name in names}

    def value(self, row: list[Any], field: str) -> Any:
        """What a row holds in a field; None where it has no such column."""
        place = self.places.get(field)
        return row[place] if place is not None and place < len(row) else None

    def name(self, field: str) -> str:
        """The name of the column that holds a field."""
        place = self.places.get(field)
        return self.names[place] if place is not None else field

    def custom(self, row: list[Any]) -> dict[str, Any]:
        """Values of custom fields."""
        found = {f.removeprefix("field."): self.value(row, f) for f in self.places if f.startswith("field.")}
        return {
            slug: value if isinstance(value, bool | int | float) else str(value)
            for slug, value in found.items()
            if value not in (None, "")
        }
