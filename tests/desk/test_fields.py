"""Types, the desk's own fields, tags and templates: what is filled in fits, whoever fills it in."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from fengong.desk.actions.field_definitions import FieldWanted, define_field, define_type
from fengong.desk.actions.fields import set_fields, set_type
from fengong.desk.actions.tickets import open_ticket, resolve_ticket
from fengong.desk.actions.topics import change_topic
from fengong.desk.models import Field, Load, Ticket, TicketType
from fengong.desk.reading import fields as reading
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.kernel.actor import SYSTEM
from fengong.kernel.errors import Conflict, Denied, Invalid
from fengong.kernel.spine import history
from tests.world import World

CHOICES = ({"value": "zh", "zh": "中文", "en": "Chinese"}, {"value": "en", "zh": "英文", "en": "English"})


@pytest.fixture
def ticket(world: World) -> Ticket:
    return world.ticket()


@pytest.fixture
def fault(world: World) -> TicketType:
    return define_type(actor=world.admin, slug="fault", name_zh="故障", name_en="Fault", at=world.now)


def field(world: World, slug: str, kind: str = "text", *, types: Any = (), **more: Any) -> Field:
    offered = CHOICES if kind in ("choice", "choices") else ()
    wanted = FieldWanted(slug=slug, kind=kind, name_en=slug.title(), choices=offered, **more)
    return define_field(actor=world.admin, wanted=wanted, types=types, at=world.now)


def fill(world: World, ticket: Ticket, actor: Any = None, **values: Any) -> dict[str, Any]:
    row = set_fields(actor=actor or world.li_na, ticket=ticket, values=values, at=world.now)
    return dict(row.fields)


@pytest.mark.parametrize(
    ("kind", "given", "kept"),
    [
        ("text", "  a   b\n", "a b"),
        ("long", "a\n\nb ", "a\n\nb"),
        ("number", "12", 12),
        ("number", "1.5", 1.5),
        ("date", "2026-02-28", "2026-02-28"),
        ("choice", "zh", "zh"),
        ("choices", ["en", "zh", "en"], ["zh", "en"]),
        ("checkbox", "on", True),
        ("checkbox", False, False),
        ("link", "https://fengong.example/a?b=1", "https://fengong.example/a?b=1"),
    ],
)
def test_a_value_that_fits_is_kept_in_one_form(
    world: World, ticket: Ticket, kind: str, given: Any, kept: Any
):
    field(world, "x", kind)
    assert fill(world, ticket, x=given) == {"x": kept}


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("text", "x" * 201),
        ("text", 5),
        ("long", "x" * 10_001),
        ("number", "many"),
        ("number", "NaN"),
        ("number", "1e400"),
        ("number", True),
        ("date", "2026-02-30"),
        ("date", "28.2.2026"),
        ("choice", "fr"),
        ("choice", ["zh"]),
        ("choices", ["zh", "fr"]),
        ("choices", [["zh"]]),
        ("checkbox", "maybe"),
        ("checkbox", [True]),
        ("link", "javascript:alert(1)"),
        ("link", "fengong"),
        ("link", 5),
    ],
)
def test_a_value_that_does_not_fit_is_refused_by_the_name_of_its_field(
    world: World, ticket: Ticket, kind: str, given: Any
):
    field(world, "x", kind)
    with pytest.raises(Invalid) as refusal:
        fill(world, ticket, x=given)
    assert refusal.value.field == "fields.x"


def test_all_fit_or_none_is_stored_and_what_is_not_named_stays(world: World, ticket: Ticket):
    field(world, "order")
    field(world, "amount", "number")
    assert fill(world, ticket, order="A-1", amount=3) == {"order": "A-1", "amount": 3}
    with pytest.raises(Invalid):
        fill(world, ticket, order="A-2", amount="x")
    assert fill(world, ticket, amount=None) == {"order": "A-1"}
    version = Ticket.objects.get(pk=ticket.pk).version
    fill(world, ticket, order="A-1")
    assert Ticket.objects.get(pk=ticket.pk).version == version
    changes = history("ticket", ticket.pk).filter(verb="ticket.fields_set")
    assert [event.data["changed"] for event in changes] == ["amount, order", "amount"]


def test_a_field_belongs_to_its_types_or_to_every_ticket(world: World, ticket: Ticket, fault: TicketType):
    field(world, "order")
    field(world, "version", types=[fault])
    with pytest.raises(Invalid):
        fill(world, ticket, version="1.2")
    set_type(actor=world.li_na, ticket=ticket, type=fault, at=world.now)
    fill(world, ticket, version="1.2")
    row = Ticket.objects.get(pk=ticket.pk)
    assert [entry.field.slug for entry in reading.filled(row)] == ["order", "version"]
    set_type(actor=world.li_na, ticket=ticket, type=None, at=world.now)
    row = Ticket.objects.get(pk=ticket.pk)
    assert [entry.field.slug for entry in reading.filled(row)] == ["order"]
    assert row.fields == {"version": "1.2"}


def test_what_is_needed_before_resolving_is_asked_of_members_only(world: World, fault: TicketType):
    field(world, "cause", required="resolve", types=[fault])
    mine, theirs = world.ticket("a"), world.ticket("b")
    for one in (mine, theirs):
        set_type(actor=world.li_na, ticket=one, type=fault, at=world.now)
    with pytest.raises(Conflict) as refusal:
        resolve_ticket(actor=world.wang_fang, ticket=mine, at=world.now)
    assert (refusal.value.code, refusal.value.field) == ("fields_missing", "fields.cause")
    assert "Cause" in refusal.value.message
    fill(world, mine, cause="缓存")
    resolve_ticket(actor=world.wang_fang, ticket=mine, at=world.now)
    resolve_ticket(actor=world.customer, ticket=theirs, at=world.now)


def test_what_a_new_ticket_needs_is_asked_where_there_is_a_form(world: World, fault: TicketType):
    field(world, "order", required="open", editable_by_customers=True)
    field(world, "cause", required="open", types=[fault])

    def opened(actor: Any, **more: Any) -> dict[str, Any]:
        row = open_ticket(
            actor=actor, customer=world.customer, subject="x", body="y", type=fault, at=world.now, **more
        )
        return dict(Ticket.objects.get(pk=row.pk).fields)

    assert opened(SYSTEM) == {}
    assert opened(world.customer, fields={"order": "A-1"}) == {"order": "A-1"}
    assert opened(world.li_na, fields={"order": "A-1", "cause": "?"}) == {"order": "A-1", "cause": "?"}
    for actor, fields in ((world.customer, {}), (world.li_na, {"order": "A-1"})):
        with pytest.raises(Invalid):
            opened(actor, fields=fields)
    with pytest.raises(Denied):
        opened(world.customer, fields={"order": "A-1", "cause": "?"})


def test_customers_see_and_fill_in_what_is_open_to_them(world: World, ticket: Ticket):
    field(world, "inner")
    field(world, "shown", visible_to_customers=True)
    field(world, "order", editable_by_customers=True)
    assert fill(world, ticket, world.customer, order="A-1") == {"order": "A-1"}
    for slug in ("inner", "shown"):
        with pytest.raises(Denied):
            fill(world, ticket, world.customer, **{slug: "x"})
    row = Ticket.objects.get(pk=ticket.pk)
    assert [entry.field.slug for entry in reading.filled(row, for_customer=True)] == ["shown", "order"]


def test_choices_are_shown_in_the_readers_language(world: World, ticket: Ticket):
    field(world, "language", "choices")
    fill(world, ticket, language=["zh", "en"])
    row = Ticket.objects.get(pk=ticket.pk)
    with translation.override("zh-hans"):
        assert reading.filled(row)[0].shown == "中文 · 英文"
    with translation.override("en"):
        assert reading.filled(row)[0].shown == "Chinese · English"


def test_administrators_define_types_and_fields_and_their_kind_stays(world: World, fault: TicketType):
    kept = field(world, "order")
    with pytest.raises(Denied):
        define_type(actor=world.wang_fang, slug="x", name_en="X", at=world.now)
    with pytest.raises(Conflict):
        define_type(actor=world.admin, slug="fault", name_en="Again", at=world.now)
    for wrong in ({"slug": "a b"}, {"name_en": "", "name_zh": ""}):
        with pytest.raises(Invalid):
            define_type(actor=world.admin, **{"slug": "x", "name_en": "X", "at": world.now, **wrong})
    with pytest.raises(Conflict):
        define_field(
            actor=world.admin,
            wanted=FieldWanted(slug="order", kind="number", name_en="Order"),
            field=kept,
            at=world.now,
        )
    with pytest.raises(Invalid):
        wanted = FieldWanted(slug="pick", kind="choice", name_en="Pick")
        define_field(actor=world.admin, wanted=wanted, at=world.now)


def test_a_change_of_topic_changes_the_effort_held_as_far_as_it_fits(world: World, ticket: Ticket):
    assign_ticket(actor=world.wang_fang, ticket=ticket, member=world.li_na, at=world.now)
    change_topic(actor=world.li_na, ticket=Ticket.objects.get(), topic=world.topics["api"], at=world.now)
    assert (Ticket.objects.get().held, Load.objects.get(member=world.li_na).effort) == (15, 15)
    Load.objects.filter(member=world.li_na).update(effort=100)
    with pytest.raises(Conflict):
        change_topic(
            actor=world.li_na,
            ticket=Ticket.objects.get(),
            topic=world.topics["api"],
            difficulty=3,
            at=world.now,
        )
    assert Ticket.objects.get().held == 15
