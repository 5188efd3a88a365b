"""What must hold at any moment: one owner or waiting, loads that are the sum of what is held, none above capacity."""

from __future__ import annotations

from collections import defaultdict

from fengong.desk import queries as desk


def check_books() -> None:
    held: dict[int, int] = defaultdict(int)
    for ticket in desk.tickets():
        if ticket.status in ("open", "pending"):
            assert ticket.owner_id is not None
            held[ticket.owner_id] += ticket.held
        elif ticket.status == "waiting":
            assert ticket.owner_id is None
        assert ticket.status in ("open", "pending", "waiting", "resolved")
        assert ticket.held == 0 or ticket.is_owned
    for load in desk.loads():
        assert load.effort == held.get(load.member_id, 0)
        assert load.effort <= load.capacity
