"""Merging: two matters become one, in any order, by any number of people, and apart again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from fengong.customers.actions.contacts import find_or_add_contact
from fengong.desk import queries
from fengong.desk.actions.children import open_child
from fengong.desk.actions.links import link_tickets
from fengong.desk.actions.merges import merge_ticket, unmerge_ticket
from fengong.desk.actions.messages import receive_message, reply
from fengong.desk.actions.snoozes import snooze_ticket
from fengong.desk.actions.tags import tag_ticket
from fengong.desk.actions.tickets import reopen_ticket, resolve_ticket
from fengong.desk.actions.watchers import watch_ticket
from fengong.desk.models import Load, Merge, Ticket
from fengong.desk.reading import customers as for_customers
from fengong.desk.reading import tags as tagged
from fengong.desk.reading import watchers as following
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.kernel.actor import SYSTEM
from fengong.kernel.errors import Conflict, Denied, Invalid
from fengong.kernel.spine import history
from tests.world import World

MINUTE = timedelta(minutes=1)


@pytest.fixture
def first(world: World) -> Ticket:
    return world.ticket("登录不了", body="一")


@pytest.fixture
def second(world: World) -> Ticket:
    return world.ticket("还是登录不了", body="二", at=world.now + MINUTE)


def fresh(ticket: Ticket) -> Ticket:
    return Ticket.objects.get(pk=ticket.pk)


def merge(world: World, ticket: Ticket, into: Ticket) -> Merge:
    return merge_ticket(actor=world.wang_fang, ticket=ticket, into=into, at=world.now + 2 * MINUTE)


def bodies(ticket: Ticket) -> list[str]:
    return [message.body for message in queries.thread(ticket)]


def test_messages_of_merged_tickets_are_read_in_order_and_none_moves(
    world: World, first: Ticket, second: Ticket
):
    receive_message(actor=SYSTEM, ticket=first, contact=world.customer, body="三", at=world.now + 2 * MINUTE)
    merge(world, second, first)
    assert bodies(first) == ["一", "二", "三"]
    assert second.messages.count() == 1
    row = fresh(second)
    assert (row.status, row.reason, row.merged_into) == ("resolved", "merged", first)
    assert history("ticket", first.pk).last().verb == "ticket.absorbed"
    assert history("ticket", second.pk).last().verb == "ticket.merged"


def test_later_mail_and_answers_land_where_the_matter_goes_on(world: World, first: Ticket, second: Ticket):
    assign_ticket(actor=world.wang_fang, ticket=first, member=world.li_na, at=world.now)
    merge(world, second, first)
    landed = receive_message(
        actor=SYSTEM, ticket=second, contact=world.customer, body="后来", at=world.now + 3 * MINUTE
    )
    answered = reply(
        actor=world.li_na, ticket=fresh(second), member=world.li_na, body="好", at=world.now + 4 * MINUTE
    )
    assert (landed.ticket_id, answered.ticket_id) == (first.pk, first.pk)
    assert fresh(second).status == "resolved"
    assert bodies(first)[-2:] == ["后来", "好"]


def test_a_reply_to_a_ticket_merged_meanwhile_is_stopped(world: World, first: Ticket, second: Ticket):
    seen = fresh(second).version
    merge(world, second, first)
    with pytest.raises(Conflict) as refusal:
        reply(actor=world.li_na, ticket=second, member=world.li_na, body="好", seen=seen, at=world.now)
    assert refusal.value.code == "stale"


def test_tags_watchers_and_children_join_and_part_again(world: World, first: Ticket, second: Ticket):
    at = world.now + MINUTE
    tag_ticket(actor=world.li_na, ticket=first, add=["VIP"], at=at)
    tag_ticket(actor=world.li_na, ticket=second, add=["vip", "登录"], at=at)
    watch_ticket(actor=world.sun_hao, ticket=second, member=world.sun_hao, at=at)
    child = open_child(
        actor=world.li_na, ticket=second, member=world.li_na, subject="查日志", body="查", at=at
    )
    merge(world, second, first)
    assert [tag.name for tag in tagged.of_ticket(first)] == ["VIP", "登录"]
    assert [row.member for row in following.watchers(first)] == [world.sun_hao]
    assert fresh(child).parent == first
    unmerge_ticket(actor=world.wang_fang, ticket=second, at=at + MINUTE)
    assert [tag.name for tag in tagged.of_ticket(first)] == ["VIP"]
    assert not following.watchers(first).exists()
    assert fresh(child).parent == second


def test_unmerging_gives_the_ticket_back_to_its_owner_as_it_was(world: World, first: Ticket, second: Ticket):
    assign_ticket(actor=world.wang_fang, ticket=second, member=world.li_na, at=world.now)
    until = world.now + timedelta(hours=5)
    snooze_ticket(actor=world.li_na, ticket=second, until=until, at=world.now)
    held = Load.objects.get(member=world.li_na).effort
    merge(world, second, first)
    assert Load.objects.get(member=world.li_na).effort == 0
    unmerge_ticket(actor=world.wang_fang, ticket=second, at=world.now + 3 * MINUTE)
    row = fresh(second)
    assert (row.status, row.reason, row.snoozed_until, row.owner) == (
        "pending",
        "snoozed",
        until,
        world.li_na,
    )
    assert (row.merged_into, Load.objects.get(member=world.li_na).effort) == (None, held)
    assert bodies(first) == ["一"]
    with pytest.raises(Conflict):
        unmerge_ticket(actor=world.wang_fang, ticket=second, at=world.now)


def test_a_chain_of_merges_ends_in_one_ticket_and_can_be_opened_in_the_middle(world: World):
    a, b, c = (world.ticket(name, body=name) for name in "甲乙丙")
    merge(world, a, b)
    merge(world, b, c)
    assert (fresh(a).merged_into, fresh(b).merged_into) == (c, c)
    assert bodies(c) == ["甲", "乙", "丙"]
    unmerge_ticket(actor=world.wang_fang, ticket=b, at=world.now + 3 * MINUTE)
    assert (fresh(a).merged_into, fresh(b).merged_into, fresh(c).merged_into) == (b, None, None)
    assert (bodies(b), bodies(c)) == (["甲", "乙"], ["丙"])


def test_merging_into_a_merged_ticket_lands_at_the_end_of_the_chain(world: World):
    a, b, c = (world.ticket(name) for name in "甲乙丙")
    merge(world, b, c)
    merge(world, a, b)
    assert fresh(a).merged_into == c
    with pytest.raises(Conflict):
        merge(world, c, a)
    with pytest.raises(Conflict):
        merge(world, a, c)
    assert fresh(c).status == "waiting"


def test_a_merged_ticket_is_not_reopened_by_itself(world: World, first: Ticket, second: Ticket):
    merge(world, second, first)
    with pytest.raises(Conflict) as refusal:
        reopen_ticket(actor=world.wang_fang, ticket=second, at=world.now)
    assert refusal.value.code == "merged"


def test_who_may_merge_and_into_what(world: World, first: Ticket, second: Ticket):
    assign_ticket(actor=world.wang_fang, ticket=second, member=world.li_na, at=world.now)
    with pytest.raises(Denied):
        merge_ticket(actor=world.sun_hao, ticket=second, into=first, at=world.now)
    with pytest.raises(Denied):
        merge_ticket(actor=world.customer, ticket=first, into=second, at=world.now)
    with pytest.raises(Invalid):
        merge(world, first, first)
    resolve_ticket(actor=world.wang_fang, ticket=first, at=world.now)
    with pytest.raises(Conflict):
        merge(world, second, first)
    merge_ticket(actor=world.li_na, ticket=first, into=second, at=world.now)
    with pytest.raises(Denied):
        unmerge_ticket(actor=world.sun_hao, ticket=first, at=world.now)
    unmerge_ticket(actor=world.li_na, ticket=first, at=world.now)
    assert (fresh(first).status, fresh(first).reason) == ("resolved", "solved")


def test_a_ticket_of_another_customer_can_be_merged_and_neither_reads_the_other(world: World, first: Ticket):
    other = find_or_add_contact(actor=SYSTEM, email="lin@x.example", at=world.now)
    theirs = world.ticket("也登录不了", body="我的", customer=other)
    merge(world, theirs, first)
    assert "我的" in bodies(first)
    assert [message.body for message in for_customers.conversation(first)] == ["一"]
    kept = for_customers.ticket_of(other, theirs.pk)
    assert kept == theirs
    assert [message.body for message in for_customers.conversation(theirs)] == ["我的"]


def test_links_stay_with_their_tickets(world: World, first: Ticket, second: Ticket):
    link_tickets(actor=world.li_na, ticket=first, other=second, kind="duplicated_by", at=world.now)
    merge(world, second, first)
    assert first.back_links.count() == 1
