"""Teams: all of them, and one with who leads it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fengong.kernel.clock import now
from fengong.kernel.errors import Missing
from fengong.people import queries as people
from fengong.people.actions.frame import change_team, disband_team
from fengong.people.actions.teams import form_team
from fengong.people.policies import require
from fengong.web.member import MemberRequest, for_members
from fengong.web.settings.people.forms import LedTeamForm, TeamForm


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def listing(request: MemberRequest) -> HttpResponse:
    """All teams, and the form of a new one."""
    require(request.member, "people.manage")
    form = TeamForm(request.POST or None)
    if form.is_valid() and form.kept(
        lambda: form_team(actor=request.member, slug="", at=now(), **form.cleaned_data)
    ):
        messages.success(request, _("Saved."))
        return redirect("/settings/teams")
    sizes = Counter(member.team_id for member in people.members())
    rows = [(team, sizes[team.pk]) for team in people.teams().select_related("lead")]
    shown = {"form": form, "rows": rows}
    return render(request, "settings/people/teams.html", shown, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def one(request: MemberRequest, pk: int) -> HttpResponse:
    """One team; POST changes its names and its lead."""
    require(request.member, "people.manage")
    team = _team(pk)
    initial = {"name_zh": team.name_zh, "name_en": team.name_en, "lead": team.lead_id}
    form = LedTeamForm(request.POST or None, initial=initial, team=team)
    if form.is_valid() and form.kept(lambda: _changed(request, team, form)):
        messages.success(request, _("Saved."))
        return redirect("/settings/teams")
    gone = f"/settings/teams/{pk}/removal"
    shown = {"form": form, "title": team.label, "back": "/settings/teams", "gone": gone}
    return render(request, "settings/filing/one.html", shown, status=422 if form.is_bound else 200)


@require_POST
@for_members
def removal(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a team away that nobody is on."""
    disband_team(actor=request.member, team=_team(pk), at=now())
    messages.success(request, _("The team is gone."))
    return redirect("/settings/teams")


def _team(pk: int) -> Any:
    found = people.team(pk)
    if found is None:
        raise Missing(_("This team does not exist."))
    return found


def _changed(request: MemberRequest, team: Any, form: LedTeamForm) -> Any:
    given = form.cleaned_data
    lead = people.member(given["lead"]) if given["lead"] else None
    return change_team(
        actor=request.member,
        team=team,
        name_zh=given["name_zh"],
        name_en=given["name_en"],
        lead=lead,
        at=now(),
    )
