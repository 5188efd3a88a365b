"""What every page gets: a strict content policy, and the reader's language and time zone."""

from __future__ import annotations

import zoneinfo

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.deprecation import MiddlewareMixin

from fengong.kernel.clock import now
from fengong.people.actions.accounts import note_seen

LANGUAGE_COOKIE = "language"
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "frame-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)


class ContentSecurityPolicy(MiddlewareMixin):
    """No inline script, no inline style, nothing from elsewhere."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        response.headers.setdefault("Content-Security-Policy", POLICY)
        return response


class ReaderLocale(MiddlewareMixin):
    """Language and zone of the account; before sign-in a cookie, then what the browser asks for."""

    def process_request(self, request: HttpRequest) -> None:
        account = request.user if request.user.is_authenticated else None
        translation.activate(account.language if account else _guess(request))
        request.LANGUAGE_CODE = translation.get_language()
        try:
            timezone.activate(zoneinfo.ZoneInfo(account.time_zone if account else settings.TIME_ZONE))
        except (zoneinfo.ZoneInfoNotFoundError, ValueError):
            timezone.deactivate()
        if account:
            note_seen(account=account, at=now())

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        response.headers.setdefault("Content-Language", translation.get_language())
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response


def _guess(request: HttpRequest) -> str:
    wanted = request.COOKIES.get(LANGUAGE_COOKIE, "")
    if wanted in dict(settings.LANGUAGES):
        return wanted
    return translation.get_language_from_request(request)
