"""Rows into tables as fast as each database takes them: COPY on PostgreSQL, prepared inserts on SQLite.

Indexes are put aside meanwhile and made anew at the end, as one would load a desk that moves in.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, cast

from django.db import connection
from django.db.models import Model

IS_SQLITE = connection.vendor == "sqlite"
TO_SQLITE: dict[type, Callable[[Any], Any]] = {
    datetime: lambda at: at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f"),
    bool: int,
}


class Table:
    """A model's table, with its defaults for what is not given."""

    def __init__(self, model: type[Model]) -> None:
        fields = model._meta.concrete_fields
        self.name, self.columns = model._meta.db_table, [str(field.column) for field in fields]
        self._place = {field.attname: place for place, field in enumerate(fields)}
        self._defaults = [_stored(field.get_default()) for field in fields]
        self.key = model._meta.pk.column if model._meta.pk else "id"

    def row(self, **given: Any) -> list[Any]:
        """A row of this table."""
        row = self._defaults.copy()
        for name, value in given.items():
            row[self._place[name]] = value
        return row

    def write(self, rows: Iterable[Sequence[Any]]) -> None:
        """Append rows."""
        write(self.name, self.columns, rows)

    def settle(self) -> None:
        """Let the next number follow the last one."""
        if not IS_SQLITE:
            with connection.cursor() as cursor:
                cursor.execute(
                    f"SELECT setval(pg_get_serial_sequence('{self.name}', '{self.key}'),"
                    f" (SELECT max({self.key}) FROM {self.name}))"
                )


def write(name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Append rows to a table by its name."""
    named = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        if IS_SQLITE:
            holders = ", ".join(["%s"] * len(columns))
            cursor.executemany(
                f'INSERT INTO "{name}" ({named}) VALUES ({holders})', cast("Any", _for_sqlite(rows))
            )
            return
        with cursor.copy(f'COPY "{name}" ({named}) FROM STDIN') as copy:
            for row in rows:
                copy.write_row(row)


def _for_sqlite(rows: Iterable[Sequence[Any]]) -> Iterator[list[Any]]:
    for row in rows:
        yield [TO_SQLITE[type(value)](value) if type(value) in TO_SQLITE else value for value in row]


def _stored(value: Any) -> Any:
    return json.dumps(value) if isinstance(value, dict | list) else value


@contextmanager
def without_indexes(*tables: str) -> Iterator[None]:
    """Load without secondary indexes and checks of foreign keys; then make the indexes anew."""
    definitions = _indexes(tables)
    with connection.cursor() as cursor:
        if IS_SQLITE:
            cursor.execute("PRAGMA synchronous=OFF")
            cursor.execute("PRAGMA cache_size=-400000")
            cursor.execute("PRAGMA foreign_keys=OFF")
        else:
            cursor.execute("SET session_replication_role = replica")
            cursor.execute("SET maintenance_work_mem = '1GB'")
        for name, _ in definitions:
            cursor.execute(f'DROP INDEX "{name}"')
    yield
    with connection.cursor() as cursor:
        for _, definition in definitions:
            cursor.execute(definition)
        cursor.execute("ANALYZE" if IS_SQLITE else "VACUUM ANALYZE")


def _indexes(tables: Sequence[str]) -> list[tuple[str, str]]:
    names = ", ".join(f"'{table}'" for table in tables)
    if IS_SQLITE:
        asked = (
            "SELECT name, sql FROM sqlite_master"
            f" WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ({names})"
        )
    else:
        asked = (
            f"SELECT indexname, indexdef FROM pg_indexes WHERE tablename IN ({names}) AND NOT EXISTS"
            " (SELECT 1 FROM pg_constraint WHERE conname = indexname)"
        )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return list(cursor.fetchall())
