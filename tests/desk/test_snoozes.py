"""Putting tickets aside: with a reason, until a time, woken by the clock, by the customer, or by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fengong.desk.actions.calendars import save_calendar
from fengong.desk.actions.editions import new_edition
from fengong.desk.actions.messages import receive_message, reply
from fengong.desk.actions.snoozes import snooze_ticket, wake_ticket
from fengong.desk.actions.tickets import pend_ticket, reopen_ticket, resolve_ticket
from fengong.desk.bridge import desk_opening
from fengong.desk.models import Load, ServicePolicy, Ticket
from fengong.desk.reading.snoozes import due, presets
from fengong.desk.tasks import wake_snoozed
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.kernel.errors import Conflict, Denied, Invalid
from fengong.kernel.spine import history
from tests.world import World

SHANGHAI = ZoneInfo("Asia/Shanghai")
HOUR = timedelta(hours=1)


@pytest.fixture
def ticket(world: World) -> Ticket:
    """An invoice in 李娜's hands: 25 minutes."""
    return assign_ticket(
        actor=world.wang_fang,
        ticket=world.ticket(topic="invoices", difficulty=2),
        member=world.li_na,
        at=world.now,
    )


def fresh(ticket: Ticket) -> Ticket:
    return Ticket.objects.get(pk=ticket.pk)


def held(world: World) -> int:
    return Load.objects.get(member=world.li_na).effort


def last_verb(ticket: Ticket) -> str:
    return history("ticket", ticket.pk).values_list("verb", flat=True).last() or ""


def test_a_snoozed_ticket_rests_with_a_part_of_its_effort_until_its_time(world: World, ticket: Ticket):
    snooze_ticket(actor=world.li_na, ticket=ticket, until=world.now + HOUR, at=world.now)
    row = fresh(ticket)
    assert (row.status, row.reason, row.snoozed_until) == ("pending", "snoozed", world.now + HOUR)
    assert (row.held, held(world)) == (7, 7)
    assert wake_snoozed(at=world.now + HOUR - timedelta(seconds=1)) == 0
    assert wake_snoozed(at=world.now + HOUR) == 1
    row = fresh(ticket)
    assert (row.status, row.reason, row.snoozed_until, row.owner) == ("open", "", None, world.li_na)
    assert held(world) == 25
    assert last_verb(ticket) == "ticket.woken"
    assert wake_snoozed(at=world.now + 2 * HOUR) == 0


def test_what_the_customer_writes_wakes_it_at_once(world: World, ticket: Ticket):
    snooze_ticket(actor=world.li_na, ticket=ticket, until=world.now + HOUR, at=world.now)
    receive_message(
        actor=world.customer, ticket=ticket, contact=world.customer, body="在吗", at=world.now + HOUR / 2
    )
    row = fresh(ticket)
    assert (row.status, row.reason, row.snoozed_until) == ("open", "", None)
    assert row.last_customer_at == world.now + HOUR / 2


def test_a_ticket_that_wakes_without_room_for_it_goes_back_to_the_queue(world: World, ticket: Ticket):
    snooze_ticket(actor=world.li_na, ticket=ticket, until=world.now + HOUR, at=world.now)
    Load.objects.filter(member=world.li_na).update(effort=115)
    wake_snoozed(at=world.now + HOUR)
    row = fresh(ticket)
    assert (row.status, row.owner, row.snoozed_until) == ("waiting", None, None)
    assert row.preferred == world.li_na


def test_a_snooze_can_be_moved_and_ended_by_hand(world: World, ticket: Ticket):
    snooze_ticket(actor=world.li_na, ticket=ticket, until=world.now + HOUR, at=world.now)
    snooze_ticket(actor=world.li_na, ticket=ticket, until=world.now + 3 * HOUR, at=world.now)
    assert (fresh(ticket).held, held(world)) == (7, 7)
    wake_ticket(actor=world.li_na, ticket=ticket, at=world.now)
    assert (fresh(ticket).status, held(world)) == ("open", 25)
    with pytest.raises(Conflict):
        wake_ticket(actor=world.li_na, ticket=ticket, at=world.now)


def test_only_who_settles_a_ticket_snoozes_it_and_only_until_a_time_to_come(world: World, ticket: Ticket):
    for until in (world.now, world.now - HOUR, world.now + timedelta(days=400)):
        with pytest.raises(Invalid):
            snooze_ticket(actor=world.li_na, ticket=ticket, until=until, at=world.now)
    with pytest.raises(Denied):
        snooze_ticket(actor=world.sun_hao, ticket=ticket, until=world.now + HOUR, at=world.now)
    with pytest.raises(Conflict):
        snooze_ticket(actor=world.wang_fang, ticket=world.ticket(), until=world.now + HOUR, at=world.now)


