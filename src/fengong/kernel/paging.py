"""Reading long lists a page at a time by the place of the last row read, not by counting rows.

A page costs the same wherever it stands, and rows that come or go meanwhile are neither shown twice nor skipped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows of a list, and the place after which it goes on; None at its end."""

    rows: list[Row]
    after: tuple[Any, ...] | None


def page(
    rows: QuerySet[Row], *, by: Sequence[str], limit: int, after: Sequence[Any] | None = None
) -> Page[Row]:
    """The next `limit` rows past a place, in one statement.

    `by` names the fields that order the list, `-` before those that descend; none may be null, and together they must
    be unique. `after` is what those fields hold in the last row read.
    """
    fields = [name.lstrip("-") for name in by]
    if after is not None:
        rows = rows.filter(_past(by, after))
    found = list(rows.order_by(*by)[: limit + 1])
    more, shown = len(found) > limit, found[:limit]
    return Page(shown, tuple(getattr(shown[-1], name) for name in fields) if more else None)


def _past(by: Sequence[str], place: Sequence[Any]) -> Q:
    """Rows behind a place: equal in the first fields, further in the next. The first condition serves the index."""
    steps = []
    level = Q()
    for name, value in zip(by, place, strict=True):
        field = name.lstrip("-")
        further = "lt" if name.startswith("-") else "gt"
        steps.append(level & Q(**{f"{field}__{further}": value}))
        level &= Q(**{field: value})
    first = by[0].lstrip("-")
    bound = Q(**{f"{first}__{'lte' if by[0].startswith('-') else 'gte'}": place[0]})
    return bound & reduce(or_, steps)
