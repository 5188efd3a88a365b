"""What giving a ticket to somebody by hand would mean, before it is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from fengong.desk.models import Ticket
from fengong.desk.queries import Queued
from fengong.dispatch import queries
from fengong.dispatch.comparing.bridge import Comparison, compare
from fengong.dispatch.reading.standing import standing
from fengong.dispatch.situation.bridge import Held, Standing
from fengong.people.models import Member


@dataclass(frozen=True, slots=True)
class Effect:
    """What one member's having the ticket would mean.

    `reason`, with its `figures`, is why the matcher would not give it to them, blank where it might; `possible` is
    false only where there is no room. `place`: their place among those it would choose first, 1 the best, 0 further
    down. Loads are in minutes; `before` and `after` are those of the member, `giver_after` that of who has it now.
    """

    member: int
    possible: bool
    reason: str
    figures: list[Any] = field(default_factory=list)
    place: int = 0
    before: int = 0
    after: int = 0
    capacity: int = 0
    giver_after: int | None = None
    best: int | None = None

    @property
    def is_override(self) -> bool:
        """Whether it can be done, against the rules."""
        return self.possible and bool(self.reason)

    @property
    def share(self) -> float:
        """Load over capacity afterwards."""
        return self.after / self.capacity if self.capacity else 1.0


def of_giving(ticket: Ticket, member: Member, at: datetime) -> Effect:
    """What giving a ticket to a member would mean now."""
    found = of_giving_to_all(ticket, at)
    return found.get(member.pk) or Effect(member.pk, possible=False, reason="no_load")


def of_giving_to_all(ticket: Ticket, at: datetime) -> dict[int, Effect]:
    """The same for everybody who can be given work, by member; a fixed number of statements. The owner is left out."""
    if ticket.topic_id is None:
        return {}
    _edition, rules = queries.rules_in_force()
    queued = Queued.of(ticket)
    known = standing([queued], at, rules)
    barred = queries.barred([ticket.pk], at=at).get(ticket.pk, set())
    found = compare(ticket=queued, standing=_without(known, ticket), barred=barred, rules=rules, at=at)
    return {
        member: _effect(member, ticket, known, found)
        for member in known.tiers
        if member in known.loads and member != _giver(ticket)
    }


def _giver(ticket: Ticket) -> int | None:
    return ticket.owner_id if ticket.is_owned else None


def _without(known: Standing, ticket: Ticket) -> Standing:
    """Nobody is compared with the one who has it."""
    giver = _giver(ticket)
    return replace(known, tiers={member: tier for member, tier in known.tiers.items() if member != giver})


def _effect(member: int, ticket: Ticket, known: Standing, found: Comparison) -> Effect:
    load: Held = known.loads[member]
    reason, figures = found.refused.get(member, ("", []))
    after = load.effort + ticket.effort
    ranked = [each for each, _cost in found.best]
    giver = _giver(ticket)
    return Effect(
        member=member,
        possible=after <= load.capacity,
        reason=reason,
        figures=figures,
        place=ranked.index(member) + 1 if member in ranked else 0,
        before=load.effort,
        after=after,
        capacity=load.capacity,
        giver_after=_left(known.loads, giver, ticket) if giver is not None else None,
        best=ranked[0] if ranked else None,
    )


def _left(loads: Mapping[int, Held], giver: int, ticket: Ticket) -> int | None:
    return loads[giver].effort - ticket.held if giver in loads else None
