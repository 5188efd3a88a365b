"""What the reader may do to the open ticket; decides which buttons stand there. The verbs check again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fengong.desk import policies
from fengong.desk import queries as desk
from fengong.web import giving


@dataclass(frozen=True)
class Rights:
    """A member before a ticket."""

    member: Any
    ticket: Any

    @property
    def own(self) -> bool:
        """Whether it is theirs."""
        return bool(self.ticket.owner_id == self.member.pk)

    @property
    def work(self) -> bool:
        """Tag it, link it, grade it, watch it."""
        return bool(self.member.may("ticket.work"))

    @property
    def gather(self) -> bool:
        """Bring a swarm together for it."""
        return bool(self.member.may("ticket.assign"))

    @property
    def settle(self) -> bool:
        """Resolve it, wait for the customer, escalate it."""
        return policies.may_settle(self.member, self.ticket)

    @property
    def take(self) -> bool:
        """Make it theirs, where there is room for it; positions without a tier hold no tickets."""
        if self.own or self.member.position.tier is None:
            return False
        if not giving.may_give(self.member, self.ticket, self.member):
            return False
        load = desk.load_of(self.member)
        return load is not None and load.effort + self.ticket.effort <= load.capacity

    @property
    def give(self) -> bool:
        return self.own or self.member.may("ticket.assign")

    @property
    def escalate(self) -> bool:
        """Pass it to another tier, up or down."""
        return self.settle and self.ticket.status != "resolved" and self.ticket.topic_id is not None
