"""Webhooks: endpoints, their secrets, and what was delivered to them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fengong.integrations.webhooks import queries as webhooks
from fengong.integrations.webhooks.actions.deliveries import ping, redeliver
from fengong.integrations.webhooks.actions.endpoints import remove_endpoint, rotate_secret, switch_endpoint
from fengong.kernel.clock import now
from fengong.kernel.errors import Missing
from fengong.people.policies import require
from fengong.web.member import MemberRequest, for_members
from fengong.web.settings.webhooks.forms import EndpointForm
from fengong.web.settings.webhooks.listing import Deliveries, rows
from fengong.web.settings.webhooks.saving import added, changed, known


@require_safe
@for_members
def listing(request: MemberRequest) -> HttpResponse:
    """All endpoints, and how their deliveries of the last week went."""
    require(request.member, "desk.configure")
    return render(request, "settings/webhooks/list.html", {"rows": rows(now())})


@require_http_methods(["GET", "POST"])
@for_members
def new(request: MemberRequest) -> HttpResponse:
    """The form of a new endpoint; POST keeps it and shows its secret this once."""
    require(request.member, "desk.configure")
    form = EndpointForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (made := added(request.member, form)):
        return _with_secret(request, *made)
    return render(request, "settings/webhooks/new.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@for_members
def one(request: MemberRequest, pk: int) -> HttpResponse:
    """An endpoint with its deliveries; POST changes it."""
    require(request.member, "desk.configure")
    endpoint = _there(pk)
    form = EndpointForm(request.POST or None, initial=known(endpoint))
    if request.method == "POST" and form.is_valid() and changed(request.member, endpoint, form):
        messages.success(request, _("Saved."))
        return redirect(f"/settings/webhooks/{pk}")
    shown = {"endpoint": endpoint, "form": form, "deliveries": Deliveries(endpoint, request.GET)}
    return render(request, "settings/webhooks/one.html", shown, status=422 if form.is_bound else 200)


@require_POST
@for_members
def secret(request: MemberRequest, pk: int) -> HttpResponse:
    """A new secret, shown this once; for a day the one before opens messages too."""
    endpoint = _there(pk)
    return _with_secret(request, endpoint, rotate_secret(actor=request.member, endpoint=endpoint, at=now()))


@require_POST
@for_members
def activity(request: MemberRequest, pk: int) -> HttpResponse:
    """Switch it on or off."""
    active = "off" not in request.POST
    switch_endpoint(actor=request.member, endpoint=_there(pk), active=active, at=now())
    return redirect(f"/settings/webhooks/{pk}")


@require_POST
@for_members
def pings(request: MemberRequest, pk: int) -> HttpResponse:
    """Send a message that says nothing."""
    ping(actor=request.member, endpoint=_there(pk), at=now())
    messages.success(request, _("A test message is on its way."))
    return redirect(f"/settings/webhooks/{pk}")


@require_POST
@for_members
def removal(request: MemberRequest, pk: int) -> HttpResponse:
    """Forget it and its deliveries."""
    remove_endpoint(actor=request.member, endpoint=_there(pk), at=now())
    return redirect("/settings/webhooks")


@require_POST
@for_members
def attempts(request: MemberRequest, pk: int) -> HttpResponse:
    """Send a message again as it was."""
    delivery = webhooks.delivery(pk)
    if delivery is None:
        raise Missing(_("This message is gone; messages are kept for a month."))
    redeliver(actor=request.member, delivery=delivery, at=now())
    messages.success(request, _("It is sent again."))
    return redirect(f"/settings/webhooks/{delivery.endpoint_id}")


def _with_secret(request: MemberRequest, endpoint: Any, text: str) -> HttpResponse:
    response = render(request, "settings/webhooks/secret.html", {"endpoint": endpoint, "secret": text})
    response.headers["Cache-Control"] = "no-store"
    return response


def _there(pk: int) -> Any:
    endpoint = webhooks.endpoint(pk)
    if endpoint is None:
        raise Missing(_("This endpoint does not exist."))
    return endpoint
