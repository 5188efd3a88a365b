"""A swarm's room as it is drawn for one reader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy, pgettext_lazy

from fengong.emergency import queries
from fengong.emergency.policies import belongs, may_command, require_leading
from fengong.emergency.reading.account import drafted
from fengong.emergency.reading.calling import callable_now
from fengong.kernel import markup

SENTENCES = {
    "formed": pgettext_lazy("swarm", "The swarm was formed"),
    "joined": pgettext_lazy("swarm", "%(name)s joined"),
    "leads": pgettext_lazy("swarm", "%(name)s leads"),
    "spared": pgettext_lazy("swarm", "%(name)s is shielded and gets no other work"),
    "shielded": pgettext_lazy("swarm", "%(name)s is shielded; %(tickets)s tickets went to others"),
    "left": pgettext_lazy("swarm", "%(name)s went back to other work"),
    "task_added": pgettext_lazy("swarm", "To do: %(body)s"),
    "task_taken": pgettext_lazy("swarm", "%(name)s takes: %(body)s"),
    "task_done": pgettext_lazy("swarm", "%(name)s has done: %(body)s"),
    "ended": pgettext_lazy("swarm", "The swarm stood down"),
}
PRODUCT = gettext_lazy("Fengong")


@dataclass(frozen=True)
class Line:
    """A line of the time line: somebody's words, or a sentence about what happened."""

    at: datetime
    name: str
    text: str
    is_said: bool
    is_announced: bool


class SwarmPage:
    """Everything in the room."""

    def __init__(self, swarm: Any, member: Any, at: datetime) -> None:
        self.swarm, self.member, self.at = swarm, member, at

    @cached_property
    def commands(self) -> bool:
        """Whether the reader may change who is in it."""
        return bool(self.swarm.is_running and may_command(self.member, self.swarm))

    @cached_property
    def acts(self) -> bool:
        """Whether the reader may write here."""
        return bool(self.swarm.is_running and (self.commands or belongs(self.member, self.swarm)))

    @cached_property
    def people(self) -> list[Any]:
        return list(queries.members_of(self.swarm))

    @cached_property
    def tasks(self) -> list[Any]:
        return list(queries.tasks_of(self.swarm))

    @cached_property
    def lines(self) -> list[Line]:
        """The newest first."""
        return [_line(entry) for entry in queries.timeline(self.swarm)][::-1]

    @cached_property
    def callable(self) -> list[Any]:
        """Who could come to help."""
        topic = self.swarm.ticket.topic_id if self.swarm.ticket else None
        return callable_now(topic) if self.commands else []

    @property
    def draft(self) -> str:
        return drafted(self.swarm)

    @property
    def account(self) -> SafeString:
        return SafeString(markup.render(self.swarm.account))

    def require_ending(self) -> None:
        """Raise Denied unless the reader may stand it down."""
        require_leading(self.member, self.swarm)


def _line(entry: Any) -> Line:
    name = entry.member.display_name if entry.member else str(PRODUCT)
    said = entry.kind in ("said", "announced")
    kind = "leads" if entry.data.get("leads") else entry.kind
    if kind == "shielded" and not entry.data.get("tickets"):
        kind = "spared"
    facts = {"name": name, "body": entry.body, "tickets": entry.data.get("tickets", 0)}
    text = entry.body if said else str(SENTENCES[kind]) % facts
    return Line(entry.at, name, text, said, entry.kind == "announced")
