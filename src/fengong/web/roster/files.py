"""Rosters from files: checked first, then written, with a report line by line."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from fengong.kernel import zones
from fengong.kernel.clock import now
from fengong.people.policies import require
from fengong.rota.actions.importing import CSV, ICALENDAR, Report, import_roster
from fengong.web.member import MemberRequest, for_members
from fengong.web.roster.forms import INPUT
from fengong.web.roster.people import member_at, planned_by
from fengong.web.roster.tabs import page
from fengong.web.roster.told import given_fields


class RosterFileForm(forms.Form):
    """A file, its zone, and whom lines are about that name nobody."""

    file = forms.FileField(label=gettext_lazy("CSV or iCalendar file"))
    zone = forms.ChoiceField(
        choices=lambda: [(name, name) for name in zones.names()],
        label=gettext_lazy("Time zone of times without one"),
        widget=forms.Select(attrs=INPUT),
    )
    member = forms.IntegerField(
        min_value=1,
        required=False,
        label=gettext_lazy("Whom entries are about that name nobody"),
        widget=forms.Select(attrs=INPUT),
    )
    write = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, people: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        choices: Any = [("", "–"), *((one.pk, one.display_name) for one in people)]
        self.fields["member"].widget.choices = choices


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def files(request: MemberRequest) -> HttpResponse:
    """The page with the form; a file that is sent is answered by its report."""
    require(request.member, "shift.plan")
    people = planned_by(request.member)
    if request.method != "POST":
        form = RosterFileForm(people=people, initial={"zone": timezone.get_current_timezone_name()})
        return page(request, "roster/files.html", {"form": form})
    report = _taken(request, given_fields(RosterFileForm(request.POST, request.FILES, people=people)))
    return render(request, "roster/report.html", {"report": report})


def _taken(request: MemberRequest, given: dict[str, Any]) -> Report:
    """What became of the lines of a file, or would become of them."""
    content = given["file"].read()
    is_calendar = content.lstrip(b"\xef\xbb\xbf \r\n")[:15].upper() == b"BEGIN:VCALENDAR"
    return import_roster(
        actor=request.member,
        content=content,
        form=ICALENDAR if is_calendar else CSV,
        zone=given["zone"],
        member=member_at(given["member"]) if given["member"] else None,
        dry=not given["write"],
        at=now(),
    )
