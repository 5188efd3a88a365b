"""The pages of the room Settings, in the order of its side list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Section:
    """A page of settings; a member sees those their position may change."""

    name: str
    label: Any
    about: Any
    icon: str
    permission: str
    also: str = ""
    """Where more of its pages stand, if not below its own address."""

    @property
    def path(self) -> str:
        return f"/settings/{self.name}"

    def holds(self, path: str) -> bool:
        """Whether the page at this address belongs here."""
        return any(path == root or path.startswith(f"{root}/") for root in (self.path, self.also) if root)


SECTIONS: tuple[Section, ...] = (
    Section(
        "members",
        pgettext_lazy("settings", "Members"),
        pgettext_lazy(
            "settings", "Who works here, in which team and position, what they know, how they sign in."
        ),
        "users",
        "people.manage",
    ),
    Section(
        "teams",
        pgettext_lazy("settings", "Teams"),
        pgettext_lazy("settings", "Members who share a queue, and who leads them."),
        "building-2",
        "people.manage",
    ),
    Section(
        "topics",
        pgettext_lazy("settings", "Topics"),
        pgettext_lazy("settings", "What tickets are about, and how much work each takes."),
        "hash",
        "people.manage",
    ),
    Section(
        "promises",
        pgettext_lazy("settings", "Promised times"),
        pgettext_lazy("settings", "Which tickets are answered by when, and what happens as that comes near."),
        "clock-alert",
        "desk.configure",
    ),
    Section(
        "calendars",
        pgettext_lazy("settings", "Calendars"),
        pgettext_lazy("settings", "Working hours, nights, holidays and days of your own."),
        "calendar",
        "desk.configure",
    ),
    Section(
        "views",
        pgettext_lazy("settings", "Views"),
        pgettext_lazy(
            "settings", "Queries under a name, as tabs of the list: yours, your team's, everybody's."
        ),
        "list-filter",
        "ticket.read",
    ),
    Section(
        "mailboxes",
        pgettext_lazy("settings", "Mailboxes"),
        pgettext_lazy("settings", "Addresses that customers write to, and what became of each mail."),
        "mail",
        "desk.configure",
        also="/settings/mail",
    ),
    Section(
        "macros",
        pgettext_lazy("settings", "Macros"),
        pgettext_lazy("settings", "Answers that are written already, and what goes with them."),
        "zap",
        "ticket.work",
    ),
    Section(
        "signatures",
        pgettext_lazy("settings", "Signatures"),
        pgettext_lazy("settings", "What stands under answers: yours, and for who has none, the team's."),
        "pen-line",
        "ticket.work",
    ),
    Section(
        "rules",
        pgettext_lazy("settings", "Rules"),
        pgettext_lazy("settings", "What the desk does by itself, tried on past tickets before it goes live."),
        "workflow",
        "desk.configure",
    ),
    Section(
        "webhooks",
        pgettext_lazy("settings", "Webhooks"),
        pgettext_lazy("settings", "Other programs that are told what happens here."),
        "webhook",
        "desk.configure",
    ),
    Section(
        "types",
        pgettext_lazy("settings", "Types"),
        pgettext_lazy("settings", "Sorts of matters, such as a question, a fault, a request."),
        "layers",
        "desk.configure",
    ),
    Section(
        "fields",
        pgettext_lazy("settings", "Fields"),
        pgettext_lazy("settings", "What your desk wants to know of a ticket: text, numbers, dates, choices."),
        "text-cursor-input",
        "desk.configure",
    ),
    Section(
        "tags",
        pgettext_lazy("settings", "Tags"),
        pgettext_lazy("settings", "Rename tags, make two of them one, take them away."),
        "tags",
        "desk.curate",
    ),
    Section(
        "templates",
        pgettext_lazy("settings", "Templates"),
        pgettext_lazy("settings", "What new tickets of common sorts begin with."),
        "layout-template",
        "desk.curate",
    ),
    Section(
        "portal",
        pgettext_lazy("settings", "Portal and form"),
        pgettext_lazy("settings", "Where customers read their tickets, and where anybody writes in."),
        "life-buoy",
        "desk.configure",
    ),
    Section(
        "widgets",
        pgettext_lazy("settings", "Chat windows"),
        pgettext_lazy("settings", "A chat on your own sites by one tag."),
        "message-circle",
        "desk.configure",
    ),
    Section(
        "surveys",
        pgettext_lazy("settings", "Surveys"),
        pgettext_lazy("settings", "What customers are asked, and what a low score leads to."),
        "clipboard-list",
        "desk.configure",
    ),
    Section(
        "satisfaction",
        pgettext_lazy("settings", "Satisfaction"),
        pgettext_lazy("settings", "What customers answered."),
        "smile",
        "ticket.read",
    ),
    Section(
        "imports",
        pgettext_lazy("settings", "Import"),
        pgettext_lazy("settings", "Bring tickets and contacts from another desk or a table."),
        "database",
        "desk.configure",
    ),
)


def sections_for(member: Any) -> list[Section]:
    """The pages this member may enter."""
    return [section for section in SECTIONS if member.may(section.permission)]


def section_at(path: str) -> Section | None:
    """Where somebody at this address is; None on the front page."""
    return next((section for section in SECTIONS if section.holds(path)), None)
