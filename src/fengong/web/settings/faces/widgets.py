"""Chat windows: all of them, a new one, one to change, trying one out."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fengong.integrations.widget import queries as widgets
from fengong.integrations.widget.actions.widgets import add_widget, change_widget, renew_secret
from fengong.kernel.clock import now
from fengong.kernel.errors import Missing, Refused
from fengong.people.policies import require
from fengong.web.member import MemberRequest, for_members
from fengong.web.settings.faces.forms import WidgetForm

PAGE = "/settings/widgets"
CALL = 'fengong.identify({id: "user-1", email: "ana@firm.example", name: "Ana", hash: "…"})'
"""What a page says to vouch for its visitor."""


@require_safe
@for_members
def listing(request: MemberRequest) -> HttpResponse:
    """All chat windows."""
    require(request.member, "desk.configure")
    return render(request, "settings/faces/widgets.html", {"widgets": widgets.widgets()})


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def new(request: MemberRequest) -> HttpResponse:
    """A new chat window."""
    require(request.member, "desk.configure")
    form = WidgetForm(request.POST or None)
    if form.is_valid():
        try:
            widget = add_widget(actor=request.member, values=form.values, at=now())
            return redirect(f"{PAGE}/{widget.pk}")
        except Refused as refusal:
            form.add_error(refusal.field or None, refusal.message)
    return render(request, "settings/faces/widget.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def one(request: MemberRequest, pk: int) -> HttpResponse:
    """One chat window: the tag for one's site, the secret for its server, and everything that can be changed."""
    require(request.member, "desk.configure")
    widget = _widget(pk)
    form = WidgetForm(request.POST or None, initial=_initial(widget))
    if form.is_valid():
        try:
            change_widget(actor=request.member, widget=widget, values=form.values, at=now())
            messages.success(request, _("Saved."))
            return redirect(f"{PAGE}/{pk}")
        except Refused as refusal:
            form.add_error(refusal.field or None, refusal.message)
    shown = {"form": form, "widget": _widget(pk), "tag": tag_of(widget), "call": CALL}
    return render(request, "settings/faces/widget.html", shown, status=422 if form.is_bound else 200)


@require_POST
@for_members
def secret(request: MemberRequest, pk: int) -> HttpResponse:
    """A new secret."""
    renew_secret(actor=request.member, widget=_widget(pk), at=now())
    messages.success(request, _("The secret is new. What was signed with the old one no longer counts."))
    return redirect(f"{PAGE}/{pk}")


@require_safe
@for_members
def trial(request: MemberRequest, pk: int) -> HttpResponse:
    """A page with the chat in it, to try."""
    require(request.member, "desk.configure")
    return render(request, "settings/faces/trial.html", {"widget": _widget(pk)})


def tag_of(widget: Any) -> str:
    """What a site puts into its pages."""
    return f'<script async src="{settings.PUBLIC_URL}/widget.js" data-widget="{widget.token}"></script>'


def _widget(pk: int) -> Any:
    found = widgets.widget(pk)
    if found is None:
        raise Missing(_("There is no such chat window."))
    return found


def _initial(widget: Any) -> dict[str, Any]:
    return {name: getattr(widget, name) for name in WidgetForm.base_fields} | {
        "origins": "\n".join(widget.origins)
    }
