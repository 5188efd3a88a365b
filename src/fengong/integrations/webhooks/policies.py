"""Who may set up endpoints, and what an endpoint may be told."""

from __future__ import annotations

from fengong.integrations.webhooks.models import Endpoint
from fengong.kernel.actor import Actor
from fengong.people.policies import require


def require_configuring(actor: Actor) -> None:
    """Raise Denied unless the actor configures the desk."""
    require(actor, "desk.configure")


def may_be_told(endpoint: Endpoint) -> bool:
    """An endpoint is told what whoever set it up may read; when they leave, that is nothing."""
    return endpoint.creator.may("ticket.read")
