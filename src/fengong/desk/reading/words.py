"""Tickets that hold words, the newest first, as quickly for a common word as for a rare one.

On PostgreSQL one begins at a rare word and walks down from the newest ticket for a common one; other conditions are
put to the newest few hundred tickets with the words.
SQLite does not know: where few tickets come into question each is asked; else FTS5 walks down those with the words
from the newest on and stops when there are enough.
"""

from __future__ import annotations

from typing import TypeVar

from django.db import connection
from django.db.models import F, Q, QuerySet

from fengong.desk.language.text import Holds, for_postgresql, for_sqlite
from fengong.desk.models import Ticket
from fengong.desk.reading.commonness import commonness
from fengong.kernel.planning import planned_each_time

Shown = TypeVar("Shown")
FEW = 300
"""Asking one ticket for its words costs some fifty times as much as passing one by."""
CLOSE = 200
NEAREST = 200
"""Tickets with the words that other conditions are put to before anything else is tried."""
LARGEST = 2**63 - 1
WALKED_DOWN = """
SELECT ticket_id FROM desk_ticketwords WHERE words @@ %s::tsquery AND ticket_id < %s ORDER BY ticket_id DESC LIMIT %s
"""
BEGUN_AT_WORDS = """
SELECT ticket_id FROM (
  SELECT ticket_id FROM desk_ticketwords WHERE words @@ %s::tsquery AND ticket_id < %s OFFSET 0
) AS said
ORDER BY ticket_id DESC LIMIT %s
"""
"""Behind OFFSET the order is not seen: all tickets with the words are found by their index first."""


@planned_each_time()
def with_words(
    shown: QuerySet[Ticket, Shown], words: tuple[str, ...], condition: Q, *, past: int | None, limit: int
) -> list[Shown]:
    """Tickets below the number `past` that hold all the words and meet the condition, as `shown` reads them."""
    if connection.vendor != "sqlite":
        return _on_postgresql(shown.order_by("-pk"), condition, words, past, limit)
    if past is not None:
        condition &= Q(pk__lt=past)
    found = shown.filter(condition).order_by("-pk")
    narrowed = Ticket.objects.filter(condition).order_by()
    few = list(narrowed.values_list("pk", flat=True)[: FEW + 1]) if condition else None
    if few is None or len(few) > FEW:
        return list(shown.filter(pk__in=_walked(words, condition, past, limit)).order_by("-pk"))
    if _are_close(few):
        near = _walked(words, Q(pk__in=few), past, limit, least=min(few))
        return list(shown.filter(pk__in=near).order_by("-pk"))
    return list(found.filter(Q(pk__in=few), Holds(F("pk"), words))[:limit])


def _on_postgresql(
    shown: QuerySet[Ticket, Shown], condition: Q, words: tuple[str, ...], past: int | None, limit: int
) -> list[Shown]:
    """Of the newest tickets with the words those that meet the condition; where they are too few, any way it likes."""
    most = max(NEAREST, limit) if condition else limit
    newest = _newest(words, past, most)
    if not condition:
        return list(shown.filter(pk__in=newest))
    found = shown.filter(condition)
    near = list(found.filter(pk__in=newest)[:limit])
    if len(near) == limit or len(newest) < most:
        return near
    holding = found.filter(Holds(F("pk"), words))
    return list((holding.filter(pk__lt=past) if past else holding)[:limit])


def _newest(words: tuple[str, ...], past: int | None, limit: int) -> list[int]:
    """The newest tickets with the words, by number."""
    with connection.cursor() as cursor:
        cursor.execute(
            BEGUN_AT_WORDS if commonness().is_rare(words, limit) else WALKED_DOWN,
            [for_postgresql(words), past or LARGEST, limit],
        )
        return [pk for (pk,) in cursor.fetchall()]


def _are_close(few: list[int]) -> bool:
    """Whether these numbers lie so near to each other that walking over all between them is less work."""
    return bool(few) and max(few) - min(few) <= CLOSE * len(few)


def _walked(
    words: tuple[str, ...], condition: Q, past: int | None, limit: int, *, least: int = 0
) -> list[int]:
    """The same by numbers, the words first: the tables are joined in just this order."""
    inner = Ticket.objects.filter(condition).order_by().values_list("pk")
    sql, params = inner.query.sql_with_params()
    before, where = f'FROM "{Ticket._meta.db_table}"', " WHERE "
    head, _, tail = sql.partition(before)
    joins, _, stated = tail.partition(where)
    statement = (
        f"{head}FROM desk_ticketwords CROSS JOIN {Ticket._meta.db_table}{joins}{where}"
        f"desk_ticketwords MATCH %s AND desk_ticketwords.rowid < %s AND desk_ticketwords.rowid >= %s"
        f" AND {Ticket._meta.db_table}.id = desk_ticketwords.rowid{f' AND ({stated})' if stated else ''}"
        " ORDER BY desk_ticketwords.rowid DESC LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [for_sqlite(words), past or LARGEST, least, *params, limit])
        return [pk for (pk,) in cursor.fetchall()]
