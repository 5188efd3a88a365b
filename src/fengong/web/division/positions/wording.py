"""Duties in the reader's words: letters, reach, hours, figures, differences. Made when they are drawn, so that a page
in two languages says each in its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from fengong.kernel.hours import hours_text
from fengong.people import queries as people
from fengong.people.reading.duties import KPIS
from fengong.web import words

CHANNELS = (
    ("web", pgettext_lazy("channel", "Web form and portal")),
    ("mail", pgettext_lazy("channel", "Mail")),
    ("chat", pgettext_lazy("channel", "Chat")),
    ("phone", pgettext_lazy("channel", "Phone")),
    ("api", pgettext_lazy("channel", "Programs")),
)
LEVELS = (
    (1, pgettext_lazy("difficulty", "Common")),
    (2, pgettext_lazy("difficulty", "Medium")),
    (3, pgettext_lazy("difficulty", "Hard")),
)
LETTERS = (
    ("R", pgettext_lazy("raci", "Responsible: does the work")),
    ("A", pgettext_lazy("raci", "Accountable: answers for the outcome")),
    ("C", pgettext_lazy("raci", "Consulted: is asked before")),
    ("I", pgettext_lazy("raci", "Informed: is told after")),
)
FAULTS = {
    "no_accountable": gettext_lazy("Nobody is accountable"),
    "two_accountables": gettext_lazy("More than one is accountable"),
    "no_responsible": gettext_lazy("Nobody is responsible"),
}
UNITS = {
    "per_day": pgettext_lazy("unit", "%(n)s a day"),
    "count": pgettext_lazy("unit", "%(n)s"),
    "minutes": pgettext_lazy("unit", "%(n)s min"),
    "hours": pgettext_lazy("unit", "%(n)s h"),
    "percent": pgettext_lazy("unit", "%(n)s%%"),
}
FIELDS = {
    "task_zh": gettext_lazy("Task in Chinese"),
    "task_en": gettext_lazy("Task in English"),
    "raci": gettext_lazy("Role in it"),
    "topics": gettext_lazy("Topics"),
    "difficulties": gettext_lazy("Difficulties"),
    "channels": gettext_lazy("Channels"),
    "hours": gettext_lazy("Hours"),
    "calendar": gettext_lazy("Calendar"),
    "kpis": gettext_lazy("KPIs"),
    "hands_to": gettext_lazy("Hands over to"),
}


class Names:
    """Topics and positions by id, read once for a page."""

    @cached_property
    def topics(self) -> dict[int, Any]:
        return {topic.pk: topic for topic in people.topics()}

    @cached_property
    def positions(self) -> dict[int, Any]:
        return {position.pk: position for position in people.positions()}


@dataclass(frozen=True)
class Figure:
    """A KPI with its target, and how it stands where that is known."""

    key: str
    target: str
    value: str
    met: bool | None
    source: str

    @property
    def label(self) -> Any:
        return kpi_label(self.key)


@dataclass(frozen=True)
class Line:
    """One duty as a reader sees it."""

    duty: Any
    names: Names
    values: dict[tuple[str, str], Any]

    @property
    def letters(self) -> list[tuple[str, Any]]:
        """R, A, C, I with what they mean."""
        return [(letter, meaning) for letter, meaning in LETTERS if letter in self.duty.raci]

    @property
    def topics(self) -> str:
        return said("topics", self.duty.topics, self.names)

    @property
    def difficulties(self) -> str:
        return said("difficulties", self.duty.difficulties, self.names)

    @property
    def channels(self) -> str:
        return said("channels", self.duty.channels, self.names)

    @property
    def hours(self) -> str:
        return self.duty.calendar or said("hours", self.duty.hours, self.names)

    @property
    def hands_to(self) -> str:
        return said("hands_to", self.duty.hands_to, self.names)

    @property
    def figures(self) -> list[Figure]:
        return [self._figure(kpi) for kpi in self.duty.kpis]

    def _figure(self, kpi: dict[str, Any]) -> Figure:
        stands = self.values.get((self.duty.task, kpi["key"]))
        value = "" if stands is None or stands.value is None else amount(stands.value, kpi["unit"])
        met = stands.met if stands else None
        return Figure(kpi["key"], amount(kpi["target"], kpi["unit"]), value, met, kpi["source"])


def lines_of(duty_list: Any, names: Names, values: Sequence[Any] = ()) -> list[Line]:
    """A list's duties for the page."""
    found = {(value.task, value.key): value for value in values}
    return [Line(duty, names, found) for duty in duty_list.duties.all()] if duty_list else []


def kpi_label(key: str) -> Any:
    """A figure's name: one that is recorded, or the team's own."""
    return dict(KPIS).get(key, key)


def amount(value: float, unit: str) -> str:
    """A figure with its unit."""
    if unit == "seconds":
        return words.seconds(value) if value % 60 else words.duration(value / 60)
    if unit == "share":
        return f"{round(100 * value, 1):g}%"
    return str(UNITS[unit]) % {"n": f"{round(value, 2):g}"}


def said(field: str, value: Any, names: Names) -> str:
    """What a field of a duty says."""
    if field == "kpis":
        return "; ".join(f"{kpi_label(kpi['key'])} {amount(kpi['target'], kpi['unit'])}" for kpi in value)
    if field == "hours":
        return _week(value)
    labels: dict[str, dict[Any, Any]] = {
        "topics": names.topics,
        "hands_to": names.positions,
        "difficulties": dict(LEVELS),
        "channels": dict(CHANNELS),
    }
    if field not in labels:
        return str(value)
    known = [getattr(found, "label", found) for one in value if (found := labels[field].get(one))]
    if not value:
        return "" if field == "hands_to" else _("all")
    return ", ".join(str(one) for one in known)


def _week(hours: Sequence[Any]) -> str:
    """Days with the same hours together."""
    if not hours:
        return _("always")
    groups: list[tuple[list[int], str]] = []
    for day, spans in enumerate(hours):
        text = hours_text(spans)
        if groups and groups[-1][1] == text:
            groups[-1][0].append(day)
        else:
            groups.append(([day], text))
    return "; ".join(f"{_days(days)} {text}" for days, text in groups if text) or _("never")


def _days(days: list[int]) -> str:
    first, last = WEEKDAYS[days[0]], WEEKDAYS[days[-1]]
    return str(first) if len(days) == 1 else f"{first}–{last}"


@dataclass(frozen=True)
class Difference:
    """One duty that is new, gone, or says something else."""

    kind: str
    label: str
    fields: list[tuple[Any, str, str]]


def differences(before: Any, after: Any, names: Names) -> list[Difference]:
    """What makes one list differ from another, in words."""
    changes = people.duty_changes(before, after)
    labels = {duty.task: duty.label for duty in after.duties.all()}
    new = [Difference("added", duty.label, []) for duty in changes.added]
    gone = [Difference("removed", duty.label, []) for duty in changes.removed]
    other = [
        Difference(
            "changed",
            labels[change.task],
            [
                (FIELDS[field], said(field, old, names), said(field, new_value, names))
                for field, (old, new_value) in change.fields.items()
            ],
        )
        for change in changes.changed
    ]
    return [*new, *gone, *other]
