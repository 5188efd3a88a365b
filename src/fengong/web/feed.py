"""What happened, as sentences: the spine's facts with the names of those they are about."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from fengong.customers import queries as customers
from fengong.people import queries as people
from fengong.web import words

SENTENCES = {
    "ticket.opened": pgettext_lazy("event", "%(actor)s wrote in"),
    "ticket.graded": pgettext_lazy("event", "Graded: difficulty %(difficulty)s, %(effort)s min"),
    "ticket.priority_set": pgettext_lazy("event", "%(actor)s set the priority to %(priority)s"),
    "ticket.replied": pgettext_lazy("event", "%(actor)s replied"),
    "ticket.noted": pgettext_lazy("event", "%(actor)s left a note"),
    "ticket.message_received": pgettext_lazy("event", "%(actor)s wrote again"),
    "ticket.dispatched": pgettext_lazy("event", "Given to %(member)s by %(actor)s"),
    "ticket.transferred": pgettext_lazy("event", "Handed over from %(previous)s to %(member)s by %(actor)s"),
    "ticket.escalated": pgettext_lazy("event", "%(actor)s escalated it from L%(from_tier)s to L%(to_tier)s"),
    "ticket.escalated:time": pgettext_lazy(
        "event", "Too long on its tier: it went up from L%(from_tier)s to L%(to_tier)s"
    ),
    "ticket.escalated:rule": pgettext_lazy(
        "event", "A rule escalated it from L%(from_tier)s to L%(to_tier)s"
    ),
    "ticket.deescalated": pgettext_lazy(
        "event", "%(actor)s gave it back from L%(from_tier)s to L%(to_tier)s"
    ),
    "ticket.escalation_answered": pgettext_lazy("event", "%(member)s, who handed it up, was told the answer"),
    "ticket.referred": pgettext_lazy(
        "event", "It went back and forth %(bounces)s times; %(member)s decides who has it"
    ),
    "ticket.owner_silent": pgettext_lazy(
        "event", "%(member)s has not answered for %(minutes)s min, and nobody else can take it"
    ),
    "ticket.transferred:balanced": pgettext_lazy(
        "event", "Moved from %(previous)s to %(member)s to even out load"
    ),
    "ticket.transferred:shift_end": pgettext_lazy(
        "event", "Handed over from %(previous)s, whose shift is over, to %(member)s"
    ),
    "ticket.transferred:leave": pgettext_lazy(
        "event", "Handed over from %(previous)s, who is on leave, to %(member)s"
    ),
    "ticket.transferred:stand_in": pgettext_lazy("event", "%(member)s stands in for %(previous)s"),
    "ticket.transferred:silent": pgettext_lazy(
        "event", "Handed over to %(member)s, because %(previous)s had not answered"
    ),
    "ticket.transferred:absent": pgettext_lazy(
        "event", "Handed over to %(member)s, because %(previous)s is not here"
    ),
    "ticket.returned:shift_end": pgettext_lazy("event", "Back in the queue: the shift of %(member)s is over"),
    "ticket.returned:leave": pgettext_lazy("event", "Back in the queue: %(member)s is on leave"),
    "ticket.returned:silent": pgettext_lazy("event", "Back in the queue: %(member)s had not answered"),
    "ticket.returned:absent": pgettext_lazy("event", "Back in the queue: %(member)s is not here"),
    "stand_in.named": pgettext_lazy("event", "%(by_member)s stands in for %(member)s while they are away"),
    "stand_in.removed": pgettext_lazy("event", "%(by_member)s no longer stands in for %(member)s"),
    "ticket.tier_set": pgettext_lazy("event", "%(actor)s moved it to tier L%(tier)s"),
    "ticket.pended": pgettext_lazy("event", "Waits for the customer"),
    "ticket.resumed": pgettext_lazy("event", "The customer answered; work goes on"),
    "ticket.returned": pgettext_lazy("event", "Back in the queue"),
    "ticket.returned:interrupted": pgettext_lazy(
        "event", "Back in the queue: it made way for more urgent work of %(member)s"
    ),
    "ticket.offer_accepted": pgettext_lazy("event", "%(member)s accepted it"),
    "ticket.offer_declined": pgettext_lazy("event", "%(member)s passed it on"),
    "ticket.offer_missed": pgettext_lazy("event", "%(member)s did not answer the offer in time"),
    "ticket.resolved": pgettext_lazy("event", "%(actor)s resolved it"),
    "ticket.reopened": pgettext_lazy("event", "Reopened by %(actor)s"),
    "ticket.customer_named": pgettext_lazy(
        "event", "The customer gave the address of somebody known; nobody has checked it"
    ),
    "ticket.rating_asked": pgettext_lazy("event", "The customer was asked how it went"),
    "ticket.rated": pgettext_lazy("event", "The customer rated it"),
    "ticket.promise_near": pgettext_lazy("event", "A promised time is near"),
    "ticket.breached": pgettext_lazy("event", "A promised time has passed"),
    "ticket.member_notified": pgettext_lazy("event", "%(actor)s notified %(member)s"),
    "ticket.webhook_asked": pgettext_lazy("event", "%(actor)s called the webhook %(endpoint)s"),
    "ticket.macro_applied": pgettext_lazy("event", "%(actor)s applied the macro “%(name)s”"),
    "rule.acted": pgettext_lazy("event", "The rule “%(name)s” acted"),
    "ladder.acted": pgettext_lazy("event", "A step of the promise's ladder was taken"),
    "ticket.pended:third_party": pgettext_lazy("event", "Waits for somebody else"),
    "ticket.snoozed": pgettext_lazy("event", "%(actor)s put it aside until %(until)s"),
    "ticket.deferred": pgettext_lazy("event", "%(actor)s lets it wait until %(until)s"),
    "ticket.woken": pgettext_lazy("event", "Its time has come; work goes on"),
    "ticket.woken:ordered": pgettext_lazy("event", "%(actor)s took it up again"),
    "ticket.resolved:no_answer": pgettext_lazy("event", "%(actor)s resolved it: the customer did not answer"),
    "ticket.resolved:not_ours": pgettext_lazy("event", "%(actor)s resolved it: not for this desk"),
    "ticket.resolved:spam": pgettext_lazy("event", "%(actor)s resolved it as spam"),
    "ticket.file_added": pgettext_lazy("event", "%(actor)s attached %(name)s"),
    "ticket.file_removed": pgettext_lazy("event", "%(actor)s removed the file %(name)s"),
    "ticket.type_set": pgettext_lazy("event", "%(actor)s changed the type"),
    "ticket.fields_set": pgettext_lazy("event", "%(actor)s filled in: %(changed)s"),
    "ticket.tagged": pgettext_lazy("event", "%(actor)s changed the tags: %(tags)s"),
    "ticket.topic_changed": pgettext_lazy("event", "%(actor)s changed the topic; %(effort)s min"),
    "ticket.merged": pgettext_lazy("event", "%(actor)s merged it into #%(target)s"),
    "ticket.absorbed": pgettext_lazy("event", "%(actor)s merged #%(source)s into it"),
    "ticket.unmerged": pgettext_lazy("event", "%(actor)s took the merge with #%(other)s back"),
    "ticket.split": pgettext_lazy("event", "%(actor)s split #%(other)s off"),
    "ticket.linked": pgettext_lazy("event", "%(actor)s linked it with #%(other)s"),
    "ticket.unlinked": pgettext_lazy("event", "%(actor)s took the link with #%(other)s away"),
    "ticket.parent_set": pgettext_lazy("event", "%(actor)s changed what it is a part of"),
    "ticket.watched": pgettext_lazy("event", "%(member)s follows it"),
    "ticket.unwatched": pgettext_lazy("event", "%(member)s no longer follows it"),
    "ticket.mentioned": pgettext_lazy("event", "%(actor)s named %(member)s"),
    "ticket.reply_scheduled": pgettext_lazy("event", "%(member)s planned an answer for later"),
    "ticket.reply_unscheduled:overtaken": pgettext_lazy(
        "event", "The customer wrote first; the planned answer is a draft of %(member)s again"
    ),
    "ticket.reply_unscheduled:refused": pgettext_lazy(
        "event", "The planned answer could not be sent; it is a draft of %(member)s again"
    ),
    "ticket.reply_unscheduled": pgettext_lazy("event", "%(actor)s took the planned answer back"),
    "ticket.side_started": pgettext_lazy("event", "%(actor)s wrote to somebody outside"),
    "ticket.side_replied": pgettext_lazy("event", "%(actor)s wrote on to somebody outside"),
    "ticket.side_received": pgettext_lazy("event", "%(address)s answered on the side"),
    "ticket.side_closed": pgettext_lazy("event", "%(actor)s put a side conversation away"),
    "ticket.mail_bounced": pgettext_lazy("event", "The mail to %(address)s came back"),
    "ticket.mail_failed": pgettext_lazy("event", "The mail to %(address)s could not be sent"),
    "ticket.participant_added": pgettext_lazy("event", "Somebody was copied in and gets the answers too"),
    "ticket.language_set": pgettext_lazy("event", "%(actor)s changed the language of answers"),
}
PARTS = {
    "matcher": gettext_lazy("the matcher"),
    "rule": gettext_lazy("a rule"),
    "ladder": gettext_lazy("a promise's ladder"),
    "emergency": gettext_lazy("the emergency room"),
    "tiers": gettext_lazy("the ladder of tiers"),
    "mover": gettext_lazy("the rule on moves"),
}
"""Parts of the product that act by themselves, by the name they act under."""
NOTABLE = {
    "ticket.opened", "ticket.escalated", "ticket.breached", "ticket.resolved", "ticket.reopened", "ticket.referred",
    "ticket.owner_silent",
}  # fmt: skip
"""Facts that a lead wants to hear of."""
WRITTEN = {"ticket.opened", "ticket.message_received"}
"""Facts whose author is the customer, whoever brought the message in."""
TURNS = {
    "ticket.dispatched", "ticket.transferred", "ticket.pended", "ticket.resumed", "ticket.returned",
    "ticket.resolved", "ticket.reopened", "ticket.snoozed", "ticket.woken", "ticket.merged", "ticket.absorbed",
    "ticket.unmerged", "ticket.split", "ticket.reply_unscheduled", "ticket.referred", "ticket.owner_silent",
}  # fmt: skip
"""Facts that show as lines between the messages of a conversation."""


NAMED = ("member", "previous", "by_member")
"""What of a fact are members."""


@dataclass(frozen=True)
class Told:
    """One fact as a sentence."""

    at: datetime
    verb: str
    text: str
    ticket: int | None

    @property
    def is_turn(self) -> bool:
        return self.verb in TURNS


def tell(events: Iterable[Any], *, known: Iterable[Any] = ()) -> list[Told]:
    """The facts that have a sentence, in the order given; two statements for all names but of who is `known`."""
    spoken = [event for event in events if event.verb in SENTENCES]
    member_names, contact_names = _names(spoken, {one.ref: one.display_name for one in known if one})
    return [
        Told(event.at, event.verb, _sentence(event, member_names, contact_names), event.data.get("ticket"))
        for event in spoken
    ]


def _names(events: list[Any], known: dict[str, str]) -> tuple[dict[int, str], dict[int, str]]:
    refs = [event.actor.split(":", 1) for event in events]
    members = {int(ref) for kind, ref in refs if kind == "member"}
    members |= {event.data[key] for event in events for key in NAMED if event.data.get(key)}
    contacts = {int(ref) for kind, ref in refs if kind == "customer"}
    contacts |= {event.data["customer"] for event in events if event.verb in WRITTEN}
    return _named("member", members, known, people.names), _named(
        "customer", contacts, known, customers.names
    )


def _named(
    kind: str, refs: set[int], known: dict[str, str], ask: Callable[..., dict[int, str]]
) -> dict[int, str]:
    """Names by number, asked for where not all are known."""
    if all(f"{kind}:{ref}" in known for ref in refs):
        return {ref: known[f"{kind}:{ref}"] for ref in refs}
    return ask(refs)


def _sentence(event: Any, members: dict[int, str], contacts: dict[int, str]) -> str:
    facts = {
        **event.data,
        "actor": _actor(event, members, contacts),
        "member": members.get(event.data.get("member"), "?"),
        "previous": members.get(event.data.get("previous"), "?"),
        "by_member": members.get(event.data.get("by_member"), "?"),
        "until": _moment(event.data.get("until")),
        "tags": _signed(event.data),
    }
    closer = SENTENCES.get(f"{event.verb}:{event.data.get('reason')}")
    return str(closer or SENTENCES[event.verb]) % facts


def _moment(text: Any) -> str:
    at = parse_datetime(text) if isinstance(text, str) else None
    return words.moment(at) if at else ""


def _signed(data: dict[str, Any]) -> str:
    """Tags that came and went, each with its sign."""
    signs = (("+", data.get("added")), ("−", data.get("removed")))
    return " ".join(f"{sign}{name}" for sign, names in signs if names for name in str(names).split(", "))


def _actor(event: Any, members: dict[int, str], contacts: dict[int, str]) -> str:
    if event.verb in WRITTEN and (writer := contacts.get(event.data.get("customer"))):
        return str(writer)
    kind, _sep, ref = event.actor.partition(":")
    if kind == "system":
        return str(PARTS.get(ref.partition(":")[0], _("Fengong")))
    known = members if kind == "member" else contacts
    return str(known.get(int(ref), ref) if ref.isdecimal() else ref)
