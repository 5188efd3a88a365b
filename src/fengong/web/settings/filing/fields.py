"""The page of the desk's own fields."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fengong.desk.actions.field_definitions import FieldWanted, define_field
from fengong.desk.reading import fields as reading
from fengong.kernel.clock import now
from fengong.kernel.errors import Missing
from fengong.people.policies import require
from fengong.web.member import MemberRequest, for_members
from fengong.web.settings.filing.forms import FieldForm, choices_as_text, saved

KEPT = (
    "name_zh",
    "name_en",
    "slug",
    "kind",
    "required",
    "visible_to_customers",
    "editable_by_customers",
    "active",
    "position",
)


@require_http_methods(["GET", "POST"])
@for_members
def listing(request: MemberRequest) -> HttpResponse:
    """All fields and the form of a new one."""
    require(request.member, "desk.configure")
    form = FieldForm(request.POST or None)
    if form.is_valid() and _defined(request, form):
        return redirect("/settings/fields")
    shown = {"form": form, "fields": reading.all_fields()}
    return render(request, "settings/filing/fields.html", shown, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@for_members
def one(request: MemberRequest, pk: int) -> HttpResponse:
    """One field; POST changes it."""
    require(request.member, "desk.configure")
    known = reading.field(pk)
    if known is None:
        raise Missing(_("This field does not exist."))
    form = FieldForm(request.POST or None, initial=_initial(known), fixed=True)
    if form.is_valid() and _defined(request, form, known):
        return redirect("/settings/fields")
    shown = {"form": form, "title": known.label, "back": "/settings/fields"}
    return render(request, "settings/filing/one.html", shown, status=422 if form.is_bound else 200)


def _initial(known: Any) -> dict[str, Any]:
    initial = {name: getattr(known, name) for name in KEPT}
    types = [kind.pk for kind in known.types.all()]
    return {**initial, "choices": choices_as_text(known.choices), "types": types}


def _defined(request: MemberRequest, form: FieldForm, known: Any = None) -> Any:
    said = form.cleaned_data
    wanted = FieldWanted(choices=said["choices"], **{name: said[name] for name in KEPT})
    types = reading.all_types().filter(pk__in=said["types"])
    kept = form.kept(
        lambda: define_field(actor=request.member, wanted=wanted, types=types, field=known, at=now())
    )
    if kept:
        messages.success(request, saved())
    return kept
