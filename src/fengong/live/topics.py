"""Which topics a fact is heard on, and who may hear a topic."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fengong.desk import policies as desk_policies
from fengong.desk import queries as desk_queries
from fengong.kernel.tail import Note
from fengong.people.models import Member

MOST_TOPICS = 40
SYNTAX = re.compile(r"[a-z_]{1,30}(?::[1-9]\d{0,17})?")

GATHERED: dict[str, tuple[str, ...]] = {
    "ticket": ("tickets", "board"),
    "presence": ("board", "people"),
    "shift": ("board",),
    "load": ("board",),
    "member": ("people", "board"),
    "skill": ("people", "board"),
    "team": ("people",),
    "position": ("people",),
    "topic": ("people",),
}
"""The topics, besides those of its subjects, that hear a fact, by the noun of its verb."""

NEEDED: dict[str, str] = {
    "tickets": "ticket.read",
    "customer": "ticket.read",
    "board": "board.read",
    "spine": "spine.read",
}
"""The permission that a topic, or every topic of a kind, asks for."""

FOR_EVERY_MEMBER = frozenset({"people", "team", "topic", "position"})


def topics_of(note: Note) -> Iterator[tuple[str, int | None]]:
    """The topics that hear a fact, each with the id it is told there."""
    for kind, ref in note.subjects:
        yield f"{kind}:{ref}", ref
    noun = note.verb.partition(".")[0]
    main = dict(note.subjects).get(noun, note.subjects[0][1] if note.subjects else None)
    for topic in GATHERED.get(noun, ()):
        yield topic, main
    yield "spine", main


def may_hear(member: Member, topic: str) -> bool:
    """Whether a member may learn that something changed on this topic; customers hear nothing yet."""
    kind, _, ref = topic.partition(":")
    if kind == "ticket":
        ticket = desk_queries.ticket(int(ref)) if ref else None
        return ticket is not None and desk_policies.may_read(member, ticket)
    if kind == "member":
        return bool(ref) and (topic == member.ref or member.may("board.read") or member.may("member.read"))
    if kind in NEEDED:
        return member.may(NEEDED[kind])
    return kind in FOR_EVERY_MEMBER
