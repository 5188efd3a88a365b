"""`field.NAME`: the fields that a desk has added to its tickets."""

from __future__ import annotations

from django.db.models import Q

from fengong.desk.language.compare import LOOKUP, any_of
from fengong.desk.language.tree import Term


def field(term: Term) -> Q:
    """A value of the desk's own field; text and numbers are both looked for."""
    column = f"fields__{term.word.partition('.')[2]}"
    found = []
    for value in term.values:
        typed = value.text.strip()
        candidates: list[str | float] = [typed]
        if typed.replace(".", "", 1).lstrip("-").isdecimal():
            candidates = [float(typed) if "." in typed else int(typed)] + (
                [typed] if term.compare == ":" else []
            )
        found += [Q(**{f"{column}__{LOOKUP[term.compare]}": candidate}) for candidate in candidates]
    return any_of(found)
