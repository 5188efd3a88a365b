"""One thing done to many tickets: each judged by itself, one undo that respects what others did since."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from fengong.desk.actions.field_definitions import define_type
from fengong.desk.actions.priorities import set_priority
from fengong.desk.actions.snoozes import snooze_ticket
from fengong.desk.actions.tags import tag_ticket
from fengong.desk.actions.tickets import pend_ticket, resolve_ticket
from fengong.desk.models import BulkChange, Load, Ticket
from fengong.desk.reading import tags
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.dispatch.actions.bulk import change_many, reasons, refusals, undo_many
from fengong.kernel.errors import Conflict, Denied, Invalid
from fengong.people.models import Member
from tests.world import World

LATER = timedelta(hours=3)


@pytest.fixture
def tickets(world: World) -> list[Ticket]:
    """A waiting one, one in 李娜's hands, one of hers that waits for its customer, a resolved one."""
    rows = [world.ticket(f"#{number}") for number in range(4)]
    for row in rows[1:]:
        assign_ticket(actor=world.wang_fang, ticket=row, member=world.li_na, at=world.now)
    pend_ticket(actor=world.li_na, ticket=rows[2], at=world.now)
    resolve_ticket(actor=world.li_na, ticket=rows[3], reason="no_answer", at=world.now)
    return rows


def do(
    world: World, tickets: list[Ticket], deed: str, actor: Member | None = None, **wanted: Any
) -> BulkChange:
    member = actor or world.wang_fang
    return change_many(
        actor=member,
        member=member,
        tickets=[ticket.pk for ticket in tickets],
        deed=deed,
        wanted=wanted,
        at=world.now,
    )


def undo(world: World, change: BulkChange) -> tuple[int, list[int]]:
    undone = undo_many(actor=world.wang_fang, change=change, at=world.now + timedelta(minutes=1))
    return undone.restored, undone.kept


def states(tickets: list[Ticket]) -> list[tuple[Any, ...]]:
    rows = Ticket.objects.filter(pk__in=[ticket.pk for ticket in tickets]).order_by("pk")
    return list(rows.values_list("status", "reason", "owner", "priority", "topic", "type", "merged_into"))


def test_each_is_judged_by_itself_and_one_undo_restores_all(world: World, tickets: list[Ticket]):
    before = states(tickets)
    for deed, wanted, refused in (
        ("priority", {"priority": 4}, 1),
        ("topic", {"topic": world.topics["api"], "difficulty": 1}, 1),
        ("assign", {"member": world.chen_li}, 1),
        ("snooze", {"until": world.now + LATER}, 2),
        ("resolve", {"reason": "spam"}, 1),
        ("reopen", {}, 3),
    ):
        change = do(world, tickets, deed, **wanted)
        assert len(refusals(change)) == refused, deed
        assert states(tickets) != before, deed
        assert undo(world, change) == (4 - refused, []), deed
        assert _apart_from_pauses(states(tickets)) == _apart_from_pauses(before), deed
        _pause_again(world, tickets)


def _apart_from_pauses(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Whoever gets a ticket back gets it open: giving takes the pause away, and so does giving back."""
    return [(row[0].replace("pending", "open"), *row[2:]) for row in rows]


def _pause_again(world: World, tickets: list[Ticket]) -> None:
    row = Ticket.objects.get(pk=tickets[2].pk)
    if row.status == "open":
        pend_ticket(actor=world.wang_fang, ticket=row, at=world.now)


def test_tags_types_and_merges_are_taken_back_too(world: World, tickets: list[Ticket]):
    kind = define_type(actor=world.admin, slug="fault", name_en="Fault", at=world.now)
    target, before = world.ticket("target"), states(tickets)
    tag_ticket(actor=world.li_na, ticket=tickets[0], add=["old", "both"], at=world.now)
    tagged = do(world, tickets, "tags", add=["both", "new"], remove=["old"])
    typed = do(world, tickets, "type", type=kind)
    merged = do(world, [*tickets, target], "merge", into=target)
    assert [len(refusals(change)) for change in (tagged, typed, merged)] == [0, 0, 1]
    assert [undo(world, change) for change in (merged, typed, tagged)] == [(4, []), (4, []), (4, [])]
    assert states(tickets) == before
    assert [tag.name for tag in tags.of_ticket(tickets[0])] == ["both", "old"]
    assert not tags.of_ticket(tickets[1]).exists()


def test_what_somebody_changed_since_is_left_as_they_made_it(world: World, tickets: list[Ticket]):
    change = do(world, tickets[:3], "priority", priority=4)
    set_priority(actor=world.li_na, ticket=tickets[1], priority=3, at=world.now)
    tag_ticket(actor=world.li_na, ticket=tickets[2], add=["x"], at=world.now)
    assert undo(world, change) == (2, [tickets[1].pk])
    priorities = [Ticket.objects.get(pk=ticket.pk).priority for ticket in tickets[:3]]
    assert priorities == [2, 3, 2]
    with pytest.raises(Conflict):
        undo(world, change)


def test_capacity_holds_for_many_as_for_one(world: World):
    rows = [world.ticket(f"#{number}") for number in range(15)]
    change = do(world, rows, "assign", member=world.li_na)
    assert len(refusals(change)) == 3
    assert Load.objects.get(member=world.li_na).effort == 120
    assert [(count, "no capacity" in reason or "容量" in reason) for reason, count in reasons(change)] == [
        (3, True)
    ]
    assert undo(world, change) == (12, [])
    assert Load.objects.get(member=world.li_na).effort == 0


def test_who_may_not_do_it_to_one_may_not_do_it_to_many(world: World, tickets: list[Ticket]):
    change = do(world, tickets[:3], "resolve", actor=world.sun_hao)
    assert {row["code"] for row in refusals(change)} == {"denied"}
    with pytest.raises(Denied):
        do(world, tickets, "resolve", actor=world.qian_wei)
    own = do(world, tickets[:1], "assign", actor=world.sun_hao, member=world.sun_hao)
    with pytest.raises(Denied):
        undo_many(actor=world.li_na, change=own, at=world.now)
    assert undo(world, own) == (1, [])
    assert Ticket.objects.get(pk=tickets[0].pk).status == "waiting"


def test_many_are_at_most_five_hundred_and_the_deed_is_known(world: World, tickets: list[Ticket]):
    for ids, deed in (([], "resolve"), (range(1, 502), "resolve"), ([tickets[0].pk], "delete")):
        with pytest.raises(Invalid):
            change_many(
                actor=world.wang_fang, member=None, tickets=list(ids), deed=deed, wanted={}, at=world.now
            )
    change = change_many(
        actor=world.wang_fang,
        member=None,
        tickets=[tickets[0].pk, 10**9, tickets[0].pk],
        deed="priority",
        wanted={"priority": 3},
        at=world.now,
    )
    assert [row.get("code", "") for row in change.rows] == ["", "missing"]


def test_a_snooze_moved_for_many_goes_back_to_the_times_before(world: World, tickets: list[Ticket]):
    snooze_ticket(actor=world.li_na, ticket=tickets[1], until=world.now + LATER, at=world.now)
    change = do(world, tickets[1:3], "snooze", until=world.now + 2 * LATER)
    assert undo(world, change) == (2, [])
    first, second = (Ticket.objects.get(pk=ticket.pk) for ticket in tickets[1:3])
    assert (first.snoozed_until, first.reason) == (world.now + LATER, "snoozed")
    assert (second.snoozed_until, second.reason) == (None, "customer")
