"""The customers' door: asking for a link, using it, leaving, choosing a language."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from fengong.customers import queries as customers
from fengong.customers.actions.contacts import choose_language
from fengong.customers.actions.sign_in import request_link, sign_in_by_link
from fengong.customers.policies import SESSION_KEY
from fengong.kernel.clock import now
from fengong.kernel.throttle import Throttle
from fengong.web.middleware import LANGUAGE_COOKIE
from fengong.web.portal.customer import PORTAL, for_everybody, let_in, let_out
from fengong.web.portal.forms import AddressForm

YEAR = 365 * 24 * 3600
AFTER = "portal_next"
"""Where in the session the page is kept to which a customer wanted to go before they signed in."""


@require_http_methods(["GET", "HEAD", "POST"])
@for_everybody
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for a link. The answer is the same whether the address is known or not."""
    if request.method != "POST":
        form = AddressForm(initial={"next": request.GET.get("next", "")})
        return render(request, "portal/sign_in.html", {"form": form})
    form = AddressForm(request.POST)
    if not form.is_valid():
        return render(request, "portal/sign_in.html", {"form": form}, status=422)
    email = form.cleaned_data["email"]
    throttle = Throttle(f"portal {request.META.get('REMOTE_ADDR')}", "")
    if wait := throttle.wait(now()):
        return render(request, "portal/sign_in.html", {"form": form, "wait": wait}, status=429)
    throttle.note(success=False, at=now())
    request.session[AFTER] = _ours(request, form.cleaned_data["next"])
    request_link(actor=PORTAL, email=email, at=now())
    return render(request, "portal/link_sent.html", {"email": email})


@sensitive_variables("secret")
@require_http_methods(["GET", "HEAD", "POST"])
@for_everybody
def enter(request: HttpRequest, secret: str) -> HttpResponse:
    """A link from a mail. Looking at it uses nothing up, for programs look too; the button does."""
    if request.method != "POST":
        good = customers.link_is_good(secret, at=now())
        return render(request, "portal/enter.html", {"good": good}, status=200 if good else 410)
    contact = sign_in_by_link(actor=PORTAL, secret=secret, at=now())
    wanted = request.session.pop(AFTER, "/portal")
    let_in(request, contact)
    return redirect(wanted)


@require_POST
@for_everybody
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave; a member signed in here too stays."""
    let_out(request)
    return redirect("/portal/sign-in")


@require_POST
@for_everybody
def language(request: HttpRequest) -> HttpResponse:
    """Choose a language, for the pages here and for mails."""
    chosen = request.POST.get("language", "")
    response = redirect(_ours(request, request.headers.get("Referer", "")))
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(LANGUAGE_COOKIE, chosen, max_age=YEAR, samesite="Lax", httponly=True)
        if contact := customers.contact(request.session.get(SESSION_KEY) or 0):
            choose_language(actor=contact, contact=contact, language=chosen, at=now())
    return response


def _ours(request: HttpRequest, wanted: str) -> str:
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours else "/portal"
