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


@dataclass(frozen=True)
class AddressGiven(Fact):
    verb = "customer.address_given"
    about = ("customer",)
    customer: int


@dataclass(frozen=True)
class LinkRequested(Fact):
    """A sign-in link was made; its secret stands in no fact."""

    verb = "customer.link_requested"
    about = ("customer",)
    customer: int


@dataclass(frozen=True)
class CustomerSignedIn(Fact):
    verb = "customer.signed_in"
    about = ("customer",)
    customer: int
