"""Endpoints of webhooks, and what was delivered to them, as JSON."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from fengong.api.fields import Line, Shown, Storable, Taken

Url = Annotated[str, Field(max_length=2000), Storable]


class EndpointIn(Taken):
    """An endpoint: where messages go, and of which events."""

    name: Line
    url: Url
    events: list[Line] = Field(max_length=100)
    format: Literal["plain", "cloudevents"] = "plain"


class Endpoint(Shown):
    """An endpoint as it stands."""

    id: int
    name: str
    url: str
    events: list[str]
    format: str
    active: bool
    disabled_at: datetime | None
    disabled_reason: str
    created_at: datetime


class EndpointMade(Endpoint):
    """An endpoint with its secret, which is shown this once."""

    secret: str


class SecretOut(Shown):
    """A new secret, shown this once."""

    secret: str


class DeliveryFilter(Taken):
    """Which deliveries."""

    state: Literal["waiting", "done", "failed", "cancelled"] | None = None


class AttemptOut(Shown):
    """What came back; without a status nothing did."""

    at: datetime
    status: int | None
    milliseconds: int
    said: str


class Delivery(Shown):
    """One message for one endpoint, and every attempt to deliver it."""

    id: int
    endpoint_id: int
    message_id: str
    type: str
    body: str
    state: str
    tries: int
    next_try_at: datetime | None
    log: list[AttemptOut]
    created_at: datetime
    finished_at: datetime | None
