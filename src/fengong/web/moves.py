"""Why a ticket left its owner, as sentences: what a rule saw, in the reader's language."""

from __future__ import annotations

from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from fengong.people import queries as people
from fengong.web import words

SENTENCES = {
    "balanced": pgettext_lazy(
        "move",
        "%(member)s held %(from)s %% of their capacity; with it %(to)s holds %(share)s %%. "
        "It was moved to even out load.",
    ),
    "shift_end": pgettext_lazy(
        "move", "%(member)s's shift is over. It cannot wait until they are back: %(back)s."
    ),
    "shift_end:unknown": pgettext_lazy(
        "move", "%(member)s has gone, and nobody knows when they are back. It cannot wait for that."
    ),
    "leave": pgettext_lazy("move", "%(member)s is on leave until %(back)s. It cannot wait so long."),
    "stand_in": pgettext_lazy("move", "%(member)s is away, and this is who stands in: %(chain)s."),
    "silent": pgettext_lazy("move", "%(member)s had not answered the customer for %(time)s."),
    "absent": pgettext_lazy("move", "It was reopened while %(member)s was not here."),
    "referred": pgettext_lazy(
        "move", "It has gone back and forth %(bounces)s times; %(to)s decides who has it from now on."
    ),
}


def sentence(move: Any) -> str:
    """A move of `dispatch.reading.moves` in words."""
    figures = move.figures
    unknown = move.kind == "shift_end" and not figures.get("known", True)
    said = SENTENCES.get(f"{move.kind}:unknown" if unknown else move.kind)
    if said is None:
        return str(move.get_kind_display())
    facts = {
        "member": move.member.display_name if move.member else "?",
        "to": move.to.display_name if move.to else "?",
        "from": _percent(figures.get("from")),
        "share": _percent(figures.get("to")),
        "back": _moment(figures.get("back")),
        "time": words.duration(figures.get("minutes", 0)),
        "bounces": figures.get("bounces", 0),
        "chain": _chain(figures.get("chain", ())) if move.kind == "stand_in" else "",
    }
    return str(said) % facts


def _percent(share: Any) -> int:
    return round(100 * float(share or 0))


def _moment(text: Any) -> str:
    at = parse_datetime(text) if isinstance(text, str) else None
    return words.moment(at) if at else _("an unknown time")


def _chain(members: Any) -> str:
    names = people.names(members)
    return " → ".join(names.get(pk, "?") for pk in members)
