"""Which topics a fact is heard on, and who may hear a topic."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fengong.desk import policies as desk_policies
from fengong.desk import queries as desk_queries
from fengong.kernel.actor import Actor
from fengong.kernel.tail import Note

MOST_TOPICS = 40
REF = re.compile(r"[1-9]\d{0,17}")

SPOKEN = frozenset(
    {
        "ticket.opened",
        "ticket.dispatched",
        "ticket.replied",
        "ticket.message_received",
        "ticket.pended",
        "ticket.resumed",
        "ticket.resolved",
        "ticket.reopened",
        "ticket.rating_asked",
        "ticket.rated",
    }
)
"""Facts that a customer may learn of, on `conversation:12`; that a note was written is none of them."""

GATHERED: dict[str, tuple[str, ...]] = {
    "ticket": ("tickets", "board"),
    "presence": ("board", "people"),
    "shift": ("board",),
    "load": ("board",),
    "policy": ("board",),
    "member": ("people", "board"),
    "skill": ("people", "board"),
    "team": ("people",),
    "position": ("people",),
    "topic": ("people",),
    "surge": ("emergency",),
    "swarm": ("emergency",),
}
"""The topics, besides those of its subjects, that hear a fact, by the noun of its verb."""

GATHERINGS: dict[str, str] = {
    "tickets": "ticket.read",
    "board": "board.read",
    "emergency": "ticket.read",
    "spine": "spine.read",
    "people": "",
    "viewers": "ticket.read",
}
"""Topics that gather many facts, each with the permission it asks for; where it is blank, every member may hear."""

KINDS: dict[str, str] = {
    "ticket": "ticket.read",
    "conversation": "ticket.read",
    "customer": "ticket.read",
    "member": "board.read",
    "team": "",
    "topic": "",
    "position": "",
    "surge": "ticket.read",
    "swarm": "ticket.read",
}
"""Kinds of subjects whose topics, such as `ticket:12`, can be heard, in the same way."""


def topics_of(note: Note) -> Iterator[tuple[str, int | None]]:
    """The topics that hear a fact, each with the id it is told there."""
    for kind, ref in note.subjects:
        yield f"{kind}:{ref}", ref
        if kind == "ticket" and note.verb in SPOKEN:
            yield f"conversation:{ref}", ref
    noun = note.verb.partition(".")[0]
    main = dict(note.subjects).get(noun, note.subjects[0][1] if note.subjects else None)
    for topic in GATHERED.get(noun, ()):
        yield topic, main
    yield "spine", main


def exists(topic: str) -> bool:
    """Whether this is the name of a topic."""
    kind, colon, ref = topic.partition(":")
    return (kind in KINDS and REF.fullmatch(ref) is not None) if colon else kind in GATHERINGS


def may_hear(listener: Actor, topic: str) -> bool:
    """Whether somebody may learn that something changed on an existing topic; customers only their own talk."""
    kind, _, ref = topic.partition(":")
    if listener.ref.startswith("customer:") and kind != "conversation":
        return False
    if kind in ("ticket", "conversation"):
        ticket = desk_queries.ticket(int(ref))
        return ticket is not None and desk_policies.may_read(listener, ticket)
    if topic == listener.ref:
        return True
    needed = (GATHERINGS | KINDS)[kind]
    return not needed or listener.may(needed)
