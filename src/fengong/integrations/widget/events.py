"""What can happen to widgets and their visitors."""

from __future__ import annotations

from dataclasses import dataclass

from fengong.kernel.spine import Fact


@dataclass(frozen=True)
class WidgetConfigured(Fact):
    verb = "widget.configured"
    about = ("widget",)
    widget: int
    name: str


@dataclass(frozen=True)
class VisitorLeft(Fact):
    """Who chatted has gone; these answers they have not read, so mail brings them. Told once for each answer."""

    verb = "widget.left"
    about = ("ticket", "customer")
    ticket: int
    customer: int
    messages: list[int]
