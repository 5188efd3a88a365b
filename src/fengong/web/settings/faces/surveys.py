"""Surveys: all of them, a new one, one to change."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from fengong.desk.actions.surveys import define_survey
from fengong.desk.reading import satisfaction as reading
from fengong.kernel.clock import now
from fengong.kernel.errors import Missing, Refused
from fengong.people.policies import require
from fengong.web.member import MemberRequest, for_members
from fengong.web.settings.faces.forms import SurveyForm

PAGE = "/settings/surveys"


@require_safe
@for_members
def listing(request: MemberRequest) -> HttpResponse:
    """All surveys."""
    require(request.member, "desk.configure")
    return render(request, "settings/faces/surveys.html", {"surveys": reading.surveys()})


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def one(request: MemberRequest, pk: int | None = None) -> HttpResponse:
    """A survey to change, or a new one; what was typed stays when it is refused."""
    require(request.member, "desk.configure")
    survey = _survey(pk) if pk else None
    form = _form(request, survey)
    if form.is_valid():
        kind, values = form.cleaned_data.get("kind", ""), form.cleaned_data
        try:
            define_survey(actor=request.member, survey=survey, kind=kind, values=values, at=now())
            messages.success(request, _("Saved."))
            return redirect(PAGE)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    shown = {"form": form, "survey": survey}
    return render(request, "settings/faces/survey.html", shown, status=422 if form.is_bound else 200)


def _form(request: MemberRequest, survey: Any) -> SurveyForm:
    if survey is None:
        return SurveyForm(request.POST or None, initial={"ways": ["mail", "portal", "widget"]})
    initial = {name: getattr(survey, name) for name in SurveyForm.base_fields}
    return SurveyForm(request.POST or None, initial=initial, kind=survey.kind)


def _survey(pk: int) -> Any:
    found = reading.survey(pk)
    if found is None:
        raise Missing(_("There is no such survey."))
    return found
