"""A small past: tickets that came, were given, answered and solved through the verbs, day after day."""

from __future__ import annotations

from datetime import datetime, timedelta

from fengong.desk.actions.messages import reply
from fengong.desk.actions.tickets import resolve_ticket
from fengong.desk.models import Ticket
from fengong.dispatch.actions.matching import match_waiting
from fengong.kernel.actor import MATCHER
from fengong.people.models import Member
from tests.world import World

KINDS = (("accounts", 1), ("invoices", 1), ("api", 2), ("accounts", 1), ("invoices", 2), ("api", 3))
STEP = timedelta(minutes=40)


def live(world: World, tickets: int, *, until: datetime, each_day: int = 8) -> list[Ticket]:
    """So many tickets on the days up to then, all of them solved within two steps of time."""
    days = -(-tickets // each_day)
    start = until - timedelta(days=days)
    world.go_online(at=start)
    lived: list[Ticket] = []
    for number in range(tickets):
        day, place = divmod(number, each_day)
        at = start + timedelta(days=day) + STEP * place
        topic, difficulty = KINDS[number % len(KINDS)]
        lived.append(world.ticket(f"no. {number}", topic=topic, difficulty=difficulty, at=at))
        match_waiting(actor=MATCHER, at=at + timedelta(minutes=1))
        _work_off(at + timedelta(minutes=30))
    _work_off(until)
    return lived


def _work_off(at: datetime) -> None:
    for ticket in Ticket.objects.filter(status="open"):
        owner = Member.objects.get(pk=ticket.owner_id)
        reply(actor=owner, ticket=ticket, member=owner, body="Done.", at=at)
        ticket.refresh_from_db()
        resolve_ticket(actor=owner, ticket=ticket, at=at + timedelta(minutes=1))
