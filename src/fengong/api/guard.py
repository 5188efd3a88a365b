"""What holds for every address of the API: bodies are small and JSON; what the framework refuses is a problem too."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _

from fengong.api.problems import problem

MOST_BYTES = 1024 * 1024
"""The largest body taken in."""
MULTIPART = "multipart/form-data"
WITH_FILE = re.compile(r"/tickets/\d+/attachments$")
WITH_BODY = frozenset({"POST", "PUT", "PATCH"})

View = Callable[..., HttpResponseBase]


def guarded(view: View) -> View:
    """Check what comes in before the view reads it, and how the answer looks."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if refusal := _refuse(request):
            return refusal
        response = view(request, *args, **kwargs)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            allowed = response.headers["Allow"]
            response = problem(405, _("Only %(methods)s is possible here.") % {"methods": allowed})
            response.headers["Allow"] = allowed
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return checked


def unknown(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    """Any address that is not one of ours."""
    return problem(404, _("There is nothing at this address."))


def _refuse(request: HttpRequest) -> HttpResponse | None:
    if request.method == "POST" and request.content_type == MULTIPART and WITH_FILE.search(request.path):
        return _refuse_file(request)
    if _declared(request) > MOST_BYTES or len(request.body) > MOST_BYTES:
        return problem(413, _("The body may have at most %(bytes)s bytes.") % {"bytes": MOST_BYTES})
    if request.method in WITH_BODY and request.body and request.content_type != "application/json":
        return problem(415, _("Send the body as application/json."))
    return None


def _refuse_file(request: HttpRequest) -> HttpResponse | None:
    """Files come as forms and may be larger; how large exactly is the verb's to say."""
    most = settings.ATTACHMENT_MOST_BYTES + MOST_BYTES
    if _declared(request) > most:
        return problem(413, _("The body may have at most %(bytes)s bytes.") % {"bytes": most})
    try:
        _parsed = request.FILES
    except (MultiPartParserError, SuspiciousOperation):
        return problem(400, _("The body is not a whole form."))
    return None


def _declared(request: HttpRequest) -> int:
    length = request.headers.get("Content-Length", "")
    return int(length) if length.isascii() and length.isdigit() else 0
