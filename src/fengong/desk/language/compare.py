"""From how a term compares to a condition on a column."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils.translation import gettext as _

from fengong.desk.language.errors import wrong
from fengong.desk.language.moments import read
from fengong.desk.language.tree import Term, Value

LOOKUP = {":": "exact", "<": "lt", "<=": "lte", ">": "gt", ">=": "gte"}
NOTHING = Q(pk__in=())


def any_of(conditions: list[Q]) -> Q:
    """One of them must hold."""
    return reduce(or_, conditions, NOTHING) if len(conditions) != 1 else conditions[0]


def equal_only(term: Term) -> None:
    """Refuse `<` and `>` where there is no more or less."""
    if term.compare != ":":
        sentence = _("“%(word)s” has no more or less; write %(word)s:value.")
        raise wrong(term.place, sentence % {"word": term.word})


def numbers(term: Term, column: str, read_one: Callable[[Value], int]) -> Q:
    """A column that holds a number; `1..3` is a range."""
    lookup = f"{column}__{LOOKUP[term.compare]}"
    found = []
    for value in term.values:
        first, dots, last = value.text.partition("..")
        if dots and term.compare == ":":
            ends = (
                read_one(Value(first, value.place)),
                read_one(Value(last, value.place + len(first) + 2)),
            )
            found.append(Q(**{f"{column}__range": ends}))
        else:
            found.append(Q(**{lookup: read_one(value)}))
    return any_of(found)


def age(term: Term, column: str, at: datetime) -> Q:
    """A time that has passed: `<2d` is less than two days ago, and dates compare as dates."""
    return any_of([_time(term, value, column, at, ago=True) for value in term.values])


def ahead(term: Term, column: str, at: datetime) -> Q:
    """A time to come: `<2h` is within two hours."""
    return any_of([_time(term, value, column, at, ago=False) for value in term.values])


def _time(term: Term, value: Value, column: str, at: datetime, *, ago: bool) -> Q:
    found = read(value, at)
    if isinstance(found, timedelta):
        return _length(term.compare, column, at, found, ago=ago)
    if term.compare == ":":
        return Q(**{f"{column}__gte": found.start, f"{column}__lt": found.end})
    lookup, bound = {
        "<": ("lt", found.start),
        "<=": ("lt", found.end),
        ">": ("gte", found.end),
        ">=": ("gte", found.start),
    }[term.compare]
    return Q(**{f"{column}__{lookup}": bound})


def _length(compare: str, column: str, at: datetime, length: timedelta, *, ago: bool) -> Q:
    """`:2d` is taken as `<=2d`: within two days."""
    less = compare in (":", "<", "<=")
    bound = at - length if ago else at + length
    after = less if ago else not less
    strict = "" if compare in (":", "<=", ">=") else "strictly"
    lookup = ("gt" if after else "lt") + ("" if strict else "e")
    return Q(**{f"{column}__{lookup}": bound})
