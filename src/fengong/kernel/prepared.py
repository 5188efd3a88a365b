"""Questions that are asked on every page with nothing but other numbers: written as SQL once, then only asked.

Composing a statement costs Django more processor time than the database needs for the answer. What a queryset stands
for is therefore kept as text, once for each kind of database, with the places where the numbers belong.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.models import QuerySet

STAND_IN = 7_000_000_000_000
"""Numbers from here on mark the places while the statement is composed; no key comes near them."""


class Prepared:
    """One question. `ask` composes its queryset from keys by name, and selects plain columns.

    The keys may stand only where they go into the statement as they are: not in slices, not beside a small number.
    """

    def __init__(self, ask: Callable[..., QuerySet[Any, Any]], *names: str) -> None:
        self._ask, self._names = ask, names
        self._written: dict[str, tuple[str, list[tuple[str | None, Any]]]] = {}

    def rows(self, **values: int) -> list[tuple[Any, ...]]:
        """The rows for these integers, as the database gives them (SQLite tells truth as 1 and 0)."""
        sql, places = self._statement()
        params = [type(param)(values[name]) if name else param for name, param in places]
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return list(cursor.fetchall())

    def _statement(self) -> tuple[str, list[tuple[str | None, Any]]]:
        if connection.vendor not in self._written:
            stand_ins = {name: STAND_IN + place for place, name in enumerate(self._names)}
            asked = {number: name for name, number in stand_ins.items()}
            sql, params = self._ask(**stand_ins).query.sql_with_params()
            places = [(asked.get(param) if isinstance(param, int) else None, param) for param in params]
            if {name for name, _ in places if name} != set(self._names):
                raise ValueError("a number has no place of its own in the statement")
            self._written[connection.vendor] = sql, places
        return self._written[connection.vendor]
