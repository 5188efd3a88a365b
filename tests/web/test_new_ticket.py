"""Writing down a new ticket: from a template, for somebody known or new, with the fields of its type."""

from __future__ import annotations

from typing import Any

from fengong.customers.models import Contact
from fengong.desk import queries
from fengong.desk.actions.field_definitions import FieldWanted, define_field, define_type
from fengong.desk.actions.templates import TemplateWanted, define_template
from fengong.desk.models import Ticket
from tests.world import World

CALL = {"channel": "phone", "priority": 2, "subject": "来电", "body": "登录不了"}


def test_a_call_becomes_a_ticket_in_the_hands_of_who_took_it(world: World, reader: Any):
    wanted = {**CALL, "name": "林先生", "phone": "138 0013 8000", "minutes": 4, "note": "急", "take": "on"}
    wanted |= {"topic": world.topics["accounts"].pk, "difficulty": 1, "tags": "来电，VIP"}
    answer = reader(world.li_na).post("/tickets/new", wanted)
    ticket = Ticket.objects.get()
    assert answer.url == f"/tickets?view=all&ticket={ticket.pk}"
    assert (ticket.owner, ticket.channel, ticket.customer.phone) == (world.li_na, "phone", "13800138000")
    assert [message.kind for message in queries.thread(ticket)] == ["public", "note"]
    assert sorted(tag.name for tag in ticket.tags.all()) == ["VIP", "来电"]


def test_a_template_fills_the_form_in(world: World, reader: Any):
    kind = define_type(actor=world.admin, slug="refund", name_en="Refund type", at=world.now)
    define_field(
        actor=world.admin,
        wanted=FieldWanted(slug="amount", kind="number", name_en="Amount"),
        types=[kind],
        at=world.now,
    )
    wanted = TemplateWanted(
        name_en="Refund", subject="退款申请", type=kind, tags=["退款"], fields={"amount": 5}
    )
    template = define_template(actor=world.wang_fang, wanted=wanted, at=world.now)
    page = reader(world.li_na).get(f"/tickets/new?template={template.pk}").content.decode()
    for part in ("退款申请", 'value="退款"', 'name="field-amount" value="5"', "Refund type"):
        assert part in page


def test_fields_come_with_the_type_and_what_is_needed_is_asked_for(world: World, reader: Any):
    kind = define_type(actor=world.admin, slug="fault", name_en="Fault", at=world.now)
    wanted = FieldWanted(slug="version", kind="text", name_en="Version", required="open")
    define_field(actor=world.admin, wanted=wanted, types=[kind], at=world.now)
    li_na = reader(world.li_na)
    assert "field-version" not in li_na.get("/tickets/new").content.decode()
    assert "field-version" in li_na.fragment(f"/tickets/new/fields?type={kind.pk}").content.decode()
    refused = li_na.post("/tickets/new", {**CALL, "name": "林", "type": kind.pk})
    assert refused.status_code == 422
    assert "Version is needed." in refused.content.decode()
    assert "登录不了" in refused.content.decode()
    assert not Ticket.objects.exists()
    li_na.post("/tickets/new", {**CALL, "name": "林", "type": kind.pk, "field-version": "1.2"})
    assert Ticket.objects.get().fields == {"version": "1.2"}


def test_somebody_known_is_found_while_typing_and_chosen(world: World, reader: Any):
    li_na = reader(world.li_na)
    found = li_na.fragment("/tickets/new/callers?name=王强").content.decode()
    assert f'value="{world.customer.pk}"' in found
    li_na.post("/tickets/new", {**CALL, "name": "王", "customer": world.customer.pk})
    assert Ticket.objects.get().customer == world.customer
    assert Contact.objects.count() == 1


def test_nobody_is_refused_and_strangers_do_not_get_in(world: World, reader: Any):
    assert reader(world.li_na).post("/tickets/new", CALL).status_code == 422
    assert reader(world.qian_wei).get("/tickets/new").status_code == 403
    assert reader(world.li_na).get("/tickets/new?template=9&customer=x&type=%00").status_code == 200
