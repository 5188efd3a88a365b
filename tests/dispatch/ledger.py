"""What must hold at every instant, whoever writes: each check is one statement and so sees one snapshot.

`broken_now` may run while others write. `broken_histories` reads the spine afterwards and replays every ticket.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db import connection

from fengong.desk.models import Ticket
from fengong.dispatch.models import Decision
from fengong.kernel.models import Event
from fengong.people.models import Member

HELD = """
    SELECT owner_id, SUM(held) AS effort, COUNT(*) AS tickets FROM desk_ticket
    WHERE status IN ('open', 'pending') GROUP BY owner_id
"""
CHECKS = {
    "a load differs from the tickets it counts": f"""
        SELECT load.member_id, load.effort, load.tickets, held.effort, held.tickets
        FROM desk_load load LEFT JOIN ({HELD}) held ON held.owner_id = load.member_id
        WHERE load.effort <> COALESCE(held.effort, 0) OR load.tickets <> COALESCE(held.tickets, 0)
    """,
    "a member holds more than their capacity": f"""
        SELECT load.member_id, load.capacity, load.effort, held.effort
        FROM desk_load load LEFT JOIN ({HELD}) held ON held.owner_id = load.member_id
        WHERE load.effort > load.capacity OR COALESCE(held.effort, 0) > load.capacity
    """,
    "an owner is not the one who was decided on last": """
        SELECT ticket.id, ticket.owner_id, decision.winner_id
        FROM desk_ticket ticket LEFT JOIN dispatch_decision decision ON decision.id = (
            SELECT MAX(latest.id) FROM dispatch_decision latest WHERE latest.ticket_id = ticket.id
        )
        WHERE ticket.status IN ('open', 'pending')
          AND (decision.winner_id IS NULL OR decision.winner_id <> ticket.owner_id)
    """,
    "a ticket is neither waiting, nor owned, nor resolved": """
        SELECT id, status, owner_id, held FROM desk_ticket
        WHERE NOT (status = 'waiting' AND owner_id IS NULL AND held = 0)
          AND NOT (status IN ('open', 'pending') AND owner_id IS NOT NULL)
          AND NOT (status = 'resolved' AND held = 0)
    """,
    "a merged ticket is at work, or leads to one that was merged itself": """
        SELECT source.id, source.status, target.id, target.merged_into_id
        FROM desk_ticket source JOIN desk_ticket target ON target.id = source.merged_into_id
        WHERE source.status <> 'resolved' OR target.merged_into_id IS NOT NULL OR target.id = source.id
    """,
    "a ticket is snoozed without resting": """
        SELECT id, status, reason, snoozed_until FROM desk_ticket
        WHERE (snoozed_until IS NOT NULL) <> (status = 'pending' AND reason = 'snoozed')
           OR (status IN ('waiting', 'open') AND reason <> '')
    """,
    "a ticket was opened without a fact, or more than once": """
        SELECT ticket.id, COUNT(subject.id)
        FROM desk_ticket ticket
        LEFT JOIN kernel_eventsubject subject ON subject.kind = 'ticket' AND subject.ref = ticket.id
             AND subject.event_id IN (SELECT seq FROM kernel_event WHERE verb = 'ticket.opened')
        GROUP BY ticket.id HAVING COUNT(subject.id) <> 1
    """,
}


def broken_now() -> list[str]:
    """What does not hold at this instant, with the rows that show it."""
    found = []
    for name, sql in CHECKS.items():
        with connection.cursor() as cursor:
            cursor.execute(sql)
            if rows := cursor.fetchall():
                found.append(f"{name}: {rows[:5]}")
    return found


def broken_histories() -> list[str]:
    """What no order of single steps could have produced, by ticket."""
    replay = _Replay()
    for event in Event.objects.order_by("seq"):
        replay.hear(event)
    return replay.complaints + replay.compare()


class _Replay:
    """Runs through the spine once and keeps each ticket's state beside what the facts claim."""

    def __init__(self) -> None:
        self.complaints: list[str] = []
        self.tickets: dict[int, dict[str, Any]] = {}
        self._online: set[int] = set()
        self._tiers = dict(Member.objects.values_list("pk", "position__tier"))
        self._handed_up: dict[int, set[int]] = defaultdict(set)
        self._decided: list[int] = []

    def hear(self, event: Event) -> None:
        step = getattr(self, "_" + event.verb.replace(".", "_"), None)
        if step:
            step(event.data)

    def compare(self) -> list[str]:
        """Where the tickets as they stand differ from what the facts add up to."""
        told = {
            pk: (state["status"], state["owner"] if state["status"] != "waiting" else None, state["tier"])
            for pk, state in self.tickets.items()
        }
        stand = {
            t.pk: (t.status, t.owner_id, t.tier if self._tier_told(t.pk) else None)
            for t in Ticket.objects.all()
        }
        wrong = [
            f"ticket {pk}: {told.get(pk)} is told, {row} stands"
            for pk, row in stand.items()
            if told.get(pk) != row
        ]
        if sorted(self._decided) != sorted(Decision.objects.values_list("pk", flat=True)):
            wrong.append("decisions and the facts that announce them differ")
        return wrong

    def _tier_told(self, ticket: int) -> bool:
        """Whether a fact said the tier; the one of a ticket that came in graded stands only in its row."""
        return ticket in self.tickets and self.tickets[ticket]["tier"] is not None

    def _expect(self, data: dict[str, Any], holds: bool, words: str) -> None:
        if not holds:
            self.complaints.append(
                f"ticket {data['ticket']} was {words}: {data} after {self.tickets[data['ticket']]}"
            )

    def _ticket_opened(self, data: dict[str, Any]) -> None:
        self.tickets[data["ticket"]] = {"status": "waiting", "owner": None, "tier": None}

    def _ticket_graded(self, data: dict[str, Any]) -> None:
        state = self.tickets[data["ticket"]]
        self._expect(data, state["status"] == "waiting", "graded while not waiting")
        state["tier"] = data["difficulty"]

    def _ticket_dispatched(self, data: dict[str, Any]) -> None:
        state, member = self.tickets[data["ticket"]], data["member"]
        self._expect(data, state["status"] == "waiting", "given while it had an owner")
        if data["kind"] == "matched":
            self._expect(data, member in self._online, "matched to somebody who was not online")
            self._expect(
                data, member not in self._handed_up[data["ticket"]], "matched back to who handed it up"
            )
            self._expect(data, self._tiers[member] >= (state["tier"] or 1), "matched below its tier")
        state |= {"status": "open", "owner": member}
        self._decided.append(data["decision"])

    def _ticket_transferred(self, data: dict[str, Any]) -> None:
        state = self.tickets[data["ticket"]]
        self._expect(
            data, self._owned(state) and state["owner"] == data["previous"], "passed on by a stranger"
        )
        state |= {"status": "open", "owner": data["member"]}
        self._decided.append(data["decision"])

    def _ticket_pended(self, data: dict[str, Any]) -> None:
        state = self.tickets[data["ticket"]]
        mine = self._owned(state) and state["owner"] == data["member"]
        self._expect(data, mine, "put to waiting for its customer though nobody works on it")
        state["status"] = "pending"

    _ticket_snoozed = _ticket_pended

    def _ticket_resumed(self, data: dict[str, Any]) -> None:
        state = self.tickets[data["ticket"]]
        mine = state["status"] == "pending" and state["owner"] == data["member"]
        self._expect(data, mine, "resumed though not pending")
        state["status"] = "open"

    _ticket_woken = _ticket_resumed

    def _ticket_merged(self, data: dict[str, Any]) -> None:
        self._expect(data, data["target"] != data["ticket"], "merged into itself")
        self.tickets[data["ticket"]]["status"] = "resolved"

    def _ticket_returned(self, data: dict[str, Any]) -> None:
        state = self.tickets[data["ticket"]]
        rests = data["reason"] != "capacity" or state["status"] == "pending"
        mine = self._owned(state) and state["owner"] == data["member"]
        self._expect(data, rests and mine, "returned though nobody held it, or for want of room though open")
        state |= {"status": "waiting", "owner": None}

    def _ticket_tier_set(self, data: dict[str, Any]) -> None:
        state, member = self.tickets[data["ticket"]], data["member"]
        known = state["tier"] is None or state["tier"] == data["previous"]
        self._expect(data, known and data["tier"] != data["previous"], "set to a tier from another one")
        state["tier"] = data["tier"]
        if self._owned(state) and member and (self._tiers[member] or data["tier"]) < data["tier"]:
            state |= {"status": "waiting", "owner": None}

    def _ticket_resolved(self, data: dict[str, Any]) -> None:
        state = self.tickets[data["ticket"]]
        self._expect(data, state["status"] != "resolved", "resolved twice")
        self._expect(data, state["owner"] == data["member"], "resolved for somebody else")
        state["status"] = "resolved"

    def _ticket_reopened(self, data: dict[str, Any]) -> None:
        state = self.tickets[data["ticket"]]
        self._expect(data, state["status"] == "resolved", "reopened though not resolved")
        back = data["member"] is not None
        self._expect(data, not back or data["member"] == state["owner"], "reopened for a stranger")
        state |= {"status": "open" if back else "waiting", "owner": data["member"]}

    def _ticket_escalated(self, data: dict[str, Any]) -> None:
        state = self.tickets[data["ticket"]]
        known = state["tier"] is None or state["tier"] == data["from_tier"]
        self._expect(data, known and state["status"] != "resolved", "escalated from a tier it was not on")
        self._expect(data, state["owner"] == data["member"], "escalated by a stranger")
        if data["member"] is not None:
            self._handed_up[data["ticket"]].add(data["member"])
        state |= {"status": "waiting", "owner": None, "tier": data["to_tier"]}

    def _ticket_deescalated(self, data: dict[str, Any]) -> None:
        self._ticket_escalated(data)
        self._expect(data, data["to_tier"] < data["from_tier"], "given back to a tier that is not below")
        self._handed_up[data["ticket"]].clear()

    def _ticket_deescalated(self, data: dict[str, Any]) -> None:
        """Whoever handed it up may have it again."""
        state = self.tickets[data["ticket"]]
        known = state["tier"] is None or state["tier"] == data["from_tier"]
        self._expect(data, known and state["status"] != "resolved", "given down from a tier it was not on")
        self._handed_up[data["ticket"]].clear()
        state |= {"status": "waiting", "owner": None, "tier": data["to_tier"]}

    def _ticket_offer_declined(self, data: dict[str, Any]) -> None:
        state = self.tickets[data["ticket"]]
        mine = self._owned(state) and state["owner"] == data["member"]
        self._expect(data, mine, "declined or missed by somebody who did not have it")
        state |= {"status": "waiting", "owner": None}

    _ticket_offer_missed = _ticket_offer_declined

    def _presence_changed(self, data: dict[str, Any]) -> None:
        (self._online.add if data["status"] == "online" else self._online.discard)(data["member"])

    @staticmethod
    def _owned(state: dict[str, Any]) -> bool:
        return state["status"] in ("open", "pending")
