"""The page of templates."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fengong.desk.actions.templates import TemplateWanted, define_template, drop_template
from fengong.desk.reading import fields
from fengong.desk.reading import templates as reading
from fengong.kernel.clock import now
from fengong.kernel.errors import Missing
from fengong.people import queries as people
from fengong.people.policies import require
from fengong.web.member import MemberRequest, for_members
from fengong.web.settings.filing.forms import TemplateForm, saved
from fengong.web.tickets.own_fields import initial_of, values_of

KEPT = ("name_zh", "name_en", "subject", "body", "difficulty", "priority", "active", "position")


@require_http_methods(["GET", "POST"])
@for_members
def listing(request: MemberRequest) -> HttpResponse:
    """All templates and the form of a new one."""
    require(request.member, "desk.curate")
    form = TemplateForm(request.POST or None)
    if form.is_valid() and (made := _defined(request, form)):
        return redirect(f"/settings/templates/{made.pk}" if made.type else "/settings/templates")
    shown = {"form": form, "templates": reading.all_templates()}
    return render(request, "settings/filing/templates.html", shown, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@for_members
def one(request: MemberRequest, pk: int) -> HttpResponse:
    """One template; POST changes it."""
    require(request.member, "desk.curate")
    known = _template(pk)
    form = TemplateForm(request.POST or None, initial=_initial(known), type_id=known.type_id)
    if form.is_valid() and _defined(request, form, known):
        return redirect("/settings/templates")
    shown = {
        "form": form,
        "title": known.label,
        "back": "/settings/templates",
        "gone": f"{request.path}/removal",
    }
    return render(request, "settings/filing/one.html", shown, status=422 if form.is_bound else 200)


@require_POST
@for_members
def removal(request: MemberRequest, pk: int) -> HttpResponse:
    """Take it away; tickets that began with it stay."""
    drop_template(actor=request.member, template=_template(pk), at=now())
    messages.success(request, _("The template is gone."))
    return redirect("/settings/templates")


def _initial(known: Any) -> dict[str, Any]:
    initial = {name: getattr(known, name) for name in KEPT}
    named = {"topic": known.topic_id, "type": known.type_id, "tags": ", ".join(known.tags)}
    return {**initial, **named, **initial_of(known.fields)}


def _defined(request: MemberRequest, form: TemplateForm, known: Any = None) -> Any:
    said = form.cleaned_data
    kind = fields.ticket_type(said["type"] or 0)
    type_stays = known is not None and known.type_id == (kind.pk if kind else None)
    wanted = TemplateWanted(
        topic=people.topic(said["topic"] or 0),
        type=kind,
        tags=said["tags"],
        fields=values_of(said) if type_stays or known is None else {},
        **{name: said[name] for name in KEPT},
    )
    kept = form.kept(lambda: define_template(actor=request.member, wanted=wanted, template=known, at=now()))
    if kept:
        messages.success(request, saved())
    return kept


def _template(pk: int) -> Any:
    found = reading.template(pk)
    if found is None:
        raise Missing(_("This template does not exist."))
    return found
