"""Macros: one's own, and for those who curate the shared ones."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fengong.automation import queries as automation
from fengong.automation.actions.macros import remove_macro
from fengong.automation.deeds import describe_all
from fengong.kernel.clock import now
from fengong.kernel.errors import Missing
from fengong.people.policies import require
from fengong.web.member import MemberRequest, for_members
from fengong.web.settings.macros.page import MacroPage


@require_safe
@for_members
def listing(request: MemberRequest) -> HttpResponse:
    """The macros one may change, with what each does."""
    require(request.member, "ticket.work")
    kept = list(automation.macros_kept_by(request.member))
    rows = list(zip(kept, describe_all(macro.deeds for macro in kept), strict=True))
    return render(request, "settings/macros/list.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@for_members
def one(request: MemberRequest, pk: int | None = None) -> HttpResponse:
    """A macro, or the form of a new one; POST keeps it, or changes the steps in the form."""
    page = MacroPage(request, pk)
    if page.save():
        messages.success(request, _("Saved."))
        return redirect("/settings/macros")
    shown = {"page": page, "form": page.form, "builder": page.builder, "open": "{{", "close": "}}"}
    return render(request, "settings/macros/one.html", shown, status=page.status)


@require_POST
@for_members
def removal(request: MemberRequest, pk: int) -> HttpResponse:
    """Give it up."""
    macro = automation.macro(pk)
    if macro is None:
        raise Missing(_("This macro does not exist."))
    remove_macro(actor=request.member, macro=macro, at=now())
    return redirect("/settings/macros")
