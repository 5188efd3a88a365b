"""The forms of a calendar: its week in words, a day that differs, a file of days."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from fengong.desk.actions.calendars import Day
from fengong.desk.reading import promises as reading
from fengong.kernel import holidays, zones
from fengong.kernel.errors import Invalid
from fengong.kernel.hours import hours_text, parse_hours

KINDS = (
    ("closed", pgettext_lazy("kind of day", "Closed")),
    ("hours", pgettext_lazy("kind of day", "Open at other hours")),
    ("like", pgettext_lazy("kind of day", "Worked like another weekday")),
)
INPUT = {"class": "input"}


class Hours(forms.CharField):
    """Hours of a day: `09:00-12:00, 13:30-18:00`; empty is closed."""

    def __init__(self, **more: Any) -> None:
        super().__init__(required=False, max_length=200, widget=forms.TextInput(attrs=INPUT), **more)

    def clean(self, value: Any) -> list[list[int]]:
        try:
            return parse_hours(super().clean(value))
        except Invalid as refusal:
            raise ValidationError(refusal.message) from refusal


def _zones() -> list[tuple[str, str]]:
    return [(name, name) for name in zones.names()]


def _regions() -> list[tuple[str, str]]:
    return [("", _("no country: no holidays")), *((region, region) for region in holidays.regions())]


class CalendarForm(forms.Form):
    """A calendar: its name, its zone, its week, and whose holidays it keeps."""

    name = forms.CharField(max_length=80, label=gettext_lazy("Name"), widget=forms.TextInput(attrs=INPUT))
    zone = forms.ChoiceField(
        choices=_zones, label=gettext_lazy("Time zone"), widget=forms.Select(attrs=INPUT)
    )
    region = forms.ChoiceField(
        choices=_regions,
        required=False,
        label=gettext_lazy("Public holidays of"),
        widget=forms.Select(attrs=INPUT),
    )
    makes_up = forms.BooleanField(
        required=False, label=gettext_lazy("Weekends that are made working days are worked")
    )

    def __init__(self, data: Any = None, *, calendar: Any = None) -> None:
        super().__init__(data, initial=_initial(calendar))
        for number, name in WEEKDAYS.items():
            self.fields[f"day_{number}"] = Hours(label=name)

    def days(self) -> list[Any]:
        """The field of each weekday, from Monday on."""
        return [self[f"day_{number}"] for number in range(7)]

    def given(self) -> dict[str, Any]:
        """What was filled in, as the verb takes it."""
        found = {name: self.cleaned_data[name] for name in ("name", "zone", "region", "makes_up")}
        return found | {"week": [self.cleaned_data[f"day_{number}"] for number in range(7)]}


class DayForm(forms.Form):
    """What one day is, whatever the libraries of holidays say."""

    date = forms.DateField(
        label=gettext_lazy("Day"), widget=forms.DateInput(attrs=INPUT | {"type": "date"}, format="%Y-%m-%d")
    )
    kind = forms.ChoiceField(
        choices=KINDS, label=pgettext_lazy("kind of day", "Kind"), widget=forms.Select(attrs=INPUT)
    )
    hours = Hours(label=gettext_lazy("Hours, if open at others"))
    like = forms.TypedChoiceField(
        coerce=int,
        choices=list(WEEKDAYS.items()),
        required=False,
        empty_value=None,
        label=gettext_lazy("Weekday, if worked like another"),
        widget=forms.Select(attrs=INPUT),
    )
    name = forms.CharField(
        required=False, max_length=120, label=gettext_lazy("Name"), widget=forms.TextInput(attrs=INPUT)
    )

    def day(self) -> Day:
        """What was decided."""
        given = self.cleaned_data
        like = given["like"] if given["kind"] == "like" else None
        return Day(given["date"], given["kind"], given["name"], given["hours"], like)


class FileForm(forms.Form):
    """A file of days."""

    file = forms.FileField(label=gettext_lazy("Days from a file (CSV or ICS)"))


def _initial(calendar: Any) -> dict[str, Any]:
    week = calendar.week if calendar else reading.WORKWEEK
    found: dict[str, Any] = {f"day_{number}": hours_text(week[number]) for number in range(7)}
    if calendar is None:
        return found | {"zone": "Asia/Shanghai", "region": holidays.CHINA, "makes_up": True}
    return found | {name: getattr(calendar, name) for name in ("name", "zone", "region", "makes_up")}
