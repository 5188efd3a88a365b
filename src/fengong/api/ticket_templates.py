"""Templates of tickets."""

from __future__ import annotations

from typing import Any

from ninja import Router, Status

from fengong.api import found
from fengong.api.authentication import MemberRequest
from fengong.api.fields import PathId
from fengong.api.lists import Listed, all_of
from fengong.api.schemas.filing import Template, TemplateIn
from fengong.desk.actions.templates import TemplateWanted, define_template, drop_template
from fengong.desk.reading import fields
from fengong.desk.reading import templates as reading
from fengong.kernel.clock import now
from fengong.people.policies import require

router = Router(tags=["templates"])


@router.get("", operation_id="list_templates", response=Listed[Template])
def list_templates(request: MemberRequest) -> Any:
    """All templates, those that were put away too."""
    require(request.auth, "ticket.read")
    return all_of(Template, reading.all_templates())


@router.post("", operation_id="define_template", response={201: Template})
def add_template(request: MemberRequest, given: TemplateIn) -> Any:
    """Add a template."""
    made = define_template(actor=request.auth, wanted=_wanted(given), at=now())
    return Status(201, Template.model_validate(made))


@router.put("/{int:template_id}", operation_id="change_template", response=Template)
def change_template(request: MemberRequest, template_id: PathId, given: TemplateIn) -> Any:
    """Change a template, or put it away with `active: false`."""
    known = found.there(reading.template(template_id))
    made = define_template(actor=request.auth, wanted=_wanted(given), template=known, at=now())
    return Template.model_validate(made)


@router.delete("/{int:template_id}", operation_id="drop_template", response={204: None})
def remove_template(request: MemberRequest, template_id: PathId) -> Any:
    """Take a template away; tickets that began with it stay as they are."""
    drop_template(actor=request.auth, template=found.there(reading.template(template_id)), at=now())
    return Status(204, None)


def _wanted(given: TemplateIn) -> TemplateWanted:
    named = given.model_dump(exclude={"topic_id", "type_id"})
    topic = found.the_topic(given.topic_id, field="topic_id") if given.topic_id else None
    kind = found.there(fields.ticket_type(given.type_id), "type_id") if given.type_id else None
    return TemplateWanted(**named, topic=topic, type=kind)
