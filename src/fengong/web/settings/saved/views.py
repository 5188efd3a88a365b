"""Saved views: one's own and those that are shared; each becomes a tab of the list."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fengong.desk.actions.views import arrange_views, remove_view, save_view
from fengong.desk.reading.views import view_of, views_of
from fengong.kernel.clock import now
from fengong.kernel.errors import Missing, Refused
from fengong.people.policies import require
from fengong.web.member import MemberRequest, for_members
from fengong.web.settings.saved.forms import ViewForm, audience_of


@require_http_methods(["GET", "POST"])
@for_members
def listing(request: MemberRequest) -> HttpResponse:
    """All views one sees, and the form of a new one; POST keeps it and shows it in the list."""
    require(request.member, "ticket.read")
    asked = {"query": request.GET.get("query", "")}
    form = ViewForm(request.POST or None, member=request.member, initial=asked)
    if request.method == "POST" and form.is_valid() and (saved := _saved(request, form)):
        return redirect(f"/tickets?view=v{saved.pk}")
    shown = {"form": form, "views": views_of(request.member)}
    return render(request, "settings/views/list.html", shown, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@for_members
def one(request: MemberRequest, pk: int) -> HttpResponse:
    """The form of a view; POST changes it."""
    view = _seen(request, pk)
    known = {"name": view.name, "query": view.query, "sort": view.sort, "audience": audience_of(view)}
    form = ViewForm(request.POST or None, member=request.member, initial=known)
    if request.method == "POST" and form.is_valid() and _saved(request, form, view):
        return redirect("/settings/views")
    shown = {"form": form, "view": view}
    return render(request, "settings/views/one.html", shown, status=422 if form.is_bound else 200)


@require_POST
@for_members
def removal(request: MemberRequest, pk: int) -> HttpResponse:
    """Take it away."""
    remove_view(actor=request.member, view=_seen(request, pk), at=now())
    return redirect("/settings/views")


@require_POST
@for_members
def order(request: MemberRequest) -> HttpResponse:
    """Put one's views into the order sent."""
    wanted = [_seen(request, int(pk)) for pk in request.POST.getlist("view") if pk.isdecimal()]
    arrange_views(actor=request.member, views=wanted, at=now())
    return redirect("/settings/views")


def _seen(request: MemberRequest, pk: int) -> Any:
    view = view_of(request.member, pk)
    if view is None:
        raise Missing(_("This view does not exist."))
    return view


def _saved(request: MemberRequest, form: ViewForm, view: Any = None) -> Any:
    """The view as kept; None where it was refused, which the form then says."""
    wanted = _wanted(form.cleaned_data, request.member)
    columns = view.columns if view else ()
    try:
        return save_view(actor=request.member, view=view, columns=columns, at=now(), **wanted)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return None


def _wanted(said: dict[str, Any], member: Any) -> dict[str, Any]:
    audience = said["audience"] or "me"
    return {
        "name": said["name"],
        "query": said["query"],
        "sort": said["sort"] or "due",
        "member": member if audience == "me" else None,
        "team": member.team if audience == "team" else None,
    }
