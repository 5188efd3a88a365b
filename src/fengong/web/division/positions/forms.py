"""What leads type: one duty, a position's frame, from when on an edition counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from fengong.desk.reading import promises as calendars
from fengong.kernel.errors import Refused
from fengong.kernel.hours import hours_text
from fengong.people import queries as people
from fengong.people.actions.duty_checks import DutyWanted
from fengong.people.reading import duties
from fengong.web.division.positions.wording import CHANNELS, LETTERS, LEVELS
from fengong.web.settings.calendars.forms import Hours
from fengong.web.settings.filing.forms import NamedForm, SettingForm

ASKED, FIGURES = 3, 4
"""How many positions work is handed over to, and figures, a form has room for."""
OWN = "own"
KPI_UNITS = (
    ("minutes", pgettext_lazy("unit", "minutes")),
    ("hours", pgettext_lazy("unit", "hours")),
    ("days", pgettext_lazy("unit", "days")),
    ("percent", pgettext_lazy("unit", "percent")),
    ("per_day", pgettext_lazy("unit", "a day")),
    ("count", pgettext_lazy("unit", "pieces")),
)
SECONDS = {"minutes": 60, "hours": 3600, "days": 86400}
WHENS = (
    ("always", gettext_lazy("Around the clock")),
    ("calendar", gettext_lazy("As a calendar says")),
    ("week", gettext_lazy("At the hours below")),
)
TIERS = (("", gettext_lazy("none: takes no tickets by itself")), (1, "L1"), (2, "L2"), (3, "L3"))


class PositionForm(NamedForm):
    """A position: its names, what it may do in the product, which tickets it takes."""

    role = forms.ChoiceField(choices=duties.ROLES, label=gettext_lazy("What it may do in the product"))
    tier = forms.TypedChoiceField(
        coerce=int,
        empty_value=None,
        required=False,
        choices=TIERS,
        label=gettext_lazy("Tier of the tickets it gets"),
    )
    difficulty_min = forms.TypedChoiceField(
        coerce=int, choices=LEVELS, initial=1, label=gettext_lazy("Easiest")
    )
    difficulty_max = forms.TypedChoiceField(
        coerce=int, choices=LEVELS, initial=3, label=gettext_lazy("Hardest")
    )


class PublicationForm(SettingForm):
    """From when on a draft is to count."""

    effective_on = forms.DateField(
        label=gettext_lazy("In force from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


def _tasks() -> list[tuple[str, Any]]:
    known = duties.known_tasks().items()
    shown = sorted((zh or en, task) for task, (zh, en) in known)
    return [("", _("work of its own")), *((task, label) for label, task in shown)]


def _topics() -> list[tuple[int, Any]]:
    return [(topic.pk, topic.label) for topic in people.topics()]


def _positions() -> list[tuple[Any, Any]]:
    return [("", "–"), *((position.pk, position.label) for position in people.positions())]


def _calendars() -> list[tuple[str, str]]:
    return [("", "–"), *((one.name, one.name) for one in calendars.calendars())]


def _kpis() -> list[tuple[str, Any]]:
    return [("", "–"), *duties.KPIS, (OWN, _("a figure of our own"))]


def _many(label: Any, choices: Any, coerce: Any = int, **more: Any) -> forms.TypedMultipleChoiceField:
    widget = forms.CheckboxSelectMultiple
    return forms.TypedMultipleChoiceField(
        coerce=coerce, choices=choices, required=False, widget=widget, label=label, **more
    )


class DutyForm(SettingForm):
    """One line of a duty list."""

    task = forms.ChoiceField(
        choices=_tasks,
        required=False,
        label=gettext_lazy("The same work as"),
        help_text=gettext_lazy("RACI lays the same work of several positions side by side."),
    )
    task_zh = forms.CharField(max_length=240, required=False, label=gettext_lazy("Task in Chinese"))
    task_en = forms.CharField(max_length=240, required=False, label=gettext_lazy("Task in English"))
    raci = _many(gettext_lazy("Role in it"), LETTERS, str)
    topics = _many(gettext_lazy("Topics (none ticked: all)"), _topics)
    difficulties = _many(gettext_lazy("Difficulties (none ticked: all)"), LEVELS)
    channels = _many(gettext_lazy("Channels (none ticked: all)"), CHANNELS, str)
    when = forms.ChoiceField(choices=WHENS, required=False, label=gettext_lazy("Hours"))
    calendar = forms.ChoiceField(choices=_calendars, required=False, label=gettext_lazy("Calendar"))

    def __init__(self, data: Any = None, *, duty: Any = None) -> None:
        super().__init__(data, initial=_initial(duty))
        self.known = duty.task if duty else ""
        for number, name in WEEKDAYS.items():
            self.fields[f"day_{number}"] = Hours(label=name)
        for number in range(ASKED):
            self.fields[f"hands_to_{number}"] = forms.TypedChoiceField(
                coerce=int, empty_value=None, choices=_positions, required=False, label=_("Position")
            )
        for number in range(FIGURES):
            self._add_figure(number)
        for field in self.fields.values():
            if not isinstance(field.widget, forms.CheckboxSelectMultiple):
                field.widget.attrs["class"] = "input"

    def _add_figure(self, number: int) -> None:
        self.fields[f"kpi_{number}"] = forms.ChoiceField(choices=_kpis, required=False, label=_("Figure"))
        self.fields[f"kpi_{number}_name"] = forms.CharField(
            max_length=60, required=False, label=_("Name, if your own")
        )
        self.fields[f"kpi_{number}_target"] = forms.FloatField(
            min_value=0, max_value=1e9, required=False, label=_("Target")
        )
        self.fields[f"kpi_{number}_unit"] = forms.ChoiceField(
            choices=KPI_UNITS, required=False, label=_("Unit")
        )

    def days(self) -> list[Any]:
        """The field of each weekday."""
        return [self[f"day_{number}"] for number in range(7)]

    def asked(self) -> list[Any]:
        """Whom work is handed over to, in order."""
        return [self[f"hands_to_{number}"] for number in range(ASKED)]

    def figures(self) -> list[tuple[Any, ...]]:
        """The fields of each figure."""
        parts = ("", "_name", "_target", "_unit")
        return [tuple(self[f"kpi_{number}{part}"] for part in parts) for number in range(FIGURES)]

    def clean(self) -> dict[str, Any]:
        """A figure needs a target; hours and a calendar are not said both."""
        given = self.cleaned_data
        for number in range(FIGURES):
            if given.get(f"kpi_{number}") and given.get(f"kpi_{number}_target") is None:
                self.add_error(f"kpi_{number}_target", ValidationError(_("Say the target.")))
        if given.get("when") == "calendar" and not given.get("calendar"):
            self.add_error("calendar", ValidationError(_("Choose a calendar.")))
        return given

    def kept(self, verb: Callable[[], Any]) -> Any:
        """What the verb returns; a refusal stands beside the input that it names, whichever line of the list it is."""
        try:
            return verb()
        except Refused as refusal:
            field = refusal.field.rpartition(".")[2]
            self.add_error(field if field in self.fields else None, refusal.message)
            return None

    def wanted(self, taken: set[str]) -> DutyWanted:
        """The line, as the verb takes it; work of its own is named so that no other in the list has the name."""
        given = self.cleaned_data
        hours = [given[f"day_{number}"] for number in range(7)] if given["when"] == "week" else []
        asked = [one for number in range(ASKED) if (one := given[f"hands_to_{number}"])]
        return DutyWanted(
            task=given["task"] or self.known or _name(given["task_en"], taken | set(duties.known_tasks())),
            task_zh=given["task_zh"],
            task_en=given["task_en"],
            raci="".join(given["raci"]),
            topics=given["topics"],
            difficulties=given["difficulties"],
            channels=given["channels"],
            hours=hours,
            calendar=given["calendar"] if given["when"] == "calendar" else "",
            kpis=[_kpi(given, number) for number in range(FIGURES) if given[f"kpi_{number}"]],
            hands_to=asked,
        )


def _name(words: str, taken: set[str]) -> str:
    stem = slugify(words)[:50].strip("-") or "task"
    stem = stem.replace("_", "-")
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return stem if stem not in taken else next(name for name in numbered if name not in taken)


def _kpi(given: dict[str, Any], number: int) -> dict[str, Any]:
    """The figure as it is stored: recorded times in seconds, recorded shares as parts of one."""
    key, unit, target = (given[f"kpi_{number}{part}"] for part in ("", "_unit", "_target"))
    if key == OWN:
        days = (
            {"target": target * 24, "unit": "hours"} if unit == "days" else {"target": target, "unit": unit}
        )
        return {"key": given[f"kpi_{number}_name"].strip(), "source": "manual", **days}
    if key in duties.TIMES:
        return {"key": key, "source": "spine", "unit": "seconds", "target": target * SECONDS.get(unit, 60)}
    if key in duties.SHARES:
        return {"key": key, "source": "spine", "unit": "share", "target": target / 100}
    return {"key": key, "source": "spine", "unit": "per_day", "target": target}


def _initial(duty: Any) -> dict[str, Any]:
    if duty is None:
        return {"raci": ["R"], "when": "always"}
    found: dict[str, Any] = {
        name: getattr(duty, name)
        for name in ("task", "task_zh", "task_en", "topics", "difficulties", "channels", "calendar")
    }
    found |= {
        "raci": list(duty.raci),
        "when": "calendar" if duty.calendar else "week" if duty.hours else "always",
    }
    found |= {f"day_{number}": hours_text(spans) for number, spans in enumerate(duty.hours)}
    found |= {f"hands_to_{number}": pk for number, pk in enumerate(duty.hands_to[:ASKED])}
    for number, kpi in enumerate(duty.kpis[:FIGURES]):
        found |= {f"kpi_{number}{part}": value for part, value in _typed(kpi).items()}
    return found


def _typed(kpi: dict[str, Any]) -> dict[str, Any]:
    """A stored figure as the form's fields show it."""
    target, unit = kpi["target"], kpi["unit"]
    if unit == "seconds":
        unit = next(
            name for name in ("days", "hours", "minutes") if target >= SECONDS[name] or name == "minutes"
        )
        target = target / SECONDS[unit]
    if unit == "share":
        target, unit = round(target * 100, 4), "percent"
    own = kpi["source"] == "manual"
    name = kpi["key"] if own else ""
    return {"": OWN if own else kpi["key"], "_name": name, "_target": f"{target:g}", "_unit": unit}
