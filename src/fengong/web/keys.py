"""The keys of the interface, by place; a person reads only those for what they may do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Key:
    """What some keys do. `presses` are alternatives or a sequence, shown in this order."""

    does: Any
    presses: tuple[str, ...]
    permission: str = ""


@dataclass(frozen=True)
class Place:
    """Keys that belong together."""

    label: Any
    keys: tuple[Key, ...]


READ, WORK = "ticket.read", "ticket.work"
EVERYWHERE = Place(
    _("Everywhere"),
    (
        Key(_("Find anything, do anything"), ("Ctrl K", "⌘ K")),
        Key(_("Undo"), ("z",), WORK),
        Key(_("This sheet"), ("?",)),
        Key(_("Close what is open, leave a field"), ("Esc",)),
    ),
)
LIST = Place(
    _("List of tickets"),
    (
        Key(_("Next and previous ticket"), ("j", "k"), READ),
        Key(_("Search the list"), ("/",), READ),
        Key(_("New ticket"), ("c",), "ticket.open"),
        Key(_("Select the ticket"), ("x",), WORK),
        Key(_("Select up to here"), ("⇧ x",), WORK),
        Key(_("Select all that are shown"), ("*",), WORK),
    ),
)
TICKET = Place(
    _("Open ticket"),
    (
        Key(_("Reply"), ("r",), WORK),
        Key(_("Internal note"), ("n",), WORK),
        Key(_("Macro"), ("m",), WORK),
        Key(_("Send"), ("Ctrl ↵",), WORK),
        Key(_("Resolve"), ("e",), WORK),
        Key(_("Resolve and open the next"), ("⇧ e",), WORK),
        Key(_("Snooze"), ("s",), WORK),
        Key(_("Wait for the customer"), ("w",), WORK),
        Key(_("Take it myself"), ("i",), WORK),
        Key(_("Assign or hand over"), ("a", "t"), WORK),
        Key(_("Escalate"), ("u",), WORK),
        Key(_("Add a tag"), ("l",), WORK),
        Key(_("More to do with it"), (".",), WORK),
    ),
)


def keys_of(member: Any, rooms: tuple[Any, ...]) -> tuple[Place, ...]:
    """The sheet of keys for one member: what they may do, and the rooms they may enter."""
    there = Place(_("Go to"), tuple(Key(room.label, ("g", room.key)) for room in rooms))
    allowed = [
        Place(
            place.label, tuple(key for key in place.keys if not key.permission or member.may(key.permission))
        )
        for place in (EVERYWHERE, there, LIST, TICKET)
    ]
    return tuple(place for place in allowed if place.keys)
