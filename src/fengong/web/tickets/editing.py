"""Changing what a ticket is filed under, in place: tags, type, topic, difficulty, priority, the desk's own fields."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fengong.desk.actions.fields import set_fields, set_type
from fengong.desk.actions.priorities import set_priority
from fengong.desk.actions.tags import tag_ticket
from fengong.desk.actions.topics import change_topic
from fengong.desk.reading import fields as filed
from fengong.desk.reading import tags as tagged
from fengong.kernel.clock import now
from fengong.kernel.errors import Invalid, Missing
from fengong.people import queries as people
from fengong.people.policies import require
from fengong.web.member import MemberRequest, for_members
from fengong.web.tickets.attempt import adjust
from fengong.web.tickets.opened import Opened
from fengong.web.tickets.wanted import GradeForm

PROPOSALS = 8


@require_http_methods(["POST", "DELETE"])
@for_members
def tags(request: MemberRequest, pk: int) -> HttpResponse:
    """Put a tag on; DELETE takes one off."""
    ticket, actor = Opened(pk, request.member).ticket, request.member
    adds = request.method == "POST"
    name = (request.POST if adds else request.GET).get("name", "")
    add, remove = ([name], []) if adds else ([], [name])
    url = f"/tickets/{pk}/tags"
    undo = _undo("hx-post", url, {"name": name})
    if adds:
        undo = _undo("hx-delete", f"{url}?{urlencode({'name': name})}", {})
    done = (_("Tagged “%(name)s”.") if adds else _("“%(name)s” taken away.")) % {"name": name}
    return adjust(
        request,
        pk,
        lambda: tag_ticket(actor=actor, ticket=ticket, at=now(), add=add, remove=remove),
        done=done,
        undo=undo,
    )


@require_safe
@for_members
def tag_proposals(request: MemberRequest) -> HttpResponse:
    """Tags that go on from what is typed."""
    require(request.member, "ticket.read")
    text = request.GET.get("q", "").replace("\x00", "")[:40]
    found = [{"value": tag.name, "label": tag.name} for tag in tagged.suggested(text, PROPOSALS)]
    return render(request, "parts/proposals.html", {"proposals": found})


@require_http_methods(["GET", "POST"])
@for_members
def grade(request: MemberRequest, pk: int) -> HttpResponse:
    """The form of how urgent and hard it is and what it is about; POST changes what is named."""
    opened = Opened(pk, request.member)
    if request.method == "GET":
        choices = {"types": filed.types(), "topics": people.topics()}
        return render(request, "tickets/grading.html", {"opened": opened, "ticket": opened.ticket, **choices})
    form = GradeForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("This cannot be chosen."))
    was = {name: getattr(opened.ticket, name) for name in ("priority", "difficulty")}
    was |= {"topic": opened.ticket.topic_id or "", "type": opened.ticket.type_id or 0}
    undo = _undo("hx-post", f"/tickets/{pk}/grade", was)
    do = _grading(request.member, opened.ticket, form.cleaned_data)
    return adjust(request, pk, do, done=_("Saved."), undo=undo)


@require_POST
@for_members
def fields(request: MemberRequest, pk: int) -> HttpResponse:
    """Fill in the desk's own fields; those that the form shows."""
    ticket, actor = Opened(pk, request.member).ticket, request.member
    shown = [entry.field for entry in filed.filled(ticket)]
    values = {field.slug: _typed(field, request) for field in shown}
    return adjust(
        request,
        pk,
        lambda: set_fields(actor=actor, ticket=ticket, values=values, at=now()),
        done=_("Saved."),
    )


def _grading(actor: Any, ticket: Any, wanted: dict[str, Any]) -> Callable[[], None]:
    """One transaction for all that differs from what stands."""

    @transaction.atomic
    def do() -> None:
        row = ticket
        if wanted["type"] is not None and wanted["type"] != (ticket.type_id or 0):
            row = set_type(actor=actor, ticket=row, type=filed.ticket_type(wanted["type"]), at=now())
        if wanted["priority"] and wanted["priority"] != ticket.priority:
            row = set_priority(actor=actor, ticket=row, priority=wanted["priority"], at=now())
        topic, level = wanted["topic"] or ticket.topic_id, wanted["difficulty"] or ticket.difficulty
        if topic and (topic, level) != (ticket.topic_id, ticket.difficulty):
            change_topic(actor=actor, ticket=row, topic=_topic(topic), difficulty=level, at=now())

    return do


def _topic(pk: int) -> Any:
    found = people.topic(pk)
    if found is None:
        raise Missing(_("This topic does not exist any more."))
    return found


def _typed(field: Any, request: MemberRequest) -> Any:
    """What the form holds for a field; None where it was left empty."""
    name = f"field-{field.slug}"
    if field.kind == "choices":
        return request.POST.getlist(name) or None
    if field.kind == "checkbox":
        return name in request.POST
    return request.POST.get(name, "").strip() or None


def _undo(method: str, url: str, values: dict[str, Any]) -> dict[str, str]:
    return {"method": method, "url": url, "target": "#toasts", "swap": "none", "values": json.dumps(values)}
