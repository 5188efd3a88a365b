"""Macros in the composer: choosing one with its effect before one's eyes, and doing it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fengong.automation import queries as automation
from fengong.automation.actions.macros import apply_macro, preview_macro
from fengong.desk.actions.drafts import drop_draft
from fengong.kernel.clock import now
from fengong.kernel.errors import Missing
from fengong.web.member import MemberRequest, for_members
from fengong.web.tickets.attempt import attempt
from fengong.web.tickets.forms import MacroForm
from fengong.web.tickets.listing import Listing
from fengong.web.tickets.opened import Opened
from fengong.web.tickets.speaking import rendered

MOST = 60


@require_safe
@for_members
def macros(request: MemberRequest, pk: int) -> HttpResponse:
    """The list on the left, what the chosen one would write and do on the right; with `names`, only what `/` offers."""
    opened, text = Opened(pk, request.member), request.GET.get("q", "")
    found = list(automation.macros_for(request.member, text)[:MOST])
    if request.GET.get("names"):
        return JsonResponse({"macros": [{"id": macro.pk, "name": macro.label} for macro in found]})
    shown = {"macros": found, "text": text, "list": Listing(request.GET, request.member, ticket=pk)}
    template = "tickets/macro_list.html" if "q" in request.GET else "tickets/macros.html"
    return render(request, template, {**shown, **_previewed(found[:1], opened), "ticket": opened.ticket})


@require_safe
@for_members
def macro(request: MemberRequest, pk: int, macro: int) -> HttpResponse:
    """What one would write here and do."""
    opened, listing = Opened(pk, request.member), Listing(request.GET, request.member, ticket=pk)
    shown = {**_previewed([_the_macro(macro)], opened), "ticket": opened.ticket, "list": listing}
    if request.GET.get("text"):
        preview = shown["preview"]
        return JsonResponse(
            {"body": preview.body, "writes": preview.macro.writes, "deeds": len(preview.chips)}
        )
    return render(request, "tickets/macro_preview.html", shown)


@require_POST
@for_members
def application(request: MemberRequest, pk: int, macro: int) -> HttpResponse:
    """Write what it says and do what it does, all or nothing."""
    opened, actor, form, chosen = (
        Opened(pk, request.member),
        request.member,
        MacroForm(request.POST),
        _the_macro(macro),
    )

    def do() -> None:
        body = form.cleaned_data["body"] if "body" in request.POST else None
        apply_macro(
            actor=actor,
            ticket=opened.ticket,
            member=actor,
            macro=chosen,
            body=body,
            heard=form.cleaned_data["heard"],
            at=now(),
        )
        if (
            body is not None
        ):  # what the writer made of its words; what else they have begun to write is not sent
            drop_draft(actor=actor, ticket=opened.ticket, member=actor, kind=chosen.writes, at=now())

    return attempt(request, pk, form, do, done=_("Done: %(macro)s") % {"macro": chosen.label})


def _previewed(found: list[Any], opened: Opened) -> dict[str, Any]:
    if not found:
        return {"preview": None}
    preview = preview_macro(macro=found[0], ticket=opened.ticket, member=opened.member)
    return {"preview": preview, "html": rendered(preview.body), "heard": opened.talk.heard}


def _the_macro(pk: int) -> Any:
    found = automation.macro(pk)
    if found is None:
        raise Missing(_("This macro does not exist any more."))
    return found
