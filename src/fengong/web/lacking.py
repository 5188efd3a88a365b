"""What a desk lacks before any work can reach anybody, said plainly, with the page where it is mended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from fengong.desk import queries as desk
from fengong.people import queries as people

FEW = 5
"""Topics that a sentence names."""


@dataclass(frozen=True)
class Lack:
    """Something that is missing; without a path for a reader who cannot mend it."""

    text: str
    path: str
    link: str


def lacks(member: Any) -> list[Lack]:
    """What is missing, the first thing first; two statements where nothing is."""
    found = list(_found())
    if member.may("people.manage"):
        return found
    whom = _("Ask an administrator.")
    return [Lack(f"{lack.text} {whom}", "", "") for lack in found]


def _found() -> Iterator[Lack]:
    topics, takers = list(people.topics_and_skilled()), people.tiers()
    if not topics:
        text = _("There are no topics, so no ticket can be graded and none finds an owner.")
        yield Lack(text, "/settings/topics", _("Make topics"))
    if not takers:
        text = _("Nobody takes tickets: no member holds a position with a tier.")
        yield Lack(text, "/settings/members", _("Bring people in"))
        return
    if unknown := [topic.label for topic in topics if not topic.skilled]:
        names = pgettext("between things listed", ", ").join(unknown[:FEW]) + ("…" if unknown[FEW:] else "")
        text = _("Nobody knows %(topics)s; tickets about it wait.") % {"topics": names}
        yield Lack(text, "/settings/members", _("Say who knows it"))
    if not desk.loads().filter(member_id__in=takers, capacity__gt=0).exists():
        text = _("Nobody has room for work, so no ticket is given out.")
        yield Lack(text, "/settings/members", _("Give them room"))
