"""The dials of everything that moves a ticket away from its owner, or up the ladder, without anybody's asking."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from fengong.kernel.errors import Invalid


@dataclass(frozen=True, slots=True)
class MoveRules:
    """Minutes unless said otherwise; zero switches a rule off."""

    tier: tuple[int, int] = (0, 0)
    """How long a ticket may be on tier 1 and 2 before it goes up by itself."""
    bounces: int = 3
    """At so many passes back to who, or to where, it had been before, a lead decides."""
    silence: tuple[int, int, int, int] = (480, 240, 60, 30)
    """How long a customer may wait for an owner who says nothing, by priority from low to urgent."""
    gap: float = 0.25
    """How much more loaded, in shares of capacity, an owner must be than another is with the ticket; 0 moves none."""
    budget: int = 6
    """Tickets moved to even out load, in any minute."""
    calm: int = 60
    """After being moved to even out load, a ticket stays at least so long."""
    settled: int = 5
    """Before it is moved to even out load, a ticket has been with its owner so long."""
    hands_over: bool = True
    """Whether work is handed over when its owner goes."""
    grace: int = 15
    """After the end of a shift, for who is still here."""
    unknown_return: int = 960
    """When somebody is taken to come back of whom no next shift is known."""
    tells_customers: bool = False
    """Whether customers who wait for an answer are told who goes on with it."""

    def __post_init__(self) -> None:
        minutes = (*self.tier, *self.silence, self.bounces, self.budget, self.calm, self.settled, self.grace)
        if min(minutes) < 0 or self.unknown_return < 0 or not 0 <= self.gap <= 1:
            raise Invalid(_("No time may be negative, and a gap is a share between 0 and 1."), field="moves")


DEFAULT = MoveRules()
