"""Coming in, going out, and how one reads."""

from __future__ import annotations

from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from fengong.kernel.clock import now
from fengong.people import queries as people
from fengong.people.actions.accounts import change_reading
from fengong.rota.actions.presence import set_presence
from fengong.web.account.forms import PreferencesForm, SignInForm
from fengong.web.member import MemberRequest, for_members
from fengong.web.middleware import LANGUAGE_COOKIE
from fengong.web.shell import Shell

YEAR = 365 * 24 * 3600


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The door. A wrong password keeps the address."""
    form = SignInForm(request, request.POST or None)
    if form.is_valid():
        login(request, form.account)
        return redirect(_next(request))
    status = 429 if form.wait else 422 if form.is_bound else 200
    shown = {"form": form, "next": _next(request), "is_new": not people.teams()}
    return render(request, "account/sign_in.html", shown, status=status)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave."""
    logout(request)
    return redirect("sign_in")


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Choose a language before signing in."""
    form = PreferencesForm(request.POST)
    response = redirect("sign_in")
    if form.is_valid():
        response.set_cookie(
            LANGUAGE_COOKIE, form.cleaned_data["language"], max_age=YEAR, samesite="Lax", httponly=True
        )
    return response


@require_POST
@for_members
def preferences(request: MemberRequest) -> HttpResponse:
    """Change language or theme, then read the same page again."""
    form = PreferencesForm(request.POST)
    if form.is_valid():
        change_reading(account=request.user, **form.cleaned_data)
    response = redirect(_back(request))
    response.set_cookie(LANGUAGE_COOKIE, request.user.language, max_age=YEAR, samesite="Lax", httponly=True)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def presence(request: MemberRequest) -> HttpResponse:
    """Read or set whether one is here: the meter in the head of the page."""
    if request.method == "POST":
        status = request.POST.get("status", "")
        set_presence(actor=request.member, member=request.member, status=status, at=now())
    return render(request, "parts/meter.html", {"meter": Shell(request).meter})


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or "/today"
    return wanted if _is_ours(request, wanted) else "/today"


def _back(request: HttpRequest) -> str:
    wanted = request.headers.get("Referer", "/today")
    return wanted if _is_ours(request, wanted) else "/today"


def _is_ours(request: HttpRequest, wanted: str) -> bool:
    return url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
