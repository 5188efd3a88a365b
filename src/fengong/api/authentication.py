"""Who asks: a program by its access token, or a person by the session of their browser."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext as _
from ninja.errors import AuthenticationError, HttpError
from ninja.security import APIKeyCookie, HttpBearer
from ninja.utils import check_csrf

from fengong.kernel.clock import now
from fengong.kernel.errors import Denied
from fengong.people import queries as people
from fengong.people.actions.tokens import note_used


class MemberRequest(HttpRequest):
    """A request of a member; `auth` is who asks, and acts."""

    auth: Any


class AccessToken(HttpBearer):
    """The access token of a program. A wrong one is refused even where a session would do."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        at = now()
        known = people.token_by_secret(token.strip())
        if known is None or not known.is_valid(at) or not known.account.is_active:
            raise AuthenticationError
        if "Accept-Language" not in request.headers:
            translation.activate(known.account.language)
        note_used(token=known, at=at)
        return at_work(getattr(known.account, "member", None))


class Session(APIKeyCookie):
    """The session cookie of a browser; what changes something also needs the token against forged requests."""

    param_name = "sessionid"

    def __call__(self, request: HttpRequest) -> Any:
        if not request.user.is_authenticated:
            return None
        if check_csrf(request):
            raise HttpError(403, "csrf")
        return self.authenticate(request, None)

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        return at_work(people.member_of(request.user)) if request.user.is_authenticated else None


def at_work(member: Any) -> Any:
    """The member, where they are an active one; else Denied."""
    if member is None or not member.active:
        raise Denied(
            _("This account belongs to no active member. Ask an administrator."), code="denied.no_member"
        )
    return member


ANY = [AccessToken(), Session()]
"""What opens an operation; only the keeping of tokens and sessions asks for a session."""
