"""Whether the tickets that came in by themselves found their owners: each chosen from all members."""

from __future__ import annotations

from typing import Any

from fengong.desk.models import Ticket


def owners(*, above: int) -> dict[str, Any]:
    """The share of newer tickets that have an owner, in percent, and between how many members they are divided."""
    fresh = Ticket.objects.filter(pk__gt=above)
    count, owned = fresh.count(), fresh.filter(owner__isnull=False)
    members = owned.values("owner").distinct().count()
    return {"owned": 100 * owned.count() / max(count, 1), "members": members}
