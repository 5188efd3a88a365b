"""How every refusal looks: problem+json (RFC 9457) with a stable `code` for programs and a sentence for people.

`type` is always `about:blank` and `title` the phrase of the status, so `code` and `field` are what programs look at.
"""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from pydantic import BaseModel, Field
from pydantic_core import to_json

from fengong.api.sentences import sentence
from fengong.kernel.errors import Refused

MEDIA_TYPE = "application/problem+json"
CODES = {
    400: "malformed",
    401: "unauthenticated",
    403: "denied",
    404: "missing",
    405: "method_not_allowed",
    413: "too_large",
    415: "not_json",
    429: "too_many",
    503: "busy",
}

logger = logging.getLogger(__name__)


class FieldProblem(BaseModel):
    """What is wrong with one input."""

    field: str = Field(description="Path of the input, such as `customer.email`; empty for the whole body.")
    code: str
    detail: str


class Problem(BaseModel):
    """Why a request was not carried out (RFC 9457)."""

    type: str = "about:blank"
    title: str = Field(description="The phrase of the HTTP status.")
    status: int
    code: str = Field(
        description="Stable, for programs, such as `invalid`, `denied.ticket.read`, `capacity`."
    )
    detail: str = Field(description="A whole sentence for people, in their language.")
    field: str | None = Field(default=None, description="The input it is about.")
    errors: list[FieldProblem] | None = Field(
        default=None, description="Every input that cannot be accepted."
    )


def problem(status: int, detail: str, *, code: str = "", **more: Any) -> HttpResponse:
    """A refusal as a response."""
    said = Problem(
        title=HTTPStatus(status).phrase, status=status, code=code or CODES[status], detail=detail, **more
    )
    response = HttpResponse(
        to_json(said, exclude_none=True),
        status=status,
        content_type=MEDIA_TYPE,
        headers={"Cache-Control": "no-store"},
    )
    if status == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def handle_problems(api: NinjaAPI) -> None:
    """Make the API answer every exception with a problem."""
    api.add_exception_handler(Refused, _refused)
    api.add_exception_handler(ValidationError, _not_valid)
    api.add_exception_handler(AuthenticationError, _not_authenticated)
    api.add_exception_handler(HttpError, _http_error)
    api.add_exception_handler(Http404, _not_found)
    api.add_exception_handler(OperationalError, _busy)
    api.add_exception_handler(Exception, _unexpected)


def _refused(request: HttpRequest, refusal: Refused | type[Refused]) -> HttpResponse:
    said = refusal if isinstance(refusal, Refused) else refusal("")
    if said.code == "stale":  # only a request that named a version can be stale
        return problem(HTTPStatus.PRECONDITION_FAILED, said.message, code=said.code)
    return problem(said.status, said.message, code=said.code, field=said.field or None)


def _not_valid(request: HttpRequest, error: Any) -> HttpResponse:
    errors = [
        FieldProblem(field=_field(found["loc"]), code=found["type"], detail=sentence(found))
        for found in error.errors
    ]
    first = errors[0]
    return problem(422, first.detail, code="invalid", field=first.field or None, errors=errors)


def _field(location: tuple[int | str, ...]) -> str:
    """Where an input stands: without its source, and for a body without the name it has in our code."""
    source, *path = location
    return ".".join(str(part) for part in (path[1:] if source == "body" else path))


def _not_authenticated(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(401, _("Sign in, or send a valid access token."))


def _http_error(request: HttpRequest, error: Any) -> HttpResponse:
    details = {
        400: _("The body is not valid JSON."),
        403: _("The request lacks the token that protects sign-ins by cookie; send it as X-CSRFToken."),
    }
    return problem(error.status_code, details.get(error.status_code, str(error)))


def _not_found(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(404, _("There is nothing at this address."))


def _busy(request: HttpRequest, error: Any) -> HttpResponse:
    logger.error("The database did not answer %s", request.path, exc_info=error)
    response = problem(503, _("The database is busy. Try again in a moment."))
    response.headers["Retry-After"] = "1"
    return response


def _unexpected(request: HttpRequest, error: Any) -> HttpResponse:
    logger.error("%s %s failed", request.method, request.path, exc_info=error)
    return problem(500, _("Something went wrong on our side; it has been written down."), code="unexpected")
