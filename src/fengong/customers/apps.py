"""The people and organisations that write in."""

from __future__ import annotations

from django.apps import AppConfig


class CustomersConfig(AppConfig):
    """The people and organisations that write in."""

    name = "fengong.customers"