def test_resolving_handing_over_and_reopening_leave_no_snooze_behind(world: World, ticket: Ticket):
    def snooze() -> None:
        snooze_ticket(actor=world.wang_fang, ticket=ticket, until=world.now + HOUR, at=world.now)

    snooze()
    assign_ticket(actor=world.wang_fang, ticket=ticket, member=world.chen_li, at=world.now)
    assert (fresh(ticket).reason, fresh(ticket).snoozed_until) == ("", None)
    snooze()
    resolve_ticket(actor=world.wang_fang, ticket=ticket, reason="no_answer", at=world.now)
    assert (fresh(ticket).reason, fresh(ticket).snoozed_until) == ("no_answer", None)
    reopen_ticket(actor=world.wang_fang, ticket=ticket, at=world.now)
    assert fresh(ticket).reason == ""


def test_a_ticket_waits_for_its_customer_or_for_somebody_else(world: World, ticket: Ticket):
    pend_ticket(actor=world.li_na, ticket=ticket, reason="third_party", at=world.now)
    assert fresh(ticket).reason == "third_party"
    pend_ticket(actor=world.li_na, ticket=ticket, at=world.now)
    assert (fresh(ticket).reason, held(world)) == ("customer", 7)
    with pytest.raises(Conflict):
        pend_ticket(actor=world.li_na, ticket=ticket, at=world.now)
    with pytest.raises(Invalid):
        pend_ticket(actor=world.li_na, ticket=ticket, reason="solved", at=world.now)
    with pytest.raises(Invalid):
        resolve_ticket(actor=world.li_na, ticket=ticket, reason="merged", at=world.now)


def test_a_ticket_knows_who_spoke_last(world: World, ticket: Ticket):
    assert fresh(ticket).last_customer_at == world.now
    reply(actor=world.li_na, ticket=ticket, member=world.li_na, body="您好", at=world.now + HOUR)
    assert fresh(ticket).last_member_at == world.now + HOUR


def test_presets_are_counted_in_the_zone_of_who_asks():
    monday = datetime(2026, 3, 2, 6, 10, tzinfo=UTC)  # 14:10 in Shanghai
    found = presets(monday, SHANGHAI)
    assert found == {
        "hour": monday + HOUR,
        "later": datetime(2026, 3, 2, 17, 30, tzinfo=SHANGHAI),
        "tomorrow": datetime(2026, 3, 3, 9, tzinfo=SHANGHAI),
        "monday": datetime(2026, 3, 9, 9, tzinfo=SHANGHAI),
        "week": datetime(2026, 3, 9, 9, tzinfo=SHANGHAI),
    }
    assert "later" not in presets(datetime(2026, 3, 2, 10, 0, tzinfo=UTC), SHANGHAI)
    assert presets(monday, ZoneInfo("America/New_York"))["tomorrow"] == datetime(
        2026, 3, 3, 9, tzinfo=ZoneInfo("America/New_York")
    )


def test_presets_begin_when_the_desk_opens(world: World):
    week = [[[510, 720], [780, 1080]]] * 5 + [[], []]
    calendar = save_calendar(
        actor=world.admin, name="Office", zone="Asia/Shanghai", week=week, region="", at=world.now
    )
    assert desk_opening() is None
    policy = ServicePolicy.objects.get(is_default=True)
    policy.calendar = calendar
    policy.save()
    new_edition(at=world.now)
    friday = datetime(2026, 3, 6, 2, 0, tzinfo=UTC)
    found = presets(friday, SHANGHAI, desk_opening())
    assert found["tomorrow"] == found["monday"] == datetime(2026, 3, 9, 8, 30, tzinfo=SHANGHAI)
    berlin = ZoneInfo("Europe/Berlin")
    assert presets(friday, berlin, desk_opening())["monday"] == datetime(2026, 3, 9, 1, 30, tzinfo=berlin)


@pytest.mark.sqlite
def test_the_sweep_finds_what_is_due_by_its_index(world: World, ticket: Ticket):
    with CaptureQueriesContext(connection) as captured:
        list(due(world.now, 10))
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {captured[0]['sql']}")
        plan = str(cursor.fetchall())
    assert "ticket_snoozed" in plan
