"""The form of a weekly pattern: hours of each day in words, weeks that take turns, breaks with their windows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengong.kernel import holidays, zones
from fengong.kernel.errors import Invalid
from fengong.kernel.hours import hours_text, parse_hours
from fengong.rota.actions.patterns import PatternWanted
from fengong.web.roster.forms import INPUT, day_field

OFFICE = [[[540, 1080]]] * 5 + [[], []]
DAYS = range(7)


class Hours(forms.CharField):
    """Hours of a day: `09:00-12:00, 13:30-18:00`; empty is free."""

    def __init__(self, **more: Any) -> None:
        super().__init__(required=False, max_length=200, widget=forms.TextInput(attrs=INPUT), **more)

    def clean(self, value: Any) -> list[list[int]]:
        try:
            return parse_hours(super().clean(value))
        except Invalid as refusal:
            raise ValidationError(refusal.message) from refusal


class PatternForm(forms.Form):
    """A pattern, with as many weeks as take turns."""

    name = forms.CharField(max_length=80, label=gettext_lazy("Name"), widget=forms.TextInput(attrs=INPUT))
    starts_on = day_field(gettext_lazy("First day"))
    ends_on = day_field(gettext_lazy("Last day, if it ends"), required=False)
    zone = forms.ChoiceField(
        choices=lambda: [(name, name) for name in zones.names()],
        label=gettext_lazy("Time zone"),
        widget=forms.Select(attrs=INPUT),
    )
    region = forms.ChoiceField(
        choices=lambda: [("", _("no country: no holidays")), *((one, one) for one in holidays.regions())],
        required=False,
        label=gettext_lazy("Public holidays of"),
        widget=forms.Select(attrs=INPUT),
    )
    makes_up = forms.BooleanField(
        required=False, label=gettext_lazy("Weekends that are made working days are worked")
    )
    breaks = forms.CharField(
        required=False,
        max_length=500,
        label=gettext_lazy("Breaks"),
        help_text=gettext_lazy(
            "One a line, such as 12:00-13:00; with a window as 12:00-13:00 in 11:00-14:00."
        ),
        widget=forms.Textarea(attrs=INPUT | {"rows": 3}),
    )

    def __init__(
        self, data: Any, *, pattern: Any, weeks: int, whose: Sequence[tuple[str, str]], today: date
    ) -> None:
        super().__init__(data, initial=_initial(pattern, weeks, today))
        self.weeks, self.pattern = weeks, pattern
        if not pattern:
            label, widget = _("For whom"), forms.Select(attrs=INPUT)
            self.fields["whose"] = forms.ChoiceField(choices=whose, label=label, widget=widget)
        for week in range(weeks):
            for day in DAYS:
                self.fields[f"w{week}_{day}"] = Hours(label=WEEKDAYS[day])

    @property
    def turns(self) -> list[tuple[int, list[Any]]]:
        """Each week by its number with the fields of its days."""
        return [(week + 1, [self[f"w{week}_{day}"] for day in DAYS]) for week in range(self.weeks)]

    def clean_breaks(self) -> list[dict[str, Any]]:
        return [_pause(line.strip()) for line in self.cleaned_data["breaks"].splitlines() if line.strip()]

    def wanted(self) -> PatternWanted:
        """What was filled in, as the verb takes it."""
        names = ("name", "starts_on", "ends_on", "zone", "region", "makes_up", "breaks")
        given = {name: self.cleaned_data[name] for name in names}
        weeks = [[self.cleaned_data[f"w{week}_{day}"] for day in DAYS] for week in range(self.weeks)]
        return PatternWanted(weeks=weeks, anchor=self.pattern.anchor if self.pattern else None, **given)


def in_words(pattern: Any) -> list[str]:
    """The weeks of a pattern, days with the same hours told together: `Mon–Fri 09:00-18:00`."""
    return [_week_in_words(week) for week in pattern.weeks]


def _week_in_words(week: Sequence[Any]) -> str:
    told, first = [], 0
    for day in range(1, 8):
        if day < 7 and week[day] == week[first]:
            continue
        if week[first]:
            names = (
                WEEKDAYS_ABBR[first]
                if day - 1 == first
                else f"{WEEKDAYS_ABBR[first]}–{WEEKDAYS_ABBR[day - 1]}"
            )
            told.append(f"{names} {hours_text(week[first])}")
        first = day
    return " · ".join(told) or _("free")


def _pause(line: str) -> dict[str, Any]:
    text, _word, frame = re.sub(r"\s*(?:\bin\b|/|于|在)\s*", " in ", line).partition(" in ")
    try:
        spans, windows = parse_hours(text), parse_hours(frame)
    except Invalid as refusal:
        raise ValidationError(refusal.message) from refusal
    if len(spans) != 1 or len(windows) > 1:
        raise ValidationError(_("Write one break a line."))
    found: dict[str, Any] = {"begins": spans[0][0], "minutes": spans[0][1] - spans[0][0]}
    return found | ({"window": windows[0]} if windows else {})


def _initial(pattern: Any, weeks: int, today: date) -> dict[str, Any]:
    standing = pattern.weeks if pattern else [OFFICE]
    found: dict[str, Any] = {
        f"w{week}_{day}": hours_text(standing[week % len(standing)][day])
        for week in range(weeks)
        for day in DAYS
    }
    if pattern is None:
        zone = timezone.get_current_timezone_name()
        monday = today + timedelta(days=7 - today.weekday())
        return found | {
            "starts_on": monday,
            "zone": zone,
            "region": holidays.CHINA,
            "makes_up": True,
            "weeks": weeks,
        }
    names = ("name", "zone", "region", "makes_up", "starts_on", "ends_on")
    return found | {name: getattr(pattern, name) for name in names} | {"breaks": _breaks_text(pattern.breaks)}


def _breaks_text(breaks: Sequence[dict[str, Any]]) -> str:
    lines = []
    for one in breaks:
        text = hours_text([[one["begins"], one["begins"] + one["minutes"]]])
        lines.append(f"{text} in {hours_text([one['window']])}" if one.get("window") else text)
    return "\n".join(lines)
