"""What an address names, read for whoever asks: Denied where they may not know of it, Missing where it is not there."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from fengong.customers import queries as customers
from fengong.desk import queries as desk
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Missing
from fengong.people import queries as people
from fengong.people.policies import require


def the_ticket(actor: Actor, ticket_id: int) -> Any:
    """A ticket with what its page shows."""
    require(actor, "ticket.read")
    return _there(desk.ticket(ticket_id), _("This ticket does not exist."))


def the_member(member_id: int, *, field: str = "") -> Any:
    """An active member; `field` names the input that named them."""
    return _there(people.member(member_id), _("This member does not exist."), field)


def the_topic(topic_id: int, *, field: str = "") -> Any:
    """A topic."""
    return _there(people.topic(topic_id), _("This topic does not exist."), field)


def the_customer(actor: Actor, customer_id: int, *, field: str = "") -> Any:
    """A customer with their organisation."""
    require(actor, "ticket.read")
    return _there(customers.contact(customer_id), _("This customer does not exist."), field)


def _there(found: Any, otherwise: str, field: str = "") -> Any:
    if found is None:
        raise Missing(otherwise, field=field)
    return found
