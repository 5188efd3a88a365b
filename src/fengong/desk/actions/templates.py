"""Verbs on templates of tickets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fengong.desk.actions.drafting import checked_priority
from fengong.desk.actions.fields import checked_values
from fengong.desk.actions.tags import tag_name
from fengong.desk.facts import TemplateDefined, TemplateDropped
from fengong.desk.models import TicketTemplate, TicketType
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Invalid
from fengong.kernel.spine import record
from fengong.people.models import Topic
from fengong.people.policies import require


@dataclass(frozen=True, slots=True)
class TemplateWanted:
    """What a new ticket should begin with; whatever is blank is left to who opens it."""

    name_zh: str = ""
    name_en: str = ""
    subject: str = ""
    body: str = ""
    topic: Topic | None = None
    difficulty: int | None = None
    priority: int | None = None
    type: TicketType | None = None
    tags: Sequence[str] = ()
    fields: Mapping[str, Any] = field(default_factory=dict)
    active: bool = True
    position: int = 0


def define_template(
    *, actor: Actor, wanted: TemplateWanted, at: datetime, template: TicketTemplate | None = None
) -> TicketTemplate:
    """Add a template, or change the one given."""
    require(actor, "desk.curate")
    if not (wanted.name_zh.strip() or wanted.name_en.strip()):
        raise Invalid(_("Give it a name in Chinese or English."), field="name_en")
    if wanted.difficulty not in (None, 1, 2, 3):
        raise Invalid(_("Difficulty is 1, 2 or 3."), field="difficulty")
    row = template or TicketTemplate()
    row.name_zh, row.name_en = wanted.name_zh.strip()[:120], wanted.name_en.strip()[:120]
    row.subject, row.body = wanted.subject.strip()[:240], wanted.body.strip()
    row.topic, row.type = wanted.topic, wanted.type
    row.difficulty = wanted.difficulty
    row.priority = checked_priority(wanted.priority) if wanted.priority else None
    row.tags = [tag_name(name) for name in wanted.tags]
    type_id = wanted.type.pk if wanted.type else None
    values = checked_values(actor=actor, type_id=type_id, values=wanted.fields, at=at)
    row.fields = {slug: value for slug, value in values.items() if value is not None}
    row.active, row.position = wanted.active, wanted.position
    with transaction.atomic():
        row.save()
        record(TemplateDefined(template=row.pk), actor=actor, at=at)
    return row


def drop_template(*, actor: Actor, template: TicketTemplate, at: datetime) -> None:
    """Take a template away; tickets that began with it stay as they are."""
    require(actor, "desk.curate")
    with transaction.atomic():
        record(TemplateDropped(template=template.pk), actor=actor, at=at)
        template.delete()
