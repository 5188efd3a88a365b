"""From request to member and back: who asks, whether they may, and how a refusal looks."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from fengong.kernel.clock import now
from fengong.kernel.errors import Denied, Refused
from fengong.kernel.tail import settled_seq
from fengong.people import queries as people


class MemberRequest(HttpRequest):
    """A request of a signed-in member."""

    member: Any
    user: Any
    heard: int | None
    """The fact up to which the page was drawn; it listens from there."""


def is_htmx(request: HttpRequest) -> bool:
    """Whether the page asks for a fragment of itself; going back in history asks for the whole."""
    return "HX-Request" in request.headers and "HX-History-Restore-Request" not in request.headers


def for_members(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let members in, send others to the door, and show refusals."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _to_the_door(request)
        try:
            asked = cast("MemberRequest", request)
            asked.member = people.member_of(request.user)
            if asked.member is None:
                raise Denied(_("This account belongs to no active member. Ask an administrator."))
            asked.heard = settled_seq(at=now()) if _is_visit(request) else None
            return view(asked, *args, **kwargs)
        except Refused as refusal:
            return refused(request, refusal)

    return guarded


def _is_visit(request: HttpRequest) -> bool:
    """Whether a browser asks for a whole page, whose stream must begin before the page reads its first row."""
    wants_page = "text/html" in request.headers.get("Accept", "")
    return request.method == "GET" and wants_page and not is_htmx(request)


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """A refusal as a toast on the page that asked, or as a page of its own."""
    template = "parts/refused_toast.html" if is_htmx(request) else "refused.html"
    return render(request, template, {"refusal": refusal}, status=refusal.status)


def _to_the_door(request: HttpRequest) -> HttpResponse:
    if is_htmx(request):
        return HttpResponse(status=401, headers={"HX-Refresh": "true"})
    return redirect_to_login(request.get_full_path())
