"""From request to visitor and back: no cookie, but a secret that the window shows in a header."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from fengong.integrations.widget import queries as widgets
from fengong.kernel.actor import System
from fengong.kernel.allowance import Allowance
from fengong.kernel.clock import now
from fengong.kernel.errors import Denied, Missing, Refused

WIDGET = System("widget")
"""Who acts for a visitor that is nobody yet."""
SAME_SITE = ("same-origin", "none", "")


class TooMuch(Refused):
    """More than one place may do in a while."""

    code = "too_many"
    status = 429


class WidgetRequest(HttpRequest):
    """A request of a widget's window."""

    widget: Any
    visitor: Any


def for_windows(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """For an active widget, asked from its own window; refusals are told as JSON, in the window's language.

    Another site cannot ask here: it would need leave to send the header, and none is ever given.
    """

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, token: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        asked = cast("WidgetRequest", request)
        speak(asked, request.headers.get("X-Language", ""))
        try:
            asked.widget = active_widget(token)
            if request.headers.get("Sec-Fetch-Site", "") not in SAME_SITE:
                raise Denied(_("This address answers only to its own window."))
            response = view(asked, *args, **kwargs)
        except Refused as refusal:
            response = told(refusal)
        response.headers["Cache-Control"] = "no-store"
        return response

    return guarded


def for_visitors(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """For a visitor of this widget who shows their secret."""

    @wraps(view)
    def known(request: WidgetRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.visitor = widgets.visitor_by_secret(request.headers.get("X-Visitor", ""))
        if request.visitor is None or request.visitor.widget_id != request.widget.pk:
            return HttpResponse(status=401)
        return view(request, *args, **kwargs)

    return for_windows(known)


def active_widget(token: str) -> Any:
    """The widget with this public name; Missing when there is none or it was put to rest."""
    found = widgets.widget_by_token(token)
    if found is None:
        raise Missing(_("There is no such chat window."))
    return found


def limit(request: WidgetRequest, what: str, *, most: int, seconds: int, whose: str = "") -> None:
    """Raise TooMuch when this place, or this visitor, has done it too often."""
    place = whose or str(request.META.get("REMOTE_ADDR"))
    if not Allowance(f"widget {what}", place, most=most, seconds=seconds).take(now()):
        raise TooMuch(_("Too many messages from here. Try again in a few minutes."))


def speak(request: HttpRequest, wanted: str) -> None:
    """Answer in this language, or in that of the browser."""
    known = dict(settings.LANGUAGES)
    translation.activate(wanted if wanted in known else translation.get_language_from_request(request))
    request.LANGUAGE_CODE = translation.get_language()


def told(refusal: Refused) -> JsonResponse:
    """A refusal for the window to show."""
    return JsonResponse({"code": refusal.code, "detail": refusal.message}, status=refusal.status)
