"""What can happen to endpoints."""

from __future__ import annotations

from dataclasses import dataclass

from fengong.kernel.spine import Fact


@dataclass(frozen=True)
class EndpointSet(Fact):
    verb = "endpoint.set"
    about = ("endpoint",)
    endpoint: int
    name: str
    active: bool


@dataclass(frozen=True)
class SecretRotated(Fact):
    verb = "endpoint.secret_rotated"
    about = ("endpoint",)
    endpoint: int
    name: str


@dataclass(frozen=True)
class EndpointDisabled(Fact):
    verb = "endpoint.disabled"
    about = ("endpoint",)
    endpoint: int
    name: str
    reason: str


@dataclass(frozen=True)
class EndpointRemoved(Fact):
    verb = "endpoint.removed"
    about = ("endpoint",)
    endpoint: int
    name: str


@dataclass(frozen=True)
class DeliveryAsked(Fact):
    """Somebody wants a message sent now: a ping, or one that went out before."""

    verb = "endpoint.delivery_asked"
    about = ("endpoint",)
    endpoint: int
    delivery: int
