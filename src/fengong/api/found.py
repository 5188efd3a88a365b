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
    return there(desk.ticket(ticket_id))


def the_member(member_id: int, *, field: str = "") -> Any:
    """An active member; `field` names the input that named them."""
    return there(people.member(member_id), field)


def the_topic(topic_id: int, *, field: str = "") -> Any:
    """A topic."""
    return there(people.topic(topic_id), field)


def the_customer(actor: Actor, customer_id: int, *, field: str = "") -> Any:
    """A customer with their organisation."""
    require(actor, "ticket.read")
    return there(next(iter(customers.contacts_named(ids=[customer_id], emails=())), None), field)


def there(found: Any, field: str = "") -> Any:
    """What was found; Missing where nothing was."""
    if found is None:
        raise Missing(_("There is nothing with this id."), field=field)
    return found
