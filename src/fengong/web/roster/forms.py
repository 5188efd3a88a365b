"""What is sent from the roster."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from fengong.kernel.errors import Invalid
from fengong.rota.files.lines import breaks_of
from fengong.rota.reading.weeks import Pause, instant

INPUT = {"class": "input"}
CLOCK = {"class": "input", "type": "time"}
KINDS = (
    ("annual", pgettext_lazy("leave", "Annual leave")),
    ("sick", pgettext_lazy("leave", "Sick leave")),
    ("training", pgettext_lazy("leave", "Training")),
    ("other", pgettext_lazy("leave", "Other leave")),
)


def day_field(label: Any, **more: Any) -> forms.DateField:
    """A day, chosen from a calendar."""
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs=INPUT | {"type": "date"}, format="%Y-%m-%d"), **more
    )


def clock_field(label: Any, **more: Any) -> forms.TimeField:
    """A time of day."""
    return forms.TimeField(label=label, widget=forms.TimeInput(attrs=CLOCK, format="%H:%M"), **more)


class SpanForm(forms.Form):
    """A day and two times on its wall clock; an end at or before the start is of the next day."""

    member = forms.IntegerField(min_value=1, label=gettext_lazy("Member"), widget=forms.Select(attrs=INPUT))
    day = day_field(gettext_lazy("Day"))
    starts = clock_field(pgettext_lazy("shift", "From"))
    ends = clock_field(pgettext_lazy("shift", "Until"))

    def __init__(self, data: Any = None, *, people: Any = (), **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["member"].widget.choices = [(one.pk, one.display_name) for one in people]

    @property
    def span(self) -> tuple[datetime, datetime]:
        """The two ends as instants."""
        given, zone = self.cleaned_data, timezone.get_current_timezone_name()
        first, last = _minute(given["starts"]), _minute(given["ends"])
        return (
            instant(given["day"], first, zone),
            instant(given["day"], last if last > first else last + 1440, zone),
        )


class ShiftForm(SpanForm):
    """A shift, with its breaks in words."""

    breaks = forms.CharField(
        required=False,
        max_length=300,
        label=pgettext_lazy("shift", "Breaks"),
        widget=forms.TextInput(attrs=INPUT | {"placeholder": "12:00-13:00; 15:30-15:45"}),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.pauses: list[Pause] = []

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if {"day", "starts", "ends"} <= given.keys():
            try:
                self.pauses = list(
                    breaks_of(
                        given.get("breaks", ""), given["day"], self.span, timezone.get_current_timezone_name()
                    )
                )
            except Invalid as refusal:
                raise ValidationError({"breaks": refusal.message}) from refusal
        return given


class StandbyForm(SpanForm):
    """Standby, and how quickly somebody is there."""

    answers_within = forms.IntegerField(
        min_value=0,
        max_value=1440,
        initial=30,
        label=gettext_lazy("Answers within minutes"),
        widget=forms.NumberInput(attrs=INPUT),
    )


class PlaceForm(forms.Form):
    """Where a shift was dropped."""

    member = forms.IntegerField(min_value=1)
    day = forms.DateField()


class ClockForm(forms.Form):
    """A time of day."""

    starts = forms.TimeField()

    @staticmethod
    def near(moment: datetime, clock: time) -> datetime:
        """When the clock shows this time, on the day before, of, or after a moment, whichever is nearest."""
        day = timezone.localtime(moment).date()
        zone = timezone.get_current_timezone_name()
        found = (instant(day + timedelta(days=by), _minute(clock), zone) for by in (-1, 0, 1))
        return min(found, key=lambda one: abs(one - moment))


class DecisionForm(forms.Form):
    """Yes or no to leave."""

    state = forms.ChoiceField(choices=[("approved", ""), ("declined", "")])
    answer = forms.CharField(required=False, max_length=500)


class BackForm(forms.Form):
    """What an undo sends: the times a shift had, and whether somebody had changed it by hand before."""

    starts_at = forms.DateTimeField(required=False, input_formats=["%Y-%m-%dT%H:%M:%S%z"])
    ends_at = forms.DateTimeField(required=False, input_formats=["%Y-%m-%dT%H:%M:%S%z"])
    planned = forms.IntegerField(min_value=1, required=False)
    changed = forms.BooleanField(required=False)


class CopyForm(forms.Form):
    """Which week is copied into which, and whose."""

    source = forms.DateField()
    target = forms.DateField()
    team = forms.IntegerField(min_value=1, required=False)


class LeaveForm(forms.Form):
    """Leave that is asked for: whole days, or hours of one day where both times are given."""

    member = forms.IntegerField(
        min_value=1, required=False, label=gettext_lazy("Member"), widget=forms.Select(attrs=INPUT)
    )
    kind = forms.ChoiceField(
        choices=KINDS, label=gettext_lazy("Kind of leave"), widget=forms.Select(attrs=INPUT)
    )
    first_day = day_field(gettext_lazy("First day"))
    last_day = day_field(gettext_lazy("Last day"), required=False)
    starts = clock_field(gettext_lazy("From, if only some hours"), required=False)
    ends = clock_field(gettext_lazy("Until, if only some hours"), required=False)
    note = forms.CharField(
        required=False,
        max_length=500,
        label=gettext_lazy("Note for who decides"),
        widget=forms.Textarea(attrs=INPUT | {"rows": 2}),
    )

    def __init__(self, data: Any = None, *, people: Any = (), **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["member"].widget.choices = [(one.pk, one.display_name) for one in people]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if bool(given.get("starts")) != bool(given.get("ends")):
            raise ValidationError(_("Give both times, or neither."))
        last = given.get("last_day")
        if given.get("starts") and last and last != given.get("first_day"):
            raise ValidationError(_("Hours are of one day: leave the last day empty."))
        return given

    @property
    def span(self) -> tuple[datetime, datetime]:
        given, zone = self.cleaned_data, timezone.get_current_timezone_name()
        first, last = given["first_day"], given["last_day"] or given["first_day"]
        if given["starts"]:
            ends = _minute(given["ends"])
            return instant(first, _minute(given["starts"]), zone), instant(first, ends or 1440, zone)
        return instant(first, 0, zone), instant(last, 1440, zone)

    @property
    def whole_days(self) -> bool:
        return not self.cleaned_data["starts"]


def breaks_text(breaks: Any) -> str:
    """Breaks in the words they are typed in."""
    pairs = ((timezone.localtime(one.starts_at), timezone.localtime(one.ends_at)) for one in breaks)
    return "; ".join(f"{begins:%H:%M}-{ends:%H:%M}" for begins, ends in pairs)


def on_day(moment: datetime, day: date) -> datetime:
    """The same time on the wall clock of another day, in the reader's zone."""
    zone = timezone.get_current_timezone_name()
    return instant(day, _minute(moment.astimezone(ZoneInfo(zone)).time()), zone)


def lasting(starts_at: datetime, ends_at: datetime, day: date) -> tuple[datetime, datetime]:
    """A span on another day, at the same times on the wall clock."""
    days = timezone.localtime(ends_at).date() - timezone.localtime(starts_at).date()
    return on_day(starts_at, day), on_day(ends_at, day + timedelta(days=days.days))


def _minute(clock: time) -> int:
    return clock.hour * 60 + clock.minute
