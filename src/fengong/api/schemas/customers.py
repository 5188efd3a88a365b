"""Customers and the times promised to them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from fengong.api.fields import Line, Shown, Storable, Taken
from fengong.api.schemas.people import Language


class Organization(Shown):
    """A company whose people write in."""

    id: int
    name: str
    grade: str


class CustomerRef(Shown):
    """A customer, by name and address."""

    id: int
    name: str = Field(validation_alias="display_name")
    email: str | None = Field(description="Null for who has left none, such as who called.")


class Customer(CustomerRef):
    """A person who writes in."""

    language: str
    organization: Organization | None


class CustomerIn(Taken):
    """A customer, found by address or written down when new."""

    email: Annotated[str, Field(min_length=3, max_length=254), Storable]
    name: Annotated[str, Field(max_length=120), Storable] = ""
    language: Language = "zh-hans"
    organization: Annotated[str, Field(max_length=160), Storable] = Field(
        default="", description="Name of the company, found or written down too."
    )


class Sought(Taken):
    """Which customers."""

    q: Line = Field(default="", description="Part of a name, an address or a company.")


class ServiceLevel(Shown):
    """The times the default policy promises for a priority, in minutes of its calendar."""

    priority: int
    first_response_minutes: int | None
    resolution_minutes: int | None


class ServiceLevelIn(Taken):
    """The times to promise for a priority, in minutes."""

    first_response_minutes: int = Field(ge=1, le=1_000_000)
    resolution_minutes: int = Field(ge=1, le=1_000_000)
