"""What customers answered: figures with the number behind them, and the answers themselves."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from fengong.desk.reading import satisfaction as reading
from fengong.kernel.clock import now
from fengong.kernel.paging import page
from fengong.people.policies import require
from fengong.web.member import MemberRequest, for_members
from fengong.web.portal.place import place_of, written_place

ROWS = 30
SPANS = (("7", _("7 days")), ("30", _("30 days")), ("90", _("90 days")), ("365", _("A year")))


class SpanForm(forms.Form):
    """How far back."""

    survey = forms.IntegerField(min_value=1, required=False)
    days = forms.ChoiceField(choices=SPANS, required=False)
    score = forms.IntegerField(min_value=0, max_value=10, required=False)
    after = forms.CharField(max_length=60, required=False)


@require_safe
@for_members
def satisfaction(request: MemberRequest) -> HttpResponse:
    """The answers to one survey in a span: agents see those about their own tickets, leads see all."""
    require(request.member, "ticket.read")
    form = SpanForm(request.GET)
    form.is_valid()
    asked, surveys = form.cleaned_data, list(reading.surveys())
    survey = next(
        (found for found in surveys if found.pk == asked.get("survey")), surveys[0] if surveys else None
    )
    shown: dict[str, Any] = {
        "surveys": surveys,
        "survey": survey,
        "spans": SPANS,
        "days": asked.get("days") or "30",
    }
    if survey:
        shown |= _answers(request.member, survey, int(shown["days"]), asked)
    return render(request, "settings/faces/satisfaction.html", shown)


def _answers(member: Any, survey: Any, days: int, asked: dict[str, Any]) -> dict[str, Any]:
    since = now() - timedelta(days=days)
    found = reading.visible(member).filter(survey=survey, answered_at__gte=since)
    count = reading.asked_count(member, survey, since=since)
    shown = found.filter(score=asked["score"]) if asked.get("score") is not None else found
    rows = page(shown, by=("-answered_at", "-id"), limit=ROWS, after=place_of(asked.get("after") or ""))
    return {
        "figures": reading.figures(found, survey, asked=count),
        "rows": rows.rows,
        "after": written_place(rows.after),
        "score": asked.get("score"),
    }
