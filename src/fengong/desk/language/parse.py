"""From a line to its tree: terms side by side must all hold, OR binds weaker, brackets group, `-` or NOT denies."""

from __future__ import annotations

from django.utils.translation import gettext as _

from fengong.desk.language.errors import wrong
from fengong.desk.language.marks import CLOSING, COMMA, OPENING, QUOTES, Marks
from fengong.desk.language.names import named
from fengong.desk.language.tree import EVERYTHING, Every, Node, Not, Number, Some, Term, Text, Value

OR, AND, NOT = ("OR", "或", "|"), ("AND", "且", "&"), ("NOT", "非")
DEEPEST = 40
LARGEST = 2**63 - 1
ADDRESSES = ("http", "https", "ftp", "mailto")


def parse(line: str) -> Node:
    """The tree of a query; Invalid with the position of what cannot be read."""
    marks = Marks(line.replace("\x00", " "))
    node = _some(marks, 0)
    if marks.next:
        raise wrong(marks.place, _("This bracket closes nothing."))
    return node


def _some(marks: Marks, depth: int) -> Node:
    if depth > DEEPEST:
        raise wrong(marks.place, _("The brackets go too deep."))
    found = [_every(marks, depth)]
    while marks.took_word(*OR):
        found.append(_every(marks, depth))
        if EVERYTHING in found:
            raise wrong(marks.place, _("Something to look for is expected on both sides of OR."))
    return found[0] if len(found) == 1 else Some(tuple(found))


def _every(marks: Marks, depth: int) -> Node:
    found: list[Node] = []
    marks.skip()
    while marks.next and marks.next not in CLOSING and not _at_or(marks):
        if not marks.took_word(*AND):
            found.append(_one(marks, depth))
        marks.skip()
    return found[0] if len(found) == 1 else Every(tuple(found))


def _at_or(marks: Marks) -> bool:
    place = marks.place
    is_or = marks.took_word(*OR)
    marks.place = place
    return is_or


def _one(marks: Marks, depth: int) -> Node:
    if depth > DEEPEST:
        raise wrong(marks.place, _("The brackets go too deep."))
    if _denies(marks):
        marks.skip()
        if not marks.next or marks.next in CLOSING:
            raise wrong(marks.place, _("Something to leave out is expected here."))
        return Not(_one(marks, depth + 1))
    if marks.next in OPENING:
        return _group(marks, depth)
    return _leaf(marks)


def _denies(marks: Marks) -> bool:
    if marks.took_word(*NOT):
        return True
    ahead = marks.line[marks.place + 1 : marks.place + 2]
    return bool(ahead.strip()) and marks.took("-－")


def _group(marks: Marks, depth: int) -> Node:
    start = marks.place
    marks.took(OPENING)
    node = _some(marks, depth + 1)
    if not marks.took(CLOSING):
        raise wrong(start, _("This bracket is never closed."))
    return node


def _leaf(marks: Marks) -> Node:
    place = marks.place
    if marks.next in QUOTES:
        return Text(marks.quoted(), quoted=True, place=place)
    if found := _term(marks):
        return found
    run = marks.run()
    digits = run.lstrip("#＃")
    if run != digits and digits.isdecimal() and len(digits) < 19:
        return Number(int(digits), place)
    return Text(run, place=place)


def _term(marks: Marks) -> Term | None:
    """A word with its values; None where text only looks like one, as an address or `Re: hello` does."""
    place = marks.place
    head = marks.head()
    if head is None:
        return None
    word = named(head[0])
    if word is None:
        if (marks.is_between and marks.next not in QUOTES) or head[0].lower() in ADDRESSES:
            marks.place = place
            return None
        sentence = _("There is no word “%(word)s”. To search for this text, put it in quotation marks.")
        raise wrong(place, sentence % {"word": head[0]})
    return Term(word, head[1], _values(marks), place)


def _values(marks: Marks) -> tuple[Value, ...]:
    marks.skip()
    found = [_value(marks)]
    while marks.took(COMMA):
        found.append(_value(marks))
    return tuple(found)


def _value(marks: Marks) -> Value:
    place = marks.place
    text = marks.quoted() if marks.next and marks.next in QUOTES else marks.run(stop=COMMA)
    if not text.strip():
        raise wrong(place, _("A value is expected here."))
    return Value(text, place)
