"""The form by which anybody writes in: no account, no foreign captcha; also inside another site's page."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from fengong.customers.actions.contacts import find_or_add_contact
from fengong.kernel.allowance import Allowance
from fengong.kernel.clock import now
from fengong.web.middleware import POLICY
from fengong.web.portal.customer import PORTAL, for_everybody
from fengong.web.portal.extra import asked
from fengong.web.portal.forms import ContactForm, stamp
from fengong.web.portal.written import write_in

MOST, WITHIN = 5, 600
"""Messages from one place within so many seconds."""


@csrf_exempt
@xframe_options_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@for_everybody
def contact(request: HttpRequest) -> HttpResponse:
    """Write in. Nobody is signed in here, so there is no cookie that another site could misuse."""
    form = ContactForm(request.POST or None, request.FILES or None)
    if form.is_bound and form.is_from_a_machine:
        return _shown(request, "portal/contact_sent.html", {"email": form.data.get("email", "")})
    if form.is_valid() and not _allowed(request):
        form.add_error(None, _("Too many messages from here. Try again in a few minutes."))
    if form.is_valid() and _sent(request, form):
        return _shown(request, "portal/contact_sent.html", {"email": form.cleaned_data["email"]})
    shown = {"form": form, "stamp": stamp(), "once": form.data.get("once") or secrets.token_urlsafe(12)}
    shown["extra"] = asked(request.POST if form.is_bound else None)
    return _shown(request, "portal/contact.html", shown, status=422 if form.is_bound else 200)


def _allowed(request: HttpRequest) -> bool:
    place = str(request.META.get("REMOTE_ADDR"))
    return Allowance("contact form", place, most=MOST, seconds=WITHIN).take(now())


def _sent(request: HttpRequest, form: ContactForm) -> bool:
    given = form.cleaned_data
    customer = find_or_add_contact(
        actor=PORTAL,
        email=given["email"],
        display_name=given["name"],
        language=get_language() or settings.LANGUAGE_CODE,
        at=now(),
    )
    return write_in(request, customer, form) is not None


def _shown(request: HttpRequest, template: str, shown: dict[str, object], status: int = 200) -> HttpResponse:
    """The page, in a frame of the sites that are allowed to show it and of no others."""
    framed = request.GET.get("frame") == "1"
    response = render(request, template, {**shown, "framed": framed}, status=status)
    sites = " ".join(settings.CONTACT_FORM_ORIGINS) or "'none'"
    response.headers["Content-Security-Policy"] = POLICY.replace(
        "frame-ancestors 'none'", f"frame-ancestors {sites}"
    )
    return response
