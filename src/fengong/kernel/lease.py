"""One holder at a time, across processes and machines, by a row in the database."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q

from fengong.kernel.models import Lease


def acquire(*, name: str, holder: str, at: datetime, seconds: float) -> bool:
    """Take or extend the lease; false when another holder's lease has not run out."""
    until = at + timedelta(seconds=seconds)
    free_or_ours = Q(holder=holder) | Q(until__lt=at)
    if Lease.objects.filter(free_or_ours, name=name).update(holder=holder, until=until):
        return True
    try:
        with transaction.atomic():
            _, created = Lease.objects.get_or_create(name=name, defaults={"holder": holder, "until": until})
    except IntegrityError:
        return False
    return created


def release(*, name: str, holder: str) -> None:
    """Give the lease back early, so that another process need not wait for it to run out."""
    Lease.objects.filter(name=name, holder=holder).delete()
