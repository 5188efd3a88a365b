"""The pictures of weeks that this process has worked out, until something they rest on changes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from threading import Lock

from fengong.kernel.models import Event
from fengong.kernel.spine import Fact, last_seq
from fengong.planning.coverage.bridge import Picture, picture
from fengong.planning.coverage.gathering import gathered, week_of

CONCERNS = (
    "skill.",
    "member.",
    "position.",
    "team.",
    "topic.",
    "shift.",
    "pattern.",
    "leave.",
    "load.capacity",
)
PROMISES = ("calendar.", "service_policy.", "service_level.")
KEPT = 6
"""Weeks that are remembered."""
FRESH = timedelta(minutes=10)
"""For how long the demand counts; nothing is said on the spine when only that grows."""
BEHIND = 500
"""Facts are numbered before they can be seen; this many numbers back one may still turn up."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A picture, as of when, and which facts that concern it were known then, from a number on."""

    picture: Picture
    at: datetime
    base: int
    facts: tuple[int, ...]


_kept: OrderedDict[date, Kept] = OrderedDict()
_lock = Lock()


def of_week(monday: date | None = None, *, at: datetime) -> Picture:
    """The picture of a week as things are now; the current one where none is named."""
    week = monday or week_of(at)
    known = _kept.get(week)
    if known and at - known.at < FRESH and _facts(known.base) == known.facts:
        return known.picture
    with _lock:
        base = max(0, last_seq() - BEHIND)
        facts = _facts(base)
        made = picture(gathered(week, at), known.picture if known else None)
        _kept[week] = Kept(made, at, base, facts)
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return made


def forget() -> None:
    """Start from nothing."""
    _kept.clear()


def _facts(base: int) -> tuple[int, ...]:
    found = Event.objects.filter(seq__gt=base, verb__in=_verbs())
    return tuple(found.order_by("seq").values_list("seq", flat=True))


@cache
def _verbs() -> tuple[str, ...]:
    """Every verb of a fact that coverage may rest on."""
    return tuple(sorted(verb for verb in _all(Fact) if verb.startswith((*CONCERNS, *PROMISES))))


def _all(fact: type[Fact]) -> Iterator[str]:
    for one in fact.__subclasses__():
        yield from ([one.verb] if "verb" in vars(one) else [])
        yield from _all(one)
