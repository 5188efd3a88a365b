"""Signatures: one's own for everybody at the desk, those of teams for who curates it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from fengong.automation.deeds.wording import PLACES, check
from fengong.desk.actions.signatures import set_signature
from fengong.desk.reading.signatures import signatures_of_member, signatures_of_teams
from fengong.kernel.clock import now
from fengong.kernel.errors import Missing, Refused
from fengong.people import queries as people
from fengong.people.policies import require
from fengong.web.member import MemberRequest, for_members

LANGUAGES = (("zh-hans", "简体中文"), ("en", "English"))


@dataclass(frozen=True)
class Sheet:
    """Whose signature, and its words in each language."""

    whose: str
    name: str
    words: list[tuple[str, str, str]]


@require_http_methods(["GET", "POST"])
@for_members
def signatures(request: MemberRequest) -> HttpResponse:
    """What stands under answers; POST (`whose`, and a text a language) saves one sheet."""
    require(request.member, "ticket.work")
    error = _saved(request) if request.method == "POST" else None
    if request.method == "POST" and error is None:
        messages.success(request, _("Saved."))
        return redirect("signatures")
    shown = {"sheets": _sheets(request), "places": _places(), "error": error}
    return render(request, "settings/signatures/page.html", shown, status=error.status if error else 200)


def _saved(request: MemberRequest) -> Refused | None:
    try:
        whose = _whose(request)
        for language, _label in LANGUAGES:
            body = request.POST.get(f"body-{language}", "")
            check(body)
            set_signature(actor=request.member, language=language, body=body, at=now(), **whose)
    except Refused as refusal:
        return refusal
    return None


def _whose(request: MemberRequest) -> dict[str, Any]:
    asked = request.POST.get("whose", "")
    if asked == "me":
        return {"member": request.member}
    for team in people.teams():
        if str(team.pk) == asked:
            return {"team": team}
    raise Missing(_("This team does not exist."))


def _sheets(request: MemberRequest) -> list[Sheet]:
    """One's own, then those of teams; what was typed and refused stands there again."""
    own = signatures_of_member(request.member)
    sheets = [_sheet(request, "me", pgettext("signature", "My signature"), own)]
    if not request.member.may("desk.curate"):
        return sheets
    kept = signatures_of_teams()
    for team in people.teams():
        words = {language: kept.get((team.pk, language), "") for language, _label in LANGUAGES}
        sheets.append(_sheet(request, str(team.pk), str(team.label), words))
    return sheets


def _sheet(request: MemberRequest, whose: str, name: str, words: dict[str, str]) -> Sheet:
    typed = request.POST if request.POST.get("whose") == whose else {}
    return Sheet(
        whose,
        name,
        [(code, label, typed.get(f"body-{code}", words.get(code, ""))) for code, label in LANGUAGES],
    )


def _places() -> list[tuple[str, str]]:
    return [(f"{{{{{name}}}}}", str(label)) for name, (label, _read) in PLACES.items()]
