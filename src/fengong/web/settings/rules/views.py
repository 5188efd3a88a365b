"""Rules: what the desk does by itself."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fengong.automation import queries as automation
from fengong.automation.actions.rules import remove_rule, switch_rule
from fengong.kernel.clock import now
from fengong.kernel.errors import Missing
from fengong.people.policies import require
from fengong.web.member import MemberRequest, for_members
from fengong.web.settings.rules.listing import Log, rows
from fengong.web.settings.rules.page import RulePage


@require_safe
@for_members
def listing(request: MemberRequest) -> HttpResponse:
    """All rules in the order they are asked."""
    require(request.member, "desk.configure")
    return render(request, "settings/rules/list.html", {"rows": rows()})


@require_http_methods(["GET", "POST"])
@for_members
def one(request: MemberRequest, pk: int | None = None) -> HttpResponse:
    """A rule, or the form of a new one; POST keeps it, tries it on past tickets, or changes its steps."""
    page = RulePage(request, pk)
    if page.done():
        messages.success(request, _("Saved."))
        return redirect(page.path)
    shown = {"page": page, "form": page.form, "builder": page.builder, "open": "{{", "close": "}}"}
    return render(request, "settings/rules/one.html", shown, status=page.status)


@require_http_methods(["POST", "DELETE"])
@for_members
def activity(request: MemberRequest, pk: int) -> HttpResponse:
    """Switch it on; DELETE, or `off`, switches it off."""
    active = request.method == "POST" and "off" not in request.POST
    switch_rule(actor=request.member, rule=_there(pk), active=active, at=now())
    messages.success(request, _("The rule is on.") if active else _("The rule is off."))
    return redirect("/settings/rules")


@require_POST
@for_members
def removal(request: MemberRequest, pk: int) -> HttpResponse:
    """Give it up; its log stays."""
    remove_rule(actor=request.member, rule=_there(pk), at=now())
    return redirect("/settings/rules")


@require_safe
@for_members
def log(request: MemberRequest) -> HttpResponse:
    """What rules have done, the newest first."""
    require(request.member, "desk.configure")
    shown = {"log": Log(request.GET), "rules": automation.rules()}
    return render(request, "settings/rules/log.html", shown)


def _there(pk: int) -> Any:
    rule = automation.rule(pk)
    if rule is None:
        raise Missing(_("This rule does not exist."))
    return rule
