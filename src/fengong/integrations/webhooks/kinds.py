"""What an endpoint can listen to, by the verbs of the spine."""

from __future__ import annotations

from typing import Any

from django.utils.translation import pgettext_lazy

PING = "endpoint.ping"
ASKED = "ticket.webhook_asked"
"""A rule or a member asks for one endpoint by its name, whatever it listens to."""
KINDS: dict[str, Any] = {
    "ticket.opened": pgettext_lazy("webhook event", "A ticket is opened"),
    "ticket.graded": pgettext_lazy("webhook event", "Its topic is found"),
    "ticket.message_received": pgettext_lazy("webhook event", "The customer writes"),
    "ticket.replied": pgettext_lazy("webhook event", "Somebody replies"),
    "ticket.noted": pgettext_lazy("webhook event", "Somebody leaves a note"),
    "ticket.dispatched": pgettext_lazy("webhook event", "It gets an owner"),
    "ticket.transferred": pgettext_lazy("webhook event", "It changes hands"),
    "ticket.returned": pgettext_lazy("webhook event", "It goes back to the queue"),
    "ticket.escalated": pgettext_lazy("webhook event", "It is escalated"),
    "ticket.tier_set": pgettext_lazy("webhook event", "Its tier changes"),
    "ticket.priority_set": pgettext_lazy("webhook event", "Its priority changes"),
    "ticket.type_set": pgettext_lazy("webhook event", "Its type changes"),
    "ticket.fields_set": pgettext_lazy("webhook event", "A field changes"),
    "ticket.tagged": pgettext_lazy("webhook event", "Its tags change"),
    "ticket.pended": pgettext_lazy("webhook event", "It begins to wait"),
    "ticket.resumed": pgettext_lazy("webhook event", "Work goes on"),
    "ticket.snoozed": pgettext_lazy("webhook event", "It is snoozed"),
    "ticket.woken": pgettext_lazy("webhook event", "It wakes from a snooze"),
    "ticket.merged": pgettext_lazy("webhook event", "It is merged"),
    "ticket.promise_near": pgettext_lazy("webhook event", "A promise comes near"),
    "ticket.breached": pgettext_lazy("webhook event", "A promise is broken"),
    "ticket.resolved": pgettext_lazy("webhook event", "It is resolved"),
    "ticket.reopened": pgettext_lazy("webhook event", "It is reopened"),
    "ticket.rated": pgettext_lazy("webhook event", "The customer rates us"),
}
