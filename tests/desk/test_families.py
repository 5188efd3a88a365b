"""Tickets that have to do with each other: split off, linked, children of one parent, followed by colleagues."""

from __future__ import annotations

from datetime import timedelta

import pytest

from fengong.desk import policies, queries
from fengong.desk.actions.attachments import attach
from fengong.desk.actions.children import open_child, set_parent
from fengong.desk.actions.field_definitions import define_type
from fengong.desk.actions.fields import set_type
from fengong.desk.actions.links import link_tickets, unlink
from fengong.desk.actions.messages import add_note, receive_message
from fengong.desk.actions.splits import split_ticket
from fengong.desk.actions.tickets import resolve_ticket
from fengong.desk.actions.watchers import unwatch_ticket, watch_ticket
from fengong.desk.models import Link, Message, Ticket
from fengong.desk.reading import attachments, children, links, watchers
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.kernel.actor import SYSTEM
from fengong.kernel.errors import Conflict, Denied, Invalid
from fengong.kernel.spine import history
from tests.world import World


@pytest.fixture
def ticket(world: World) -> Ticket:
    return world.ticket("两件事", body="登录不了")


def fresh(ticket: Ticket) -> Ticket:
    return Ticket.objects.get(pk=ticket.pk)


def hear(world: World, ticket: Ticket, body: str) -> Message:
    at = world.now + timedelta(minutes=5)
    return receive_message(actor=SYSTEM, ticket=ticket, contact=world.customer, body=body, at=at)


def test_chosen_messages_become_a_ticket_of_their_own_with_their_files(world: World, ticket: Ticket):
    second = hear(world, ticket, "还有发票抬头要改")
    file = attach(
        actor=SYSTEM, ticket=ticket, message=second, name="x.txt", content=b"x", content_type="", at=world.now
    )
    assign_ticket(actor=world.wang_fang, ticket=ticket, member=world.li_na, at=world.now)
    split = split_ticket(
        actor=world.li_na, ticket=ticket, messages=[second.pk], subject="发票抬头", at=world.now
    )
    assert [message.body for message in queries.thread(split)] == ["还有发票抬头要改"]
    assert [message.body for message in queries.thread(ticket)] == ["登录不了"]
    assert [kept.pk for kept in attachments.of_ticket(split)] == [file.pk]
    row = fresh(split)
    assert (row.customer, row.status, row.preferred) == (world.customer, "waiting", world.li_na)
    assert row.first_response_due == world.now + timedelta(minutes=60)
    assert [(link.kind, link.other) for link in links.links_of(ticket)] == [("relates", split)]
    assert history("ticket", ticket.pk).filter(verb="ticket.split").get().data["other"] == split.pk


def test_a_split_leaves_something_and_takes_something_said(world: World, ticket: Ticket):
    first = queries.thread(ticket).get()
    note = add_note(actor=world.li_na, ticket=ticket, member=world.li_na, body="内部", at=world.now)
    stranger = queries.thread(world.ticket("别的")).get()
    for chosen in ([], [first.pk, note.pk], [note.pk], [stranger.pk], [first.pk, stranger.pk]):
        with pytest.raises(Invalid):
            split_ticket(actor=world.li_na, ticket=ticket, messages=chosen, subject="新", at=world.now)
    with pytest.raises(Denied):
        split_ticket(actor=world.customer, ticket=ticket, messages=[first.pk], subject="新", at=world.now)


def test_links_are_told_from_both_ends_once_and_taken_back(world: World, ticket: Ticket):
    other = world.ticket("别的")
    link = link_tickets(actor=world.li_na, ticket=ticket, other=other, kind="blocked_by", at=world.now)
    assert [(one.kind, one.other) for one in links.links_of(ticket)] == [("blocked_by", other)]
    assert [(one.kind, one.other) for one in links.links_of(other)] == [("blocks", ticket)]
    link_tickets(actor=world.li_na, ticket=ticket, other=other, kind="relates", at=world.now)
    for one, two, kind in ((ticket, other, "blocked_by"), (other, ticket, "relates")):
        with pytest.raises(Conflict):
            link_tickets(actor=world.li_na, ticket=one, other=two, kind=kind, at=world.now)
    with pytest.raises(Invalid):
        link_tickets(actor=world.li_na, ticket=ticket, other=ticket, kind="relates", at=world.now)
    unlink(actor=world.li_na, link=link, at=world.now)
    assert Link.objects.count() == 1
    assert history("ticket", other.pk).last().verb == "ticket.unlinked"


