"""Weekly patterns: all of them, a new one, one to change."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fengong.kernel.clock import now
from fengong.kernel.errors import Missing, Refused
from fengong.people import queries as people
from fengong.people.policies import require
from fengong.rota import queries as rota
from fengong.rota.actions.patterns import MOST_WEEKS, remove_pattern, save_pattern
from fengong.rota.policies import require_planning, require_planning_team, require_reading_shifts_of
from fengong.web.member import MemberRequest, for_members
from fengong.web.roster.pattern_form import PatternForm, in_words
from fengong.web.roster.people import planned_by
from fengong.web.roster.tabs import page


@require_safe
@for_members
def listing(request: MemberRequest) -> HttpResponse:
    """All patterns, each with its weeks in words."""
    require_reading_shifts_of(request.member, None)
    rows = [(pattern, in_words(pattern)) for pattern in rota.patterns()]
    shown = {"rows": rows, "may_plan": request.member.may("shift.plan")}
    return page(request, "roster/patterns.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def one(request: MemberRequest, pk: int | None = None) -> HttpResponse:
    """A pattern to change, or a new one; what was typed stays when it is refused."""
    pattern = _pattern(request, pk)
    form = PatternForm(
        request.POST or None,
        pattern=pattern,
        weeks=_weeks(request, pattern),
        whose=_whose(request.member),
        today=timezone.localtime(now()).date(),
    )
    if request.method == "POST" and "count" not in request.POST and form.is_valid():
        try:
            _save(request, form, pattern)
            messages.success(request, _("Saved. Shifts follow within moments."))
            return redirect("/roster/patterns")
        except Refused as refusal:
            form.add_error(None, refusal.message)
    shown = {"form": form, "pattern": pattern, "most": MOST_WEEKS}
    return page(request, "roster/pattern.html", shown, status=422 if form.errors else 200)


@require_POST
@for_members
def removal(request: MemberRequest, pk: int) -> HttpResponse:
    """Remove a pattern with the shifts it would still have brought."""
    pattern = _pattern(request, pk)
    remove_pattern(actor=request.member, pattern=pattern, at=now())
    messages.success(request, _("The pattern “%(name)s” is removed.") % {"name": pattern.name})
    return redirect("/roster/patterns")


def _save(request: MemberRequest, form: PatternForm, pattern: Any) -> None:
    whose: dict[str, Any] = {"pattern": pattern}
    if pattern is None:
        kind, _colon, number = form.cleaned_data["whose"].partition(":")
        rows = people.teams() if kind == "team" else people.members()
        whose = {kind: next(row for row in rows if row.pk == int(number))}
    save_pattern(actor=request.member, wanted=form.wanted(), at=now(), **whose)


def _pattern(request: MemberRequest, pk: int | None) -> Any:
    require(request.member, "shift.plan")
    if pk is None:
        return None
    found = rota.pattern(pk)
    if found is None:
        raise Missing(_("This pattern does not exist any more."))
    if found.member:
        require_planning(request.member, found.member)
    if found.team:
        require_planning_team(request.member, found.team)
    return found


def _weeks(request: MemberRequest, pattern: Any) -> int:
    """How many weeks take turns: as the form says, or the pattern."""
    said = request.POST.get("weeks") or request.GET.get("weeks") or ""
    standing = len(pattern.weeks) if pattern else 1
    return (
        min(max(int(said), 1), MOST_WEEKS)
        if said.isascii() and said.isdecimal() and len(said) < 3
        else standing
    )


def _whose(member: Any) -> list[tuple[str, str]]:
    """Teams and members somebody plans for."""
    teams = [one for one in people.teams() if member.may("people.manage") or one.lead_id == member.pk]
    return [
        *((f"team:{one.pk}", _("Everybody of %(team)s") % {"team": one.label}) for one in teams),
        *((f"member:{one.pk}", one.display_name) for one in planned_by(member)),
    ]
