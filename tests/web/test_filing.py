"""The settings pages of types, fields, tags and templates."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fengong.desk.models import Field, Tag, TicketTemplate, TicketType
from tests.api.life import grow_life
from tests.world import World


def test_an_administrator_adds_and_changes_a_type(world: World, reader: Any):
    admin = reader(world.admin)
    said = {"name_zh": "故障", "slug": "fault", "active": "on", "children_first": "on"}
    assert admin.post("/settings/types", said).url == "/settings/types"
    made = TicketType.objects.get()
    assert (made.name_zh, made.children_first, made.active) == ("故障", True, True)
    twice = admin.post("/settings/types", {**said, "name_zh": "又一个"})
    assert twice.status_code == 422
    assert "又一个" in twice.content.decode()
    admin.post(f"/settings/types/{made.pk}", {"name_en": "Fault", "slug": "fault"})
    made.refresh_from_db()
    assert (made.name_zh, made.name_en, made.active) == ("", "Fault", False)


def test_an_administrator_adds_a_field_with_choices_a_line_each(world: World, reader: Any):
    admin = reader(world.admin)
    said = {"name_en": "Severity", "slug": "severity", "kind": "choice", "active": "on", "required": "open"}
    refused = admin.post("/settings/fields", said)
    assert refused.status_code == 422
    assert not Field.objects.exists()
    admin.post("/settings/fields", {**said, "choices": "a | 高 | High\nb｜低\n\nc"})
    made = Field.objects.get()
    assert made.choices == [
        {"value": "a", "zh": "高", "en": "High"},
        {"value": "b", "zh": "低", "en": ""},
        {"value": "c", "zh": "", "en": ""},
    ]
    page = admin.get(f"/settings/fields/{made.pk}").content.decode()
    assert "a | 高 | High\nb | 低\nc" in page
    admin.post(
        f"/settings/fields/{made.pk}", {**said, "kind": "text", "choices": "a", "visible_to_customers": "on"}
    )
    made.refresh_from_db()
    assert (made.kind, made.visible_to_customers, len(made.choices)) == ("choice", True, 1)


def test_a_lead_keeps_tags_and_templates_and_not_types(world: World, reader: Any):
    grow_life(world, world.ticket().pk, 1)
    lead = reader(world.wang_fang)
    tag, spare = Tag.objects.get(name="tag 1"), Tag.objects.get(name="spare 1")
    assert "tag 1" in lead.get("/settings/tags").content.decode()
    lead.post(f"/settings/tags/{tag.pk}", {"name": "Tag One"})
    assert Tag.objects.get(pk=tag.pk).name == "Tag One"
    assert lead.post(f"/settings/tags/{tag.pk}", {"name": "spare 1"}).status_code == 422
    lead.post(f"/settings/tags/{tag.pk}/merge", {"into": spare.pk})
    lead.post(f"/settings/tags/{spare.pk}/removal")
    assert not Tag.objects.exists()
    for path in ("/settings/types", "/settings/fields"):
        assert lead.get(path).status_code == 403
    for path in ("/settings/tags", "/settings/templates"):
        assert reader(world.li_na).get(path).status_code == 403


def test_a_template_gets_the_fields_of_its_type(world: World, reader: Any):
    kind = grow_life(world, world.ticket().pk, 1)["type"]
    TicketTemplate.objects.all().delete()
    lead = reader(world.wang_fang)
    said = {
        "name_zh": "退款",
        "subject": "退款",
        "type": kind.pk,
        "priority": 3,
        "tags": "退款，急",
        "active": "on",
    }
    made_at = lead.post("/settings/templates", said).url
    made = TicketTemplate.objects.get()
    assert made_at == f"/settings/templates/{made.pk}"
    assert (made.tags, made.priority, made.topic) == (["退款", "急"], 3, None)
    assert "field-field-1" in lead.get(made_at).content.decode()
    lead.post(made_at, {**said, "field-field-1": "5"})
    made.refresh_from_db()
    assert made.fields == {"field-1": "5"}
    lead.post(f"{made_at}/removal")
    assert not TicketTemplate.objects.exists()


@pytest.mark.parametrize("page", ["types", "fields", "tags", "templates"])
def test_a_page_of_settings_costs_the_same_at_any_length(page: str, world: World, reader: Any):
    admin, ticket = reader(world.admin), world.ticket()
    grow_life(world, ticket.pk, 1)

    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert admin.get(f"/settings/{page}").status_code == 200
        return len(captured)

    statements()  # the first one of a day notes that the account is in use
    few = statements()
    for number in range(2, 12):
        grow_life(world, ticket.pk, number)
    assert statements() == few <= 14
