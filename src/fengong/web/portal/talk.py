"""A customer's ticket as they see it: what was said between them and the desk, and how it stands in their words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from fengong.desk.reading import customers as reading
from fengong.desk.reading import satisfaction
from fengong.desk.reading.fields import filled
from fengong.kernel import markup
from fengong.kernel.clock import now
from fengong.kernel.errors import Missing
from fengong.kernel.tail import settled_seq
from fengong.web.portal.scale import scale_of

STATES: dict[str, Any] = {
    "waiting": pgettext_lazy("customer's state", "Received"),
    "open": pgettext_lazy("customer's state", "We are working on it"),
    "pending": pgettext_lazy("customer's state", "Waiting for your answer"),
    "resolved": pgettext_lazy("customer's state", "Solved"),
}
ICONS = {"waiting": "inbox", "open": "circle-dot", "pending": "reply", "resolved": "circle-check"}
OURS = ("third_party", "snoozed")
"""Reasons for which a ticket rests without the customer owing an answer."""


@dataclass(frozen=True, slots=True)
class State:
    """How a ticket stands, in a customer's words."""

    name: str
    label: Any
    icon: str


def state_of(ticket: Any) -> State:
    """How this ticket stands."""
    name = "open" if ticket.status == "pending" and ticket.reason in OURS else str(ticket.status)
    return State(name, STATES[name], ICONS[name])


@dataclass(frozen=True, slots=True)
class Turn:
    """One message as a customer reads it."""

    message: Any
    html: str
    files: list[Any]

    @property
    def is_ours(self) -> bool:
        """Whether the desk wrote it."""
        return self.message.contact_id is None

    @property
    def author(self) -> str:
        """Who wrote it."""
        writer = self.message.member or self.message.contact
        return writer.display_name if writer else self.message.author_name or _("The team")


class Talk:
    """A ticket before the eyes of its customer. `form` is what they typed and could not be sent."""

    def __init__(self, customer: Any, pk: int, *, form: Any = None) -> None:
        ticket = reading.ticket_of(customer, pk)
        if ticket is None:
            raise Missing(_("You have no such ticket."))
        self.customer, self.ticket, self.form = customer, ticket, form

    @cached_property
    def turns(self) -> list[Turn]:
        return turns_of(self.ticket)

    @cached_property
    def known(self) -> list[Any]:
        """The desk's own fields that a customer may see and that are filled in."""
        return [each for each in filled(self.ticket, for_customer=True) if each.value not in (None, "", [])]

    @property
    def state(self) -> State:
        return state_of(self.ticket)

    @cached_property
    def survey(self) -> Any:
        """What to ask once it is solved; None while there is nothing to ask."""
        return satisfaction.question_for(self.ticket, "portal")

    @property
    def scale(self) -> list[dict[str, Any]]:
        return scale_of(self.survey)

    @property
    def stream(self) -> str:
        """Where the page listens, from just before it was drawn."""
        return f"/live?topics=conversation:{self.ticket.pk}&since={settled_seq(at=now())}"


def turns_of(ticket: Any) -> list[Turn]:
    """A ticket's open conversation, in two statements."""
    messages = list(reading.conversation(ticket))
    files = reading.files(messages)
    return [Turn(message, written(message), files.get(message.pk, [])) for message in messages]


def written(message: Any, files: str = "/portal/files/") -> SafeString:
    """What was written, safe to show; files of the desk are read where this reader may read them."""
    if message.html:
        html = markup.clean(message.html)
    elif message.contact_id:
        html = markup.lines(message.body)
    else:
        html = markup.render(message.body)
    return SafeString(html.replace('="/files/', f'="{files}'))
