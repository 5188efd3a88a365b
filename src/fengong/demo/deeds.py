"""From steps of the script to verbs of the product; the only place where the demo's people act on tickets."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from fengong.customers.actions.contacts import find_or_add_contact
from fengong.demo.script import Escalate, Resolve, Step
from fengong.demo.setup import DEMO
from fengong.demo.story import Customer, Story, Turn
from fengong.desk.actions.messages import add_note, receive_message, reply
from fengong.desk.actions.tickets import open_ticket, pend_ticket, resolve_ticket
from fengong.dispatch.actions.escalations import escalate_ticket
from fengong.people import queries as people

MARK = "demo"


class Deeds:
    """Carries out steps; remembers contacts and topics it has looked up."""

    def __init__(self) -> None:
        self._contacts: dict[str, Any] = {}
        self._topics = {topic.slug: topic for topic in people.topics()}

    @staticmethod
    def external_id(number: int, topic: str = "") -> str:
        """The id under which a story's ticket came in; it says which story that is."""
        return f"{MARK}:{number}:{topic}" if topic else f"{MARK}:{number}"

    @staticmethod
    def told_by(external_id: str) -> tuple[int | None, str]:
        """The story's number and topic behind an external id; None for a ticket that is not the demo's."""
        mark, _, rest = external_id.partition(":")
        number, _, topic = rest.partition(":")
        return (int(number), topic) if mark == MARK and number.isdecimal() else (None, "")

    def open(self, story: Story, *, at: datetime, graded: bool = False, topic: str = "") -> Any:
        """The customer writes in. With `graded` the ticket is graded already, as past ones are."""
        contact = self.contact(story.customer, at=at)
        return open_ticket(
            actor=contact,
            customer=contact,
            subject=story.subject,
            body=story.body,
            channel=story.channel,
            language=story.customer.locale,
            topic=self.topic(story.topic) if graded else None,
            difficulty=story.graded if graded else None,
            priority=story.priority,
            external_id=self.external_id(story.number, topic),
            at=at,
        )

    def do(self, step: Step, *, ticket: Any, owner: Any, story: Story, at: datetime) -> bool:
        """Carry out one step on a ticket; returns whether the owner has it afterwards.

        A question is followed by waiting for its answer. An answer may find its owner's hands full; then the ticket
        goes back to the queue.
        """
        if isinstance(step, Escalate):
            note = step.note
            escalate_ticket(
                actor=owner, ticket=ticket, tried=note.tried, found=note.found, wanted=note.wanted, at=at
            )
            return False
        if isinstance(step, Resolve):
            resolve_ticket(actor=owner, ticket=ticket, at=at)
            return False
        if step.by_customer:
            contact = self.contact(story.customer, at=at)
            got = receive_message(actor=contact, ticket=ticket, contact=contact, body=step.body, at=at)
            return bool(got.ticket.owner_id)
        self._write(step, ticket=ticket, owner=owner, at=at)
        return True

    def _write(self, step: Turn, *, ticket: Any, owner: Any, at: datetime) -> None:
        if step.kind == "note":
            add_note(actor=owner, ticket=ticket, member=owner, body=step.body, at=at)
            return
        reply(actor=owner, ticket=ticket, member=owner, body=step.body, at=at)
        if step.kind == "ask":
            pend_ticket(actor=owner, ticket=ticket, at=at)

    def topic(self, slug: str) -> Any:
        """A topic by its slug."""
        return self._topics[slug]

    def contact(self, customer: Customer, *, at: datetime) -> Any:
        """The customer's record, made when they first write."""
        if customer.email not in self._contacts:
            self._contacts[customer.email] = find_or_add_contact(
                actor=DEMO,
                email=customer.email,
                display_name=customer.name,
                language=customer.locale,
                organization=customer.organization,
                grade=customer.grade,
                at=at,
            )
        return self._contacts[customer.email]
