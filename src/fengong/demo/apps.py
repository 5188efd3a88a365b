"""A team to try the product with: people, past tickets, customers who write in, members who answer."""

from __future__ import annotations

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """A team to try the product with: people, past tickets, customers who write in, members who answer."""

    name = "fengong.demo"
