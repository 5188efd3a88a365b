"""What can happen to customers' records."""

from __future__ import annotations

from dataclasses import dataclass

from fengong.kernel.spine import Fact


@dataclass(frozen=True)
class ContactAdded(Fact):
    verb = "customer.added"
    about = ("customer", "organization")
    customer: int
    organization: int | None
