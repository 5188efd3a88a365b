"""Rows of a table as records."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from fengong.integrations.imports.readers.table import Columns, guess, rows
from fengong.integrations.imports.readers.values import Unreadable, moment, perhaps, text
from fengong.integrations.imports.records import Company, Fault, Found, Later, Matter, Person, Turn

YES = {"1", "true", "yes", "y", "是", "内部"}
NEEDED = ("subject", "opened_at")


def read(path: Path, name: str, meanings: dict[str, str], zone: tzinfo) -> Iterator[Found | Fault]:
    """Companies, people and matters of a table; the first row with an id is its ticket, later ones are its turns."""
    lines = rows(path, name)
    first = next(lines, None)
    if first is None or isinstance(first, Fault):
        yield first or Fault(name, 1, _("This file is empty."))
        return
    names = [str(title or "").strip() for title in first[1]]
    columns = Columns(names, meanings or guess(names), zone)
    if missing := [field for field in NEEDED if field not in columns.places]:
        listed = ", ".join(missing)
        yield Fault(name, first[0], _("No column is known to hold: %(fields)s.") % {"fields": listed})
        return
    seen: set[str] = set()
    for line in lines:
        yield from [line] if isinstance(line, Fault) else _row(name, line[0], line[1], columns, seen)


def _row(file: str, line: int, row: list[Any], columns: Columns, seen: set[str]) -> Iterator[Found | Fault]:
    try:
        for record in _records(line, row, columns, seen):
            yield Found(file, line, record)
    except Unreadable as error:
        excerpt = " | ".join(text(value) for value in row)[:200]
        ident = text(columns.value(row, "id"))
        yield Fault(file, line, error.reason, column=error.column, external_id=ident, excerpt=excerpt)


def _records(
    line: int, row: list[Any], columns: Columns, seen: set[str]
) -> Iterator[Company | Person | Matter | Later]:
    ident = text(columns.value(row, "id")) or f"line{line}"
    opened = moment(columns.value(row, "opened_at"), columns.name("opened_at"), columns.zone)
    if ident in seen:
        author = text(columns.value(row, "author")) or _customer(row, columns)
        yield Later(ident, _turn(f"{ident}.{line}", row, columns, opened, author))
        return
    matter = _matter(ident, line, row, columns, opened)
    seen.add(ident)
    yield from _people(row, columns)
    yield matter


def _people(row: list[Any], columns: Columns) -> Iterator[Company | Person]:
    company = text(columns.value(row, "organization"))
    if company:
        yield Company(company, company)
    yield Person(
        external_id=_customer(row, columns),
        name=text(columns.value(row, "customer_name")),
        email=text(columns.value(row, "customer_email")),
        phone=text(columns.value(row, "customer_phone")),
        language=text(columns.value(row, "language")),
        company=company,
    )
    if owner := text(columns.value(row, "owner_email")):
        yield Person(owner, email=owner if "@" in owner else "", name=owner, is_member=True)


def _customer(row: list[Any], columns: Columns) -> str:
    named = ("customer_email", "customer_phone", "customer_name")
    return next((found for field in named if (found := text(columns.value(row, field)))), "")


def _matter(ident: str, line: int, row: list[Any], columns: Columns, opened: Any) -> Matter:
    subject = text(columns.value(row, "subject"))
    if not subject:
        raise Unreadable(columns.name("subject"), _("The subject is empty."))
    customer = _customer(row, columns)
    if not customer:
        raise Unreadable(columns.name("customer_email"), _("The row names no customer."))
    return Matter(
        external_id=ident,
        subject=subject,
        customer=customer,
        opened_at=opened,
        status=text(columns.value(row, "status")),
        priority=text(columns.value(row, "priority")),
        owner=text(columns.value(row, "owner_email")),
        channel=text(columns.value(row, "channel")).lower() or "api",
        language=text(columns.value(row, "language")),
        topic=text(columns.value(row, "topic")),
        tags=tuple(filter(None, (tag.strip() for tag in _split(columns.value(row, "tags"))))),
        fields=columns.custom(row),
        resolved_at=perhaps(columns.value(row, "resolved_at"), columns.name("resolved_at"), columns.zone),
        turns=(_turn(f"{ident}.{line}", row, columns, opened, customer),),
    )


def _turn(ident: str, row: list[Any], columns: Columns, at: Any, author: str) -> Turn:
    return Turn(
        external_id=ident,
        at=at,
        text=text(columns.value(row, "body")) or text(columns.value(row, "subject")),
        author=author,
        by_customer=author == _customer(row, columns),
        note=text(columns.value(row, "note")).casefold() in YES,
    )


def _split(value: Any) -> list[str]:
    return text(value).replace("，", ",").replace(";", ",").replace("；", ",").split(",")
