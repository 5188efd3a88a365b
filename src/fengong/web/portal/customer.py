"""From request to customer and back: a session of their own beside that of members, and how a refusal looks."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import translation

from fengong.customers import queries as customers
from fengong.customers.policies import SESSION_KEY
from fengong.kernel.actor import System
from fengong.kernel.errors import Refused
from fengong.web.member import is_htmx
from fengong.web.middleware import LANGUAGE_COOKIE

PORTAL = System("portal")
"""Who acts for a customer that is not known yet."""
DAYS_SIGNED_IN = 30


class CustomerRequest(HttpRequest):
    """A request of a signed-in customer."""

    customer: Any


def for_customers(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let customers in, send others to their door, and show refusals."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        asked = cast("CustomerRequest", request)
        asked.customer = customers.contact(request.session.get(SESSION_KEY) or 0)
        if asked.customer is None:
            return _to_the_door(request)
        return for_everybody(view)(asked, *args, **kwargs)

    return guarded


def for_everybody(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A page of the customers' house in the language they chose, or their browser's; refusals are shown."""

    @wraps(view)
    def open_to_all(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        _speak(request)
        try:
            response = view(request, *args, **kwargs)
        except Refused as refusal:
            response = refused(request, refusal)
        response.headers["Cache-Control"] = "private, no-store"
        return response

    return open_to_all


def let_in(request: HttpRequest, contact: Any) -> None:
    """Begin a customer's session; a member's in the same browser stays as it is."""
    request.session.cycle_key()
    request.session[SESSION_KEY] = contact.pk
    if not request.user.is_authenticated:
        request.session.set_expiry(DAYS_SIGNED_IN * 24 * 3600)


def let_out(request: HttpRequest) -> None:
    """End a customer's session, and only that."""
    request.session.pop(SESSION_KEY, None)
    request.session.cycle_key()


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """A refusal as a sentence on the page that asked, or as a page of its own."""
    template = "portal/refused_line.html" if is_htmx(request) else "portal/refused.html"
    return render(request, template, {"refusal": refusal}, status=refusal.status)


def _speak(request: HttpRequest) -> None:
    chosen = request.COOKIES.get(LANGUAGE_COOKIE, "")
    known = dict(settings.LANGUAGES)
    translation.activate(chosen if chosen in known else translation.get_language_from_request(request))
    request.LANGUAGE_CODE = translation.get_language()


def _to_the_door(request: HttpRequest) -> HttpResponse:
    if is_htmx(request):
        return HttpResponse(status=401, headers={"HX-Refresh": "true"})
    return redirect(f"/portal/sign-in?{urlencode({'next': request.get_full_path()})}")
