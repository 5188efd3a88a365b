"""Giving many waiting tickets to many members at once, as a round of matching does.

Locks and checks are those of `ownership`, for a whole batch: the rows are locked in the common order, and the room is
still part of the UPDATE itself. Two prepared statements run for all rows, for a round must be short: on SQLite nobody
else can write meanwhile.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from fengong.desk.actions import clocks
from fengong.desk.actions.ownership import start_of_day
from fengong.desk.models import Load, Ticket

TAKE_ROOM = """
    UPDATE desk_load SET effort = effort + %s, tickets = tickets + %s, last_assigned_at = %s,
        given = CASE WHEN last_assigned_at >= %s THEN given + %s ELSE %s END
    WHERE member_id = %s AND effort + %s <= capacity
"""
OWN = """
    UPDATE desk_ticket SET owner_id = %s, held = effort, assigned_at = %s, status = 'open', version = version + 1
    WHERE id = %s AND status = 'waiting'
"""


@dataclass(frozen=True, slots=True)
class Claim:
    """A member's claim to a ticket as it stood in version `seen`."""

    ticket: int
    seen: int
    member: int


def claim_many(*, claims: Iterable[Claim], at: datetime) -> set[int]:
    """Give waiting tickets to members, all that still can be, and return the ids of those given.

    Passed over are tickets that somebody else holds, has taken or has changed since the version the claim saw (an
    escalated ticket waits too, but for others), and those that no longer fit.
    """
    wanted = _still_waiting({claim.ticket: claim for claim in claims})
    loads = Load.objects.select_for_update(no_key=True).filter(member_id__in=wanted).order_by("member_id")
    room = loads.values_list("member_id", "capacity", "effort")
    given = {member: _that_fit(wanted[member], capacity - effort) for member, capacity, effort in room}
    _take_room({member: efforts for member, efforts in given.items() if efforts}, at)
    _own([(member, ticket) for member, efforts in given.items() for ticket in efforts], at)
    claimed = {ticket for efforts in given.values() for ticket in efforts}
    clocks.rechoose_all(ids=claimed, at=at)
    return claimed


def _still_waiting(claims: dict[int, Claim]) -> dict[int, dict[int, int]]:
    """Lock what can be had: by member, the effort of each ticket."""
    rows = Ticket.objects.select_for_update(skip_locked=True, no_key=True).filter(
        pk__in=claims, status=Ticket.Status.WAITING, topic__isnull=False
    )
    by_member: dict[int, dict[int, int]] = defaultdict(dict)
    for ticket, version, effort in rows.order_by("pk").values_list("pk", "version", "effort"):
        if version == claims[ticket].seen:
            by_member[claims[ticket].member][ticket] = effort
    return by_member


def _that_fit(efforts: dict[int, int], room: int) -> dict[int, int]:
    taken: dict[int, int] = {}
    for ticket, effort in efforts.items():
        if effort <= room:
            taken[ticket] = effort
            room -= effort
    return taken


def _take_room(given: dict[int, dict[int, int]], at: datetime) -> None:
    now, today = _stored(at), _stored(start_of_day(at))
    rows = []
    for member, efforts in given.items():
        effort = sum(efforts.values())
        rows.append((effort, len(efforts), now, today, effort, effort, member, effort))
    _run(TAKE_ROOM, rows)


def _own(pairs: list[tuple[int, int]], at: datetime) -> None:
    now = _stored(at)
    _run(OWN, [(member, now, ticket) for member, ticket in pairs])


def _run(sql: str, rows: Sequence[tuple[Any, ...]]) -> None:
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.executemany(sql, rows)
        if cursor.rowcount != len(rows):
            raise RuntimeError(
                f"{len(rows)} locked rows, but {cursor.rowcount} were changed; all is taken back"
            )


def _stored(at: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(at)
