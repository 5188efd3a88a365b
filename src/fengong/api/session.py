"""The session of a browser: coming in, going out, and the token that protects what changes something."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.translation import gettext as _
from ninja import Router, Status
from ninja.errors import AuthenticationError

from fengong.api.authentication import MemberRequest, Session, at_work
from fengong.api.schemas.people import Member, SessionIn, SessionOut
from fengong.kernel.clock import now
from fengong.kernel.errors import Refused
from fengong.kernel.throttle import Throttle
from fengong.people import queries as people

router = Router(tags=["session"])


class TooMany(Refused):
    """Too many wrong passwords from one place."""

    code = "too_many"
    status = 429


@router.get("", operation_id="get_session", response=SessionOut, auth=Session())
def get_session(request: MemberRequest) -> Any:
    """Who is signed in here."""
    return _shown(request, request.auth)


@router.post("", operation_id="sign_in", response={201: SessionOut}, auth=None)
def sign_in(request: HttpRequest, given: SessionIn) -> Any:
    """Sign in by address and password. Too many wrong ones from one place have to wait."""
    throttle = Throttle(str(request.META.get("REMOTE_ADDR")), given.email)
    if wait := throttle.wait(now()):
        raise TooMany(_("Too many attempts. Try again in %(seconds)s s.") % {"seconds": wait})
    account = authenticate(request, username=given.email, password=given.password.get_secret_value())
    throttle.note(success=account is not None, at=now())
    if account is None:
        raise AuthenticationError(message="password")
    member = at_work(people.member_of(account))
    login(request, account)
    return Status(201, _shown(request, member))


@router.delete("", operation_id="sign_out", response={204: None}, auth=Session())
def sign_out(request: MemberRequest) -> Any:
    """Leave."""
    logout(request)
    return Status(204, None)


def _shown(request: HttpRequest, member: Any) -> SessionOut:
    return SessionOut(member=Member.model_validate(member), csrf_token=get_token(request))
