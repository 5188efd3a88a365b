"""The customers' pages: where they are, how the form gets into another site, and links that wait to be sent."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fengong.customers import queries as customers
from fengong.customers.actions.sign_in import give_link
from fengong.kernel.clock import now
from fengong.people.policies import require
from fengong.web.member import MemberRequest, for_members
from fengong.web.settings.faces.forms import LinkForm


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def portal(request: MemberRequest) -> HttpResponse:
    """The page; POST makes a link for one customer, shown this once, and the spine remembers who made it."""
    require(request.member, "desk.configure")
    form, link = LinkForm(request.POST or None), ""
    if form.is_valid():
        contact = customers.contact_by_email(form.cleaned_data["email"])
        if contact is None:
            form.add_error("email", _("Nobody has this address."))
        else:
            link = customers.sign_in_address(give_link(actor=request.member, contact=contact, at=now()))
    shown = {
        "form": form,
        "link": link,
        "portal_address": f"{settings.PUBLIC_URL}/portal",
        "form_address": f"{settings.PUBLIC_URL}/contact",
        "origins": settings.CONTACT_FORM_ORIGINS,
        "frame": f'<iframe src="{settings.PUBLIC_URL}/contact?frame=1" width="100%" height="640"></iframe>',
        "waiting": customers.waiting_notices(at=now(), limit=50),
    }
    return render(request, "settings/faces/portal.html", shown, status=422 if form.errors else 200)
