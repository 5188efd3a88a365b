"""Business calendars: all of them, a new one, one with a year of its days."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fengong.desk.actions.calendar_files import import_days
from fengong.desk.actions.calendars import clear_day, remove_calendar, save_calendar, set_days
from fengong.desk.reading import promises as reading
from fengong.kernel.clock import now
from fengong.kernel.errors import Missing, Refused
from fengong.people.policies import require
from fengong.web.member import MemberRequest, for_members
from fengong.web.settings.calendars.forms import CalendarForm, DayForm, FileForm
from fengong.web.settings.calendars.year import Year

PAGE = "/settings/calendars"


@require_safe
@for_members
def listing(request: MemberRequest) -> HttpResponse:
    """All calendars, and which of them soon run out of known holidays."""
    require(request.member, "desk.configure")
    return render(request, "settings/calendars/list.html", {"rows": reading.calendars_and_ends(now())})


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def one(request: MemberRequest, pk: int | None = None) -> HttpResponse:
    """A calendar to change, or a new one; what was typed stays when it is refused."""
    require(request.member, "desk.configure")
    calendar = _calendar(pk) if pk else None
    form = CalendarForm(request.POST or None, calendar=calendar)
    if request.method == "POST" and form.is_valid():
        try:
            saved = save_calendar(actor=request.member, calendar=calendar, at=now(), **form.given())
            messages.success(request, _("Saved. Open tickets follow within a moment."))
            return redirect(f"{PAGE}/{saved.pk}")
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    return _page(request, calendar, form=form)


@require_POST
@for_members
def days(request: MemberRequest, pk: int) -> HttpResponse:
    """Decide about a day."""
    calendar, form = _calendar(pk), DayForm(request.POST)
    if form.is_valid():
        try:
            set_days(actor=request.member, calendar=calendar, days=[form.day()], at=now())
            return redirect(f"{PAGE}/{pk}?year={form.cleaned_data['date'].year}#year")
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    require(request.member, "desk.configure")
    return _page(request, calendar, day_form=form)


@require_POST
@for_members
def clearing(request: MemberRequest, pk: int, day: str) -> HttpResponse:
    """Take back what was decided about a day."""
    try:
        on = date.fromisoformat(day)
    except ValueError:
        raise Missing(_("There is no such day.")) from None
    clear_day(actor=request.member, calendar=_calendar(pk), day=on, at=now())
    return redirect(f"{PAGE}/{pk}?year={on.year}#year")


@require_POST
@for_members
def files(request: MemberRequest, pk: int) -> HttpResponse:
    """Take days from a file, and show the lines that were refused."""
    require(request.member, "desk.configure")
    calendar, form = _calendar(pk), FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, calendar, file_form=form)
    file = form.cleaned_data["file"]
    content = file.read()
    taken = import_days(actor=request.member, calendar=calendar, name=file.name, content=content, at=now())
    said = ngettext("%(count)s day was taken in.", "%(count)s days were taken in.", taken.days)
    messages.success(request, said % {"count": taken.days})
    return _page(request, calendar, taken=taken) if taken.refused else redirect(f"{PAGE}/{pk}#year")


@require_POST
@for_members
def removal(request: MemberRequest, pk: int) -> HttpResponse:
    """Remove a calendar that no policy uses."""
    remove_calendar(actor=request.member, calendar=_calendar(pk), at=now())
    return redirect(PAGE)


def _calendar(pk: int) -> Any:
    found = reading.calendar(pk)
    if found is None:
        raise Missing(_("This calendar does not exist."))
    return found


def _page(request: HttpRequest, calendar: Any, **more: Any) -> HttpResponse:
    forms = {"form": CalendarForm(calendar=calendar), "day_form": DayForm(), "file_form": FileForm()}
    shown: dict[str, Any] = {**forms, **more, "calendar": calendar}
    if calendar:
        shown["year"] = Year(calendar, request.GET.get("year", ""), now())
    bound = any(form.is_bound and form.errors for form in (shown[name] for name in forms))
    status = 422 if bound or "taken" in more else 200
    return render(request, "settings/calendars/one.html", shown, status=status)
