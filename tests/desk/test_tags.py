"""Tags made on the fly and kept tidy; templates; calls written down for customers."""

from __future__ import annotations

from typing import Any

import pytest

from fengong.customers.models import Contact
from fengong.desk import queries
from fengong.desk.actions.calls import Call, open_on_behalf
from fengong.desk.actions.field_definitions import FieldWanted, define_field
from fengong.desk.actions.tags import drop_tag, merge_tags, rename_tag, set_tags, tag_ticket
from fengong.desk.actions.templates import TemplateWanted, define_template, drop_template
from fengong.desk.models import Tag, Tagging, Ticket
from fengong.desk.reading import tags as reading
from fengong.desk.reading import templates
from fengong.kernel.errors import Conflict, Denied, Invalid
from fengong.kernel.spine import history
from tests.world import World


@pytest.fixture
def ticket(world: World) -> Ticket:
    return world.ticket()


def names(ticket: Ticket) -> list[str]:
    return [tag.name for tag in reading.of_ticket(ticket)]


def tag(world: World, ticket: Ticket, *add: str, remove: Any = ()) -> None:
    tag_ticket(actor=world.li_na, ticket=ticket, add=add, remove=remove, at=world.now)


def test_a_tag_is_made_by_using_it_and_two_ways_of_writing_it_are_one(world: World, ticket: Ticket):
    tag(world, ticket, "VIP", " 退款 ", "#vip", "ＶＩＰ")
    other = world.ticket("b")
    tag(world, other, "vip")
    assert names(ticket) == ["ＶＩＰ", "退款"]
    assert names(other) == ["ＶＩＰ"]
    assert Tag.objects.count() == 2
    tag(world, ticket, remove=["vip", "never"])
    assert names(ticket) == ["退款"]
    events = history("ticket", ticket.pk).filter(verb="ticket.tagged")
    assert [(event.data["added"], event.data["removed"]) for event in events] == [
        ("ＶＩＰ, 退款", ""),
        ("", "ＶＩＰ"),
    ]


def test_a_ticket_gets_just_the_tags_named(world: World, ticket: Ticket):
    tag(world, ticket, "a", "b")
    set_tags(actor=world.li_na, ticket=ticket, names=["b", "c"], at=world.now)
    assert names(ticket) == ["b", "c"]


def test_tags_have_bounds(world: World, ticket: Ticket):
    for wrong in ("", "  #", "x" * 41, "a,b", "甲、乙"):
        with pytest.raises(Invalid):
            tag(world, ticket, wrong)
    with pytest.raises(Invalid):
        tag(world, ticket, *(f"t{number}" for number in range(31)))
    with pytest.raises(Denied):
        tag_ticket(actor=world.customer, ticket=ticket, add=["x"], at=world.now)


def test_leads_rename_merge_and_drop_tags(world: World, ticket: Ticket):
    tag(world, ticket, "refund", "退款")
    tag(world, world.ticket("b"), "refund")
    refund, chinese = Tag.objects.get(key="refund"), Tag.objects.get(key="退款")
    with pytest.raises(Denied):
        rename_tag(actor=world.li_na, tag=refund, name="Refunds", at=world.now)
    with pytest.raises(Conflict):
        rename_tag(actor=world.wang_fang, tag=refund, name="退款", at=world.now)
    merge_tags(actor=world.wang_fang, tag=Tag.objects.get(key="refund"), into=chinese, at=world.now)
    assert [(row.name, row.uses) for row in reading.counted()] == [("退款", 2)]
    rename_tag(actor=world.wang_fang, tag=chinese, name="Refund", at=world.now)
    assert names(ticket) == ["Refund"]
    drop_tag(actor=world.wang_fang, tag=chinese, at=world.now)
    assert (Tag.objects.count(), Tagging.objects.count()) == (0, 0)


def test_a_template_holds_what_a_common_ticket_begins_with(world: World):
    define_field(
        actor=world.admin, wanted=FieldWanted(slug="amount", kind="number", name_en="Amount"), at=world.now
    )
    wanted = TemplateWanted(
        name_zh="退款",
        subject="退款申请",
        body="订单号：",
        topic=world.topics["invoices"],
        difficulty=2,
        priority=3,
        tags=["退款"],
        fields={"amount": "5"},
    )
    with pytest.raises(Denied):
        define_template(actor=world.li_na, wanted=wanted, at=world.now)
    made = define_template(actor=world.wang_fang, wanted=wanted, at=world.now)
    assert templates.template(made.pk).fields == {"amount": 5}
    changed = TemplateWanted(name_en="Refund", active=False)
    define_template(actor=world.wang_fang, wanted=changed, template=made, at=world.now)
    assert list(templates.templates()) == []
    with pytest.raises(Invalid):
        wrong = TemplateWanted(name_en="X", fields={"nothing": 1})
        define_template(actor=world.wang_fang, wanted=wrong, at=world.now)
    drop_template(actor=world.wang_fang, template=made, at=world.now)
    assert list(templates.all_templates()) == []


def call(world: World, **who: Any) -> Ticket:
    return open_on_behalf(
        actor=world.li_na,
        member=world.li_na,
        call=Call(**who),
        subject="来电：登录",
        body="登录不了",
        note="语气着急",
        tags=["来电"],
        at=world.now,
    )


def test_a_call_is_written_down_for_a_new_customer_and_found_again_by_number(world: World):
    first = call(world, phone="+86 138-0013 8000", name="林先生", minutes=12)
    assert (first.customer.display_name, first.customer.phone, first.channel) == (
        "林先生",
        "+8613800138000",
        "phone",
    )
    said, note = queries.thread(first)
    assert (said.contact, said.kind) == (first.customer, "public")
    assert (note.member, note.kind) == (world.li_na, "note")
    assert "12" in note.body
    assert "语气着急" in note.body
    assert names(first) == ["来电"]
    again = call(world, phone="+8613800138000")
    assert again.customer == first.customer


def test_a_caller_is_found_by_address_and_may_leave_only_a_name(world: World):
    known = call(world, email="WANG@beifeng.example", phone="010-1234")
    assert known.customer == world.customer
    assert Contact.objects.get(pk=world.customer.pk).phone == "0101234"
    assert call(world, name="路人").customer.email is None
    assert call(world, contact=world.customer).customer == world.customer
    with pytest.raises(Invalid):
        call(world)
    with pytest.raises(Invalid):
        call(world, name="x", minutes=-1)


def test_members_write_calls_down_under_their_own_name(world: World):
    with pytest.raises(Denied):
        open_on_behalf(
            actor=world.li_na,
            member=world.sun_hao,
            call=Call(name="x"),
            subject="x",
            body="y",
            at=world.now,
        )
