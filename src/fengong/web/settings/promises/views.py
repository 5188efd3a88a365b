"""Policies of promised times: all of them, a new one, one to change or remove."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fengong.desk.actions.service_policies import remove_policy
from fengong.desk.reading import promises as reading
from fengong.kernel.clock import now
from fengong.people.policies import require
from fengong.web.member import MemberRequest, for_members
from fengong.web.settings.promises.forms import TARGETS, in_words
from fengong.web.settings.promises.page import PolicyPage, policy_there

PAGE = "/settings/promises"


@require_safe
@for_members
def listing(request: MemberRequest) -> HttpResponse:
    """All policies in the order in which they are tried, and how many open tickets each counts for."""
    require(request.member, "desk.configure")
    counts = reading.open_tickets_by_policy()
    rows = [(policy, counts.get(policy.pk, 0), _promised(policy)) for policy in reading.policies()]
    return render(request, "settings/promises/list.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def one(request: MemberRequest, pk: int | None = None) -> HttpResponse:
    """A policy to change, or a new one; what was typed stays when it is refused, or when deeds come and go."""
    page = PolicyPage(request, pk)
    if page.done():
        messages.success(request, _("Saved. Open tickets follow within a moment."))
        return redirect(PAGE)
    shown = {"page": page, "form": page.form, "policy": page.policy, "open": "{{", "close": "}}"}
    return render(request, "settings/promises/one.html", shown, status=page.status)


@require_POST
@for_members
def removal(request: MemberRequest, pk: int) -> HttpResponse:
    """Remove a policy; its tickets get the next one that applies."""
    remove_policy(actor=request.member, policy=policy_there(pk), at=now())
    messages.success(request, _("Removed. Its tickets follow the next policy within a moment."))
    return redirect(PAGE)


def _promised(policy: Any) -> list[str]:
    """For urgent tickets, the times promised, as the form shows them."""
    levels = {level.priority: level for level in policy.levels.all()}
    urgent = levels.get(4)
    return [in_words(getattr(urgent, f"{target}_minutes", None)) for target in TARGETS]