def child_of(world: World, ticket: Ticket, subject: str = "查日志") -> Ticket:
    return open_child(
        actor=world.li_na, ticket=ticket, member=world.li_na, subject=subject, body="请查", at=world.now
    )


def test_a_child_has_its_own_owner_and_clock_and_its_parent_shows_how_far_it_is(world: World, ticket: Ticket):
    child = child_of(world, ticket)
    child_of(world, ticket, "回电")
    assign_ticket(actor=world.wang_fang, ticket=child, member=world.zhou_min, at=world.now)
    assert fresh(child).resolution_due is not None
    assert (children.progress(ticket).done, children.progress(ticket).total) == (0, 2)
    resolve_ticket(actor=world.zhou_min, ticket=child, at=world.now)
    assert (children.progress(ticket).done, children.progress(ticket).total) == (1, 2)
    assert fresh(ticket).owner is None


def test_customers_do_not_see_the_parts_given_to_colleagues(world: World, ticket: Ticket):
    child = child_of(world, ticket)
    assert policies.may_read(world.customer, ticket)
    assert not policies.may_read(world.customer, fresh(child))
    assert [message.kind for message in queries.thread(child)] == ["note"]


def test_families_have_two_generations(world: World, ticket: Ticket):
    child, other = child_of(world, ticket), world.ticket("别的")
    with pytest.raises(Conflict):
        child_of(world, child)
    with pytest.raises(Conflict):
        set_parent(actor=world.li_na, ticket=ticket, parent=other, at=world.now)
    set_parent(actor=world.li_na, ticket=child, parent=other, at=world.now)
    assert fresh(child).parent == other
    set_parent(actor=world.li_na, ticket=child, parent=None, at=world.now)
    assert fresh(child).parent is None
    with pytest.raises(Conflict):
        set_parent(actor=world.li_na, ticket=other, parent=other, at=world.now)


def test_a_parent_of_a_type_that_waits_for_its_children_is_resolved_after_them_or_with_a_reason(
    world: World, ticket: Ticket
):
    kind = define_type(
        actor=world.admin, slug="project", name_en="Project", children_first=True, at=world.now
    )
    child = child_of(world, ticket)
    resolve_ticket(actor=world.wang_fang, ticket=(free := world.ticket("自由")), at=world.now)
    assert fresh(free).status == "resolved"
    set_type(actor=world.li_na, ticket=ticket, type=kind, at=world.now)
    with pytest.raises(Conflict) as refusal:
        resolve_ticket(actor=world.wang_fang, ticket=ticket, at=world.now)
    assert refusal.value.code == "children_open"
    resolve_ticket(actor=world.wang_fang, ticket=ticket, force="客户已放弃", at=world.now)
    event = history("ticket", ticket.pk).filter(verb="ticket.resolved").get()
    assert event.data["forced"] == "客户已放弃"
    assert fresh(child).status == "waiting"


def test_members_follow_tickets_for_themselves_and_are_drawn_in_by_a_mention(world: World, ticket: Ticket):
    watch_ticket(actor=world.li_na, ticket=ticket, member=world.li_na, at=world.now)
    watch_ticket(actor=world.li_na, ticket=ticket, member=world.li_na, at=world.now)
    watch_ticket(actor=world.li_na, ticket=ticket, member=world.zhou_min, at=world.now, reason="mentioned")
    with pytest.raises(Denied):
        watch_ticket(actor=world.li_na, ticket=ticket, member=world.sun_hao, at=world.now)
    with pytest.raises(Denied):
        watch_ticket(actor=world.wang_fang, ticket=ticket, member=world.tang_yun, at=world.now)
    assert [row.member for row in watchers.watchers(ticket)] == [world.li_na, world.zhou_min]
    assert watchers.is_watching(world.zhou_min, ticket)
    unwatch_ticket(actor=world.zhou_min, ticket=ticket, member=world.zhou_min, at=world.now)
    assert list(watchers.watched_by(world.li_na)) == [ticket]
    assert history("ticket", ticket.pk).filter(verb="ticket.watched").count() == 2
