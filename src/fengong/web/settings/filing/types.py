"""The page of types."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fengong.desk.actions.field_definitions import define_type
from fengong.desk.reading import fields as reading
from fengong.kernel.clock import now
from fengong.kernel.errors import Missing
from fengong.people.policies import require
from fengong.web.member import MemberRequest, for_members
from fengong.web.settings.filing.forms import TypeForm, saved

KEPT = ("name_zh", "name_en", "slug", "children_first", "active", "position")


@require_http_methods(["GET", "POST"])
@for_members
def listing(request: MemberRequest) -> HttpResponse:
    """All types and the form of a new one."""
    require(request.member, "desk.configure")
    form = TypeForm(request.POST or None)
    if form.is_valid() and _defined(request, form):
        return redirect("/settings/types")
    shown = {"form": form, "types": reading.all_types()}
    return render(request, "settings/filing/types.html", shown, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@for_members
def one(request: MemberRequest, pk: int) -> HttpResponse:
    """One type; POST changes it."""
    require(request.member, "desk.configure")
    known = reading.ticket_type(pk)
    if known is None:
        raise Missing(_("This type does not exist."))
    form = TypeForm(request.POST or None, initial={name: getattr(known, name) for name in KEPT})
    if form.is_valid() and _defined(request, form, known):
        return redirect("/settings/types")
    shown = {"form": form, "title": known.label, "back": "/settings/types"}
    return render(request, "settings/filing/one.html", shown, status=422 if form.is_bound else 200)


def _defined(request: MemberRequest, form: TypeForm, known: Any = None) -> Any:
    said = {name: form.cleaned_data[name] for name in KEPT}
    kept = form.kept(lambda: define_type(actor=request.member, type=known, at=now(), **said))
    if kept:
        messages.success(request, saved())
    return kept
