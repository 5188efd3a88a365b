"""The form of a policy, its times in words such as `30m`, `4h`, `2d`, its ladder step by step."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from fengong.desk.actions.service_policies import LONGEST_LADDER, Level, Rung, Wanted
from fengong.desk.reading import promises as reading
from fengong.web.promises import LABELS

PRIORITIES = (
    (4, pgettext_lazy("priority", "Urgent")),
    (3, pgettext_lazy("priority", "High")),
    (2, pgettext_lazy("priority", "Normal")),
    (1, pgettext_lazy("priority", "Low")),
)
TARGETS = ("first_response", "next_response", "update", "resolution")
PAUSES = (
    ("customer", gettext_lazy("it waits for the customer")),
    ("third_party", gettext_lazy("it waits for somebody else")),
    ("snoozed", gettext_lazy("it is snoozed")),
)
UNITS = {"": 1, "m": 1, "min": 1, "分": 1, "分钟": 1, "h": 60, "小时": 60, "时": 60, "d": 1440, "天": 1440}
PARTS = ("target", "number", "way")
"""What a step of the ladder is told: of which promise, how much, and of what."""
PART = re.compile(r"(\d+)\s*(min|m|h|d|分钟|分|小时|时|天)?")
WAYS = (
    ("percent", pgettext_lazy("ladder", "% of the time")),
    ("before", pgettext_lazy("ladder", "minutes before its end")),
    ("after", pgettext_lazy("ladder", "minutes after its end")),
)


class Minutes(forms.CharField):
    """A length of time as people write it: `90`, `1h 30m`, `2d`; a day is 24 hours of the calendar."""

    def __init__(self, **more: Any) -> None:
        super().__init__(required=False, max_length=20, **more)
        self.widget.attrs |= {"class": "input", "size": 7, "autocomplete": "off"}

    def clean(self, value: Any) -> int | None:
        text = str(value or "").strip().lower()
        if not text:
            return None
        if PART.sub("", text).strip():
            raise ValidationError(_("Write a time such as 30m, 4h or 2d."))
        return sum(int(number) * UNITS[unit] for number, unit in PART.findall(text))


def in_words(minutes: int | None) -> str:
    """A length of time as the field takes it."""
    if not minutes:
        return ""
    days, rest = divmod(minutes, 1440)
    hours, rest = divmod(rest, 60)
    parts = ((days, "d"), (hours, "h"), (rest, "m"))
    return " ".join(f"{number}{unit}" for number, unit in parts if number)


def _calendars() -> list[tuple[str, str]]:
    known = ((str(calendar.pk), calendar.name) for calendar in reading.calendars())
    return [("", _("Around the clock")), *known]


class PolicyForm(forms.Form):
    """A policy: for which tickets, on which calendar, what by when, and what happens as it comes near."""

    name = forms.CharField(max_length=80, label=gettext_lazy("Name"))
    condition = forms.CharField(
        max_length=1000,
        required=False,
        label=gettext_lazy("For which tickets"),
        help_text=gettext_lazy("As in the search of the list: priority:urgent team:north"),
    )
    position = forms.IntegerField(min_value=0, max_value=999, initial=0, label=gettext_lazy("Order"))
    calendar = forms.ChoiceField(choices=_calendars, required=False, label=gettext_lazy("Calendar"))
    pauses = forms.MultipleChoiceField(
        choices=PAUSES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Clocks stand still while"),
    )

    def __init__(self, data: Any = None, *, policy: Any = None, typed: Any = None) -> None:
        """With `typed`, a form that shows what was typed without judging it yet."""
        super().__init__(data, initial=_initial(policy) if typed is None else _typed(typed))
        self.policy = policy
        self.is_default = bool(policy and policy.is_default)
        for name in ("name", "condition", "position", "calendar"):
            self.fields[name].widget.attrs["class"] = "input"
        for priority, _label in PRIORITIES:
            for target in TARGETS:
                self.fields[f"{target}_{priority}"] = Minutes(label=LABELS[target])
        for tier in (1, 2, 3):
            self.fields[f"ownership_{tier}"] = Minutes()
        for place in range(1, LONGEST_LADDER + 1):
            self.fields |= _rung_fields(place)
        if self.is_default:
            del self.fields["condition"], self.fields["position"]

    def levels(self) -> Iterator[tuple[Any, list[Any]]]:
        """Rows of the table of targets: the priority and its fields."""
        for priority, label in PRIORITIES:
            yield label, [self[f"{target}_{priority}"] for target in TARGETS]

    def tiers(self) -> list[tuple[int, Any]]:
        """The field of each tier."""
        return [(tier, self[f"ownership_{tier}"]) for tier in (1, 2, 3)]

    def rung(self, place: int) -> list[Any]:
        """The fields of a step of the ladder."""
        return [self[f"step_{place}_{part}"] for part in PARTS]

    def has_rung(self, place: int) -> bool:
        """Whether anything stands in a step of the ladder."""
        return any(field.value() for field in self.rung(place)[:2])

    def wanted(self, deeds: Mapping[int, list[dict[str, Any]]]) -> Wanted:
        """What was asked for; `deeds` are those of each step of the ladder."""
        given = self.cleaned_data
        calendar = given["calendar"]
        return Wanted(
            name=given["name"],
            condition=given.get("condition", ""),
            position=given.get("position") or 0,
            calendar=reading.calendar(int(calendar)) if calendar else None,
            pauses=given["pauses"],
            levels={
                priority: Level(**{target: given[f"{target}_{priority}"] for target in TARGETS})
                for priority, _label in PRIORITIES
            },
            ownership={tier: given[f"ownership_{tier}"] for tier in (1, 2, 3)},
            rungs=[rung for place in range(1, LONGEST_LADDER + 1) if (rung := self._rung(place, deeds))],
            is_default=self.is_default,
        )

    def _rung(self, place: int, deeds: Mapping[int, list[dict[str, Any]]]) -> Rung | None:
        target, number, way = (self.cleaned_data[f"step_{place}_{part}"] for part in PARTS)
        if not target:
            return None
        does = deeds.get(place, [])
        if way == "percent":
            return Rung(target, percent=number or 0, deeds=does)
        return Rung(target, minutes=-(number or 0) if way == "before" else number or 0, deeds=does)


def _rung_fields(place: int) -> dict[str, forms.Field]:
    attributes = {"class": "input"}
    targets = [("", "–"), *LABELS.items()]
    number = forms.NumberInput(attrs=attributes | {"size": 6})
    return {
        f"step_{place}_target": forms.ChoiceField(
            choices=targets, required=False, widget=forms.Select(attrs=attributes), label=_("Promise")
        ),
        f"step_{place}_number": forms.IntegerField(
            required=False,
            min_value=0,
            max_value=99_999,
            widget=number,
            label=pgettext_lazy("ladder", "How much"),
        ),
        f"step_{place}_way": forms.ChoiceField(
            choices=WAYS,
            required=False,
            widget=forms.Select(attrs=attributes),
            label=pgettext_lazy("ladder", "Of what"),
        ),
    }


def _initial(policy: Any) -> dict[str, Any]:
    if policy is None:
        return {"pauses": list(reading.USUAL_PAUSES)}
    found: dict[str, Any] = {
        "name": policy.name,
        "condition": policy.condition,
        "position": policy.position,
        "calendar": str(policy.calendar_id or ""),
        "pauses": policy.pauses,
    }
    for level in policy.levels.all():
        for target in TARGETS:
            found[f"{target}_{level.priority}"] = in_words(getattr(level, f"{target}_minutes"))
    found |= {f"ownership_{tier}": in_words(getattr(policy, f"ownership_{tier}")) for tier in (1, 2, 3)}
    for step in policy.steps.all():
        way = "percent" if step.percent is not None else "before" if step.minutes < 0 else "after"
        found[f"step_{step.place}_target"] = step.target
        found[f"step_{step.place}_number"] = step.percent if step.percent is not None else abs(step.minutes)
        found[f"step_{step.place}_way"] = way
    return found


def _typed(data: Any) -> dict[str, Any]:
    return {**data.dict(), "pauses": data.getlist("pauses")}
