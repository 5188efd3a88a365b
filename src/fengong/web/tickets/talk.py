"""The conversation of an open ticket: what was said, what is being written, by whom, and what is still to be sent."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from typing import Any

from fengong.automation.deeds.wording import fill
from fengong.desk import queries as desk
from fengong.desk.reading import attachments, drafts, mentions, scheduled, sides, signatures, viewers
from fengong.desk.reading import tags as tagged
from fengong.desk.reading.belongings import belongings
from fengong.desk.reading.freshness import stops_since
from fengong.dispatch import queries as dispatch
from fengong.integrations.mail import queries as mail
from fengong.kernel.spine import history
from fengong.web import feed
from fengong.web.tickets.speaking import Spoken, spoken

UNSIGNED = ("chat",)
LANGUAGES = (("zh-hans", "简体中文"), ("en", "English"))
MOST_CHANGES = 8
STEPS = ("ticket.escalated", "ticket.deescalated")
"""Facts that show as a step with its note."""


class Talk:
    """The conversation as one reader meets it. `told` are the sentences of what happened."""

    def __init__(self, ticket: Any, member: Any, at: datetime) -> None:
        self.ticket, self.member, self.at = ticket, member, at
        self.events = list(
            history("ticket", ticket.pk)
        )  # first, so that all up to the newest of them is seen
        self.heard: int = max((event.seq for event in self.events), default=0)

    @cached_property
    def spoken(self) -> list[Spoken]:
        """All messages but those to outsiders."""
        thread = mail.with_deliveries(desk.thread(self.ticket))
        found = [message for message in thread if message.kind != "side"]
        names = self._names(found)
        return [
            spoken(
                message,
                names=names if message.kind != "public" else (),
                files=self._files.get(message.pk, ()),
                reader=self.member,
                delivery=mail.delivered(message),
            )
            for message in found
        ]

    def turns(self, told: list[feed.Told]) -> list[dict[str, Any]]:
        """Messages, hand-overs upwards and turns of ownership, by time."""
        entries: list[dict[str, Any]] = [
            {"kind": one.message.kind, "at": one.message.at, "spoken": one} for one in self.spoken
        ]
        if any(event.verb in STEPS for event in self.events):
            steps = dispatch.escalations_of(self.ticket)
            entries += [{"kind": "escalation", "at": step.at, "step": step} for step in steps]
        entries += [{"kind": "turn", "at": one.at, "told": one} for one in told if one.is_turn]
        return sorted(entries, key=lambda entry: entry["at"])

    def changes(self, heard: int) -> list[dict[str, Any]]:
        """What stops an answer: each turn after the writer looked, with the words that were said."""
        events = list(stops_since(self.ticket, heard, but=self.member))[-MOST_CHANGES:]
        said = {one.message.pk: one for one in self.spoken}
        told = feed.tell(events)
        words = [said.get(event.data.get("message", 0)) for event in events]
        pairs = zip(told, words, strict=True) if len(told) == len(events) else ((one, None) for one in told)
        return [{"told": one, "spoken": word} for one, word in pairs]

    @cached_property
    def drafts(self) -> dict[str, Any]:
        return drafts.drafts_on(self.ticket, self.member) if "drafts" in self._has else {}

    @cached_property
    def viewers(self) -> list[Any]:
        return viewers.viewers(self.ticket, but=self.member, at=self.at)

    @cached_property
    def planned(self) -> list[Any]:
        """Answers that are sent later."""
        return list(scheduled.scheduled_on(self.ticket)) if "planned" in self._has else []

    @cached_property
    def sides(self) -> list[Any]:
        return list(sides.sides_of(self.ticket)) if "sides" in self._has else []

    @cached_property
    def unsent(self) -> list[Any]:
        """Files that wait in the reader's composer."""
        return [file for file in self._files.get(None, ()) if file.by == self.member.ref]

    @cached_property
    def signature(self) -> str:
        """What will stand under the reader's answer, in the customer's language; nothing in a chat."""
        if self.ticket.channel in UNSIGNED:
            return ""
        found = signatures.signature_for(self.member, self.ticket.language)
        return fill(found, ticket=self.ticket, member=self.member) if found else ""

    @property
    def language(self) -> str:
        """The language in which this customer is answered, by its own name."""
        known: str = dict(LANGUAGES).get(self.ticket.language, self.ticket.language)
        return known

    @cached_property
    def tags(self) -> list[Any]:
        return list(tagged.of_ticket(self.ticket)) if "tags" in self._has else []

    @property
    def watches(self) -> bool:
        """Whether the reader follows it."""
        return "watches" in self._has

    @cached_property
    def _files(self) -> dict[int | None, list[Any]]:
        return attachments.by_message(self.ticket) if "files" in self._has else {}

    @cached_property
    def _has(self) -> frozenset[str]:
        return belongings(self.ticket, self.member)

    def _names(self, found: list[Any]) -> tuple[str, ...]:
        named = any("@" in message.body for message in found if message.kind in ("note", "handover"))
        return mentions.names_on(self.ticket) if named else ()
