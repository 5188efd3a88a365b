"""What hangs on a ticket, in numbers: files, tags, links, children, watchers; and types, fields, templates."""

from __future__ import annotations

from typing import Any

from fengong.desk.actions.attachments import attach
from fengong.desk.actions.children import open_child
from fengong.desk.actions.field_definitions import FieldWanted, define_field, define_type
from fengong.desk.actions.links import link_tickets
from fengong.desk.actions.tags import tag_ticket
from fengong.desk.actions.templates import TemplateWanted, define_template
from fengong.desk.actions.watchers import watch_ticket
from fengong.desk.models import Ticket
from fengong.dispatch.actions.bulk import change_many
from fengong.kernel.actor import SYSTEM
from tests.world import World


def grow_life(world: World, ticket_id: int, number: int) -> dict[str, Any]:
    """One more of each on this ticket; the rows, by name."""
    ticket, at = Ticket.objects.get(pk=ticket_id), world.now
    other = world.ticket(f"other {number}")
    member = list(world.members.values())[number % 6]
    kind = define_type(actor=SYSTEM, slug=f"type-{number}", name_en=f"Type {number}", at=at)
    tag_ticket(actor=SYSTEM, ticket=ticket, add=[f"tag {number}", f"spare {number}"], at=at)
    link = link_tickets(actor=SYSTEM, ticket=ticket, other=other, kind="blocks", at=at)
    child = open_child(actor=SYSTEM, ticket=ticket, member=world.li_na, subject="x", body="y", at=at)
    watch_ticket(actor=SYSTEM, ticket=ticket, member=member, at=at)
    file = attach(
        actor=SYSTEM, ticket=ticket, name=f"{number}.txt", content=b"%d" % number, content_type="", at=at
    )
    wanted = FieldWanted(slug=f"field-{number}", kind="text", name_en=f"Field {number}")
    field = define_field(actor=SYSTEM, wanted=wanted, types=[kind], at=at)
    template = define_template(
        actor=SYSTEM, wanted=TemplateWanted(name_en="T", topic=world.topics["api"], type=kind), at=at
    )
    bulk = change_many(
        actor=SYSTEM, member=None, tickets=[other.pk], deed="priority", wanted={"priority": 3}, at=at
    )
    return {
        "other": other,
        "link": link,
        "child": child,
        "file": file,
        "type": kind,
        "field": field,
        "template": template,
        "bulk": bulk,
        "tag": ticket.tags.get(name=f"tag {number}"),
        "spare": ticket.tags.get(name=f"spare {number}"),
    }
