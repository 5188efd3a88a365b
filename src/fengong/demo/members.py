"""The live demo's members at work: each held ticket gets its next step when that is due.

Nothing is kept but the plan for the next step. What was written so far stands in the ticket's conversation and the
story is found again by the ticket's external id, so this may stop and start at any point. Members whom a real person
has signed in as do nothing by themselves; their customers still react to what that person writes.
"""

from __future__ import annotations

import logging
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from fengong.demo.compose import afterthought, story, stranger
from fengong.demo.deeds import Deeds
from fengong.demo.dice import Dice
from fengong.demo.script import LIVE, TOP_TIER, Resolve, Step, customer_turn, next_step
from fengong.demo.story import Customer, Story
from fengong.desk import queries as desk
from fengong.kernel.errors import Refused

AT_ONCE = 25
"""Steps taken in one go, so that a demo that stood still for days comes back gently."""
TRY_AGAIN = timedelta(seconds=20)

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Planned:
    """The next step on a ticket as it stands in `version`; without a step, others have to act first."""

    version: int
    real: bool
    story: Story
    step: Step | None
    due: datetime


class Members:
    """Everybody who holds tickets."""

    def __init__(self, deeds: Deeds, *, seed: int, speed: float, at: datetime) -> None:
        self._deeds, self._seed, self._speed, self._began = deeds, seed, speed, at
        self._plans: dict[int, Planned] = {}

    def work(self, *, at: datetime, real: Collection[int], resting: Collection[int]) -> int:
        """Take the steps that are due, but for members at rest; returns how many were taken."""
        held = {ticket.pk: ticket for ticket in desk.held_by()}
        self._plans = {pk: self._planned(ticket, ticket.owner_id in real) for pk, ticket in held.items()}
        due = [
            (plan.due, pk)
            for pk, plan in self._plans.items()
            if plan.step and plan.due <= at and (plan.step.by_customer or held[pk].owner_id not in resting)
        ]
        return sum(self._act(held[pk], at) for _, pk in sorted(due)[:AT_ONCE])

    def _planned(self, ticket: Any, real: bool) -> Planned:
        known = self._plans.get(ticket.pk)
        if known and (known.version, known.real) == (ticket.version, real):
            return known
        told = known.story if known else self._story(ticket)
        messages = list(desk.thread(ticket))
        step = _reaction(told, messages, ticket) if real else _next(told, messages, ticket)
        since = max([message.at for message in messages] + [ticket.assigned_at, self._began])
        if step is None:
            return Planned(ticket.version, real, told, None, since)
        dice = Dice("live", ticket.pk, step.kind, len(messages))
        wait = LIVE.seconds(step.kind, ticket.effort, dice) / self._speed
        return Planned(ticket.version, real, told, step, since + timedelta(seconds=wait))

    def _act(self, ticket: Any, at: datetime) -> bool:
        plan = self._plans[ticket.pk]
        if plan.step is None:
            return False
        try:
            self._deeds.do(plan.step, ticket=ticket, owner=ticket.owner, story=plan.story, at=at)
        except Refused as refusal:  # somebody else was faster, say
            logger.info("Ticket %s: %s", ticket.pk, refusal)
            again = at + TRY_AGAIN
            self._plans[ticket.pk] = Planned(plan.version, plan.real, plan.story, plan.step, again)
            return False
        return True

    def _story(self, ticket: Any) -> Story:
        number, topic = Deeds.told_by(ticket.external_id)
        if number is not None:
            return story(self._seed, number, topic=topic)
        contact = ticket.customer
        organization = contact.organization.name if contact.organization else ""
        language = "zh" if ticket.language.startswith("zh") else "en"
        customer = Customer(contact.display_name, contact.email, organization, "standard", language)
        return stranger(customer, ticket.pk, ticket.difficulty)


def _next(told: Story, messages: list[Any], ticket: Any) -> Step | None:
    """The script's next step; a ticket that waits for its customer moves only by them."""
    said = {message.body for message in messages}
    tier = ticket.owner.position.tier or TOP_TIER
    step = next_step(told, said, owner_tier=tier, ticket_tier=ticket.tier)
    last = next((message for message in reversed(messages) if message.kind == "public"), None)
    if isinstance(step, Resolve) and last and last.contact_id and last.body not in _lines(told):
        return afterthought(told, said) or step
    return None if ticket.status == "pending" and not step.by_customer else step


def _reaction(told: Story, messages: list[Any], ticket: Any) -> Step | None:
    """What the customer writes after a real person has answered."""
    public = [message for message in messages if message.kind == "public"]
    if not public or public[-1].member_id is None:
        return None
    last = public[-1].body
    asked = ticket.status == "pending" or "?" in last or "？" in last
    return customer_turn(told, {message.body for message in messages}, asked=asked)


def _lines(told: Story) -> set[str]:
    return {turn.body for turn in told.turns}
