"""What may come next in a half-written query."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fengong.desk.language.names import named, offered
from fengong.desk.language.offers import values_of
from fengong.desk.language.printing import value as as_typed
from fengong.people.models import Member

MOST = 12
_UNFINISHED = re.compile(
    r"[-－]?(?P<word>[^\W\d_][\w.-]*)?(?P<sign>[:：]|[<>＜＞][=＝]?|≥|≤)?(?P<rest>.*)", re.DOTALL
)
_START = re.compile(r'(?:[^\s　()（）"“”「」]|"[^"]*(?:"|$)|“[^”]*(?:”|$))*$')


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Replace the characters from `start` to `end` by `insert`; `label` is what a reader sees of it."""

    insert: str
    label: str
    start: int
    end: int


def suggestions(text: str, cursor: int, member: Member | None) -> list[Suggestion]:
    """Words, or values of the word before the cursor, that go on from what is written there."""
    cursor = max(0, min(cursor, len(text)))
    begun = _START.search(text[:cursor])
    start = begun.start() if begun else cursor
    parts = _UNFINISHED.match(text[start:cursor])
    if parts is None:
        return []
    if parts["sign"]:
        return _values(parts, start, cursor, member)
    typed = parts["word"] or ""
    place = cursor - len(typed)
    return [Suggestion(f"{name}:", f"{shown}:", place, cursor) for name, shown in offered(typed)[:MOST]]


def _values(parts: re.Match[str], start: int, cursor: int, member: Member | None) -> list[Suggestion]:
    word = named(parts["word"] or "")
    if word is None:
        return []
    typed = re.split(r"[,，、]", parts["rest"])[-1]
    place = cursor - len(typed)
    known = values_of(word, typed.strip('"“”'), member)
    return [Suggestion(as_typed(insert), label, place, cursor) for insert, label in known[:MOST]]
