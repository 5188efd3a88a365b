"""Signs of life: each process says now and then that it is alive, and others can tell the living from the dead."""

from __future__ import annotations

import os
import socket
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from fengong.kernel.models import Heartbeat

SILENT_AFTER = timedelta(seconds=10)
FORGOTTEN_AFTER = timedelta(days=1)


def process_name(role: str) -> str:
    """A name for this process that no other living process has, such as `worker:desk-1:4711`."""
    return f"{role}:{socket.gethostname()[:40]}:{os.getpid()}"


def beat(*, name: str, at: datetime, data: dict[str, Any] | None = None) -> None:
    """Say that the process is alive, with what it wants others to know."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": at, "data": data or {}})


def newest(role: str) -> Heartbeat | None:
    """The freshest sign of life of any process in this role."""
    return Heartbeat.objects.filter(name__startswith=f"{role}:").order_by("-at").first()


def living(*, at: datetime) -> QuerySet[Heartbeat]:
    """Processes heard of lately."""
    return Heartbeat.objects.filter(at__gt=at - SILENT_AFTER)


def forget(*, at: datetime) -> int:
    """Drop the rows of processes that are long gone; returns how many."""
    count, _ = Heartbeat.objects.filter(at__lt=at - FORGOTTEN_AFTER).delete()
    return count


def end(name: str) -> None:
    """Say that the process stops on purpose, so that nobody waits for it."""
    Heartbeat.objects.filter(name=name).delete()
