"""Positions and duties as they are read: all of them, one, an edition, RACI, on paper; and that one has read them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fengong.kernel.clock import now
from fengong.kernel.errors import Missing
from fengong.people import queries as people
from fengong.people.actions.duties import acknowledge_duties
from fengong.people.actions.duty_templates import TEMPLATES
from fengong.web.division.positions.page import EditionPage, Overview, PositionPage, Sheets
from fengong.web.division.positions.wording import FAULTS, LETTERS
from fengong.web.member import MemberRequest, for_members

LANGUAGES = {"zh": ("zh-hans",), "en": ("en",), "both": ("zh-hans", "en")}


@require_safe
@for_members
def listing(request: MemberRequest) -> HttpResponse:
    """Every position with its holders and how its duties stand."""
    shown = {"overview": Overview(request.member, now()), "templates": TEMPLATES.values()}
    return render(request, "division/positions/list.html", shown)


@require_safe
@for_members
def mine(request: MemberRequest) -> HttpResponse:
    """The position one holds."""
    return redirect(f"/division/positions/{request.member.position_id}")


@require_safe
@for_members
def one(request: MemberRequest, pk: int) -> HttpResponse:
    """A position: its duties, how its figures stand, its editions, who has read them."""
    page = PositionPage(request.member, position_there(pk), now())
    return render(request, "division/positions/one.html", {"page": page})


@require_safe
@for_members
def edition(request: MemberRequest, pk: int) -> HttpResponse:
    """One edition, and how it differs from the one before."""
    page = EditionPage(request.member, edition_there(pk), now())
    return render(request, "division/positions/edition.html", {"page": page})


@require_POST
@for_members
def acknowledgement(request: MemberRequest, pk: int) -> HttpResponse:
    """One has read the duties of one's position."""
    read = edition_there(pk)
    acknowledge_duties(actor=request.member, edition=read, at=now())
    messages.success(request, _("Noted that you have read these duties."))
    return redirect(f"/division/positions/{read.position_id}")


@require_safe
@for_members
def raci(request: MemberRequest) -> HttpResponse:
    """Tasks beside positions, and what is wrong with them."""
    positions, rows = people.raci(now())
    told = [(row, [(one, row.letters.get(one.pk, "")) for one in positions], _faults(row)) for row in rows]
    faulty = sum(bool(row.faults) for row in rows)
    shown = {"positions": positions, "rows": told, "letters": LETTERS, "faulty": faulty}
    return render(request, "division/positions/raci.html", shown)


@require_safe
@for_members
def printed(request: MemberRequest, pk: int | None = None) -> HttpResponse:
    """Duties in force as they go on paper, in one language or in both."""
    chosen = [position_there(pk)] if pk else list(people.positions())
    wanted = request.GET.get("language", "")
    here = "en" if request.user.language == "en" else "zh"
    sheets = Sheets(chosen, now())
    key = wanted if wanted in LANGUAGES else here
    shown = {"sheets": sheets, "languages": LANGUAGES[key], "key": key, "here": request.path}
    return render(request, "division/positions/print.html", shown)


def position_there(pk: int) -> Any:
    """The position, or that there is none."""
    found = people.position(pk)
    if found is None:
        raise Missing(_("This position does not exist."))
    return found


def edition_there(pk: int) -> Any:
    """The edition, or that there is none."""
    found = people.duty_edition(pk)
    if found is None:
        raise Missing(_("This edition does not exist."))
    return found


def _faults(row: Any) -> list[Any]:
    return [FAULTS[fault] for fault in row.faults]
