"""What every app shares: the event spine, the clock, leases, errors, search words."""

from __future__ import annotations

from django.apps import AppConfig


class KernelConfig(AppConfig):
    """What every app shares: the event spine, the clock, leases, errors, search words."""

    name = "fengong.kernel"
