"""Texts with places for what a ticket knows: `{{customer.name}}`, or `{{customer.name|there}}` with words for nobody.

A place holds a value on one line, never another place: what a customer writes cannot bring in more than itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengong.desk.models import Ticket
from fengong.kernel.errors import Invalid
from fengong.people.models import Member

PLACE = re.compile(r"\{\{\s*([\w.]+)\s*(?:\|([^{}]*))?\}\}")
LONGEST_VALUE = 300
FIELD = "field."

Reader = Callable[[Ticket, Member | None], Any]
PLACES: dict[str, tuple[Any, Reader]] = {
    "customer.name": (gettext_lazy("Name of the customer"), lambda ticket, by: ticket.customer.display_name),
    "customer.email": (gettext_lazy("Address of the customer"), lambda ticket, by: ticket.customer.email),
    "customer.company": (
        gettext_lazy("Company of the customer"),
        lambda ticket, by: ticket.customer.organization and ticket.customer.organization.name,
    ),
    "ticket.number": (gettext_lazy("Number of the ticket"), lambda ticket, by: ticket.pk),
    "ticket.subject": (gettext_lazy("Subject of the ticket"), lambda ticket, by: ticket.subject),
    "ticket.topic": (
        gettext_lazy("Topic of the ticket"),
        lambda ticket, by: ticket.topic and ticket.topic.label,
    ),
    "ticket.link": (
        gettext_lazy("Address of the ticket for colleagues"),
        lambda ticket, by: f"{settings.PUBLIC_URL}/tickets/{ticket.pk}",
    ),
    "member.name": (
        gettext_lazy("Name of who writes, else of the owner"),
        lambda ticket, by: getattr(by or ticket.owner, "display_name", None),
    ),
    "team.name": (
        gettext_lazy("Team of who writes, else of the owner"),
        lambda ticket, by: writer.team.label if (writer := by or ticket.owner) else None,
    ),
}


def check(text: str) -> None:
    """Invalid when a place in the text has a name nobody knows."""
    for found in PLACE.finditer(text):
        if found[1] not in PLACES and not found[1].startswith(FIELD):
            raise Invalid(_("There is no placeholder “%(name)s”.") % {"name": found[1]})


def fill(text: str, *, ticket: Ticket, member: Member | None) -> str:
    """The text with every place filled; a place without a value holds its own words after the bar, or nothing."""

    def value(found: re.Match[str]) -> str:
        known = _value(found[1], ticket, member)
        return " ".join(str(known).split())[:LONGEST_VALUE] if known not in (None, "") else (found[2] or "")

    return PLACE.sub(value, text)


def _value(name: str, ticket: Ticket, member: Member | None) -> Any:
    if name.startswith(FIELD):
        found = ticket.fields.get(name.removeprefix(FIELD))
        return ", ".join(map(str, found)) if isinstance(found, list) else found
    return PLACES[name][1](ticket, member) if name in PLACES else None
