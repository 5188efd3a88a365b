"""What-ifs: asked, watched, left and found again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fengong.dispatch import queries as dispatch
from fengong.kernel.clock import now
from fengong.kernel.errors import Invalid, Missing
from fengong.people.policies import require
from fengong.planning import queries as planning
from fengong.planning.actions.comparisons import ask_what_if, stop_what_if
from fengong.web.division.policy.dials import differences
from fengong.web.division.policy.editions import found, in_force, whole
from fengong.web.division.policy.forms import WhatIfForm
from fengong.web.member import MemberRequest, for_members, is_htmx


@require_POST
@for_members
def what_ifs(request: MemberRequest, pk: int) -> HttpResponse:
    """Compare an edition with the policy in force, over the past."""
    edition, current = found(pk), dispatch.current_policy()
    form = WhatIfForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("Choose a stretch of the past and how many runs."))
    at = now()
    row = ask_what_if(
        actor=request.member,
        member=request.member,
        before=in_force(),
        after=whole(edition),
        numbers=(current.number if current else None, edition.number),
        first=at - timedelta(days=form.cleaned_data["days"]),
        last=at,
        seeds=form.cleaned_data["seeds"],
        at=at,
    )
    return redirect("what-if", pk=row.pk)


@require_safe
@for_members
def what_if(request: MemberRequest, pk: int) -> HttpResponse:
    """How far it is, and what it found."""
    require(request.member, "board.assign")
    row = _found(pk)
    language = "zh-hans" if (get_language() or "").startswith("zh") else "en"
    shown = {
        "run": row,
        "told": row.found.get(language),
        "problem": row.problem.get(language, ""),
        "percent": round(100 * row.done),
        "changes": differences(row.before, row.after),
    }
    template = "division/policy/run.html" if is_htmx(request) else "division/policy/what_if.html"
    return render(request, template, shown)


@require_POST
@for_members
def stopping(request: MemberRequest, pk: int) -> HttpResponse:
    """Give it up."""
    stop_what_if(actor=request.member, comparison=_found(pk), at=now())
    return redirect("what-if", pk=pk)


def _found(pk: int) -> Any:
    row = planning.comparison(pk)
    if row is None:
        raise Missing(_("There is no such what-if."))
    return row
