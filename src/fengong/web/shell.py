"""What the frame around every room shows. Read lazily: a fragment that shows no frame costs no query."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fengong.desk import queries as desk
from fengong.kernel.clock import now
from fengong.kernel.tail import settled_seq
from fengong.people import queries as people
from fengong.rota import queries as rota
from fengong.web.division.tabs import Tab, tab_at, tabs_for
from fengong.web.keys import Place, keys_of
from fengong.web.lacking import Lack, lacks
from fengong.web.settings.pages import Section, sections_for


@dataclass(frozen=True)
class Room:
    """A place in the rail."""

    name: str
    label: Any
    icon: str
    key: str
    permission: str

    @property
    def path(self) -> str:
        return f"/{self.name}"


ROOMS = (
    Room("today", pgettext_lazy("room", "Today"), "sun", "t", "presence.own"),
    Room("tickets", pgettext_lazy("room", "Tickets"), "ticket", "k", "ticket.read"),
    Room("division", pgettext_lazy("room", "Division"), "network", "d", "board.read"),
    Room("roster", pgettext_lazy("room", "Roster"), "calendar-clock", "r", "presence.own"),
    Room("emergency", pgettext_lazy("room", "Emergency"), "siren", "e", "ticket.read"),
    Room("settings", pgettext_lazy("room", "Settings"), "settings", "s", "ticket.work"),
)
PRESENCES = (("online", _("Online")), ("away", _("Away")), ("offline", _("Offline")))
STATUSES = (*PRESENCES, ("engaged", _("At a swarm")))
"""What somebody may be shown as; nobody calls themselves to a swarm."""
THEMES = (("light", _("Light"), "sun"), ("dark", _("Dark"), "moon"), ("system", _("System"), "monitor"))
LANGUAGES = (("zh-hans", "简体中文"), ("en", "English"))
HEARD = (
    ("tickets", "ticket.read"),
    ("emergency", "ticket.read"),
    ("viewers", "ticket.read"),
    ("board", "board.read"),
)


@dataclass(frozen=True)
class Meter:
    """A member's presence, the end of their running shift, and how full they are."""

    member: int
    presence: str
    until: datetime | None
    has_load: bool
    effort: float
    capacity: float

    @property
    def presence_label(self) -> Any:
        return dict(STATUSES)[self.presence]

    @property
    def state(self) -> str:
        """Calm below nine tenths of capacity."""
        return "soon" if self.has_load and self.effort >= 0.9 * self.capacity else ""


class Shell:
    """The frame's facts about the member who looks at it."""

    presences = PRESENCES
    themes = THEMES
    languages = LANGUAGES

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.now: datetime = now()

    @cached_property
    def member(self) -> Any:
        known = getattr(self.request, "member", None)
        if known is not None or not self.request.user.is_authenticated:
            return known
        return people.member_of(self.request.user)

    @property
    def rooms(self) -> tuple[Room, ...]:
        return tuple(room for room in ROOMS if self.member and self.member.may(room.permission))

    @property
    def sections(self) -> list[Section]:
        """The pages of the room Settings."""
        return sections_for(self.member) if self.member else []

    @cached_property
    def tabs(self) -> list[Tab]:
        """The tabs of the room Division."""
        return tabs_for(self.member) if self.member else []

    @cached_property
    def lacks(self) -> list[Lack]:
        """What is missing before any work can reach anybody."""
        return lacks(self.member) if self.member and self.member.may("board.read") else []

    @property
    def tab(self) -> Tab | None:
        """The tab the reader stands in."""
        return tab_at(self.tabs, self.request.path)

    @property
    def keys(self) -> tuple[Place, ...]:
        """The sheet of keys."""
        return keys_of(self.member, self.rooms) if self.member else ()

    @property
    def here(self) -> str:
        """Name of the room the reader stands in."""
        return self.request.path.split("/")[1]

    @property
    def theme(self) -> str:
        account = self.request.user
        return account.theme if account.is_authenticated else "system"

    @cached_property
    def meter(self) -> Meter:
        """How the member stands."""
        load, (presence, until) = desk.load_of(self.member), rota.standing(self.member, self.now)
        return Meter(
            member=self.member.pk,
            presence=presence,
            until=until,
            has_load=load is not None,
            effort=load.effort if load else 0,
            capacity=load.capacity if load else 0,
        )

    @property
    def presence(self) -> str:
        return self.meter.presence

    @property
    def stream(self) -> str:
        """Where the page listens: what this member may hear, from just before the page was drawn."""
        topics = ["people", self.member.ref]
        topics += [topic for topic, needed in HEARD if self.member.may(needed)]
        heard = getattr(self.request, "heard", None)
        since = settled_seq(at=self.now) if heard is None else heard
        return f"/live?topics={','.join(topics)}&since={since}"


def shell(request: HttpRequest) -> dict[str, Any]:
    """Give templates the frame."""
    return {"shell": SimpleLazyObject(lambda: Shell(request))}
