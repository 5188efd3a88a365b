"""What a line of a duty list must look like before it is written down."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from fengong.kernel.errors import Invalid
from fengong.people.models import Duty, Position, Topic

CHANNELS = ("web", "mail", "chat", "phone", "api")
UNITS = ("seconds", "share", "per_day", "count", "minutes", "hours", "percent")
SOURCES = ("spine", "manual")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MOST = 100
"""Lines of one list."""


@dataclass(frozen=True, slots=True)
class DutyWanted:
    """One line as somebody states it; see the model for what empty fields mean."""

    task: str
    task_zh: str = ""
    task_en: str = ""
    raci: str = "R"
    topics: Sequence[int] = ()
    difficulties: Sequence[int] = ()
    channels: Sequence[str] = ()
    hours: Sequence[Sequence[Sequence[int]]] = ()
    calendar: str = ""
    kpis: Sequence[dict[str, Any]] = ()
    hands_to: Sequence[int] = ()


def check_duties(wanted: Sequence[DutyWanted], *, position: Position) -> None:
    """Raise Invalid for the first line that cannot stand, naming its field as `duties.2.hours`."""
    if len(wanted) > MOST:
        raise Invalid(_("A duty list has at most %(most)d lines.") % {"most": MOST}, field="duties")
    topics = set(Topic.objects.values_list("pk", flat=True))
    positions = set(Position.objects.values_list("pk", flat=True)) - {position.pk}
    tasks: set[str] = set()
    for number, duty in enumerate(wanted):
        field = f"duties.{number}"
        if duty.task in tasks:
            raise Invalid(_("This task stands in the list already."), field=f"{field}.task")
        tasks.add(duty.task)
        _check_words(duty, field)
        _check_reach(duty, topics, field)
        _check_hours(duty, field)
        for kpi in duty.kpis:
            _check_kpi(kpi, f"{field}.kpis")
        if _beyond(duty.hands_to, positions):
            sentence = _("Work is handed over to other positions that exist, each named once.")
            raise Invalid(sentence, field=f"{field}.hands_to")


def _beyond(values: Sequence[Any], known: set[Any]) -> bool:
    return not set(values) <= known or len(set(values)) < len(values)


def _check_words(duty: DutyWanted, field: str) -> None:
    if len(duty.task) > 60 or not SLUG.fullmatch(duty.task):
        sentence = _("A task is named in small letters, digits and hyphens.")
        raise Invalid(sentence, field=f"{field}.task")
    for name, text in (("task_zh", duty.task_zh), ("task_en", duty.task_en)):
        if len(text) > 240:
            raise Invalid(_("Say it in at most 240 characters."), field=f"{field}.{name}")
    if not (duty.task_zh.strip() or duty.task_en.strip()):
        raise Invalid(_("Say what the duty is, in Chinese or in English."), field=f"{field}.task_zh")
    if not duty.raci or _beyond(duty.raci, set("RACI")):
        raise Invalid(_("A position is R, A, C or I, or several of these."), field=f"{field}.raci")


def _check_reach(duty: DutyWanted, topics: set[int], field: str) -> None:
    if _beyond(duty.topics, topics):
        raise Invalid(_("Name topics that exist, each once."), field=f"{field}.topics")
    if _beyond(duty.difficulties, {1, 2, 3}):
        raise Invalid(_("Difficulty goes from 1 to 3."), field=f"{field}.difficulties")
    if _beyond(duty.channels, set(CHANNELS)):
        raise Invalid(_("Name channels that exist, each once."), field=f"{field}.channels")


def _check_hours(duty: DutyWanted, field: str) -> None:
    if duty.hours and duty.calendar:
        raise Invalid(_("Give hours or a calendar, not both."), field=f"{field}.calendar")
    if len(duty.calendar) > 80:
        raise Invalid(_("Say it in at most 80 characters."), field=f"{field}.calendar")
    if len(duty.hours) not in (0, 7):
        raise Invalid(_("A week has seven days."), field=f"{field}.hours")
    for day in duty.hours:
        ended = 0
        for span in day:
            if len(span) != 2 or not ended <= span[0] < 1440 or not span[0] < span[1] <= span[0] + 1440:
                sentence = _("The hours of a day must be in order and must not overlap.")
                raise Invalid(sentence, field=f"{field}.hours")
            ended = span[1]


def _check_kpi(kpi: dict[str, Any], field: str) -> None:
    if kpi.keys() != {"key", "target", "unit", "source"} or not str(kpi["key"]).strip():
        raise Invalid(_("A KPI has a key, a target, a unit and a source."), field=field)
    if kpi["source"] not in SOURCES or kpi["unit"] not in UNITS or len(str(kpi["key"])) > 60:
        raise Invalid(_("This unit or this source is not known."), field=field)
    if kpi["source"] == "spine" and kpi["key"] not in Duty.Kpi.values:
        raise Invalid(_("No figure of this name is recorded."), field=field)
    if not isinstance(kpi["target"], int | float) or not 0 <= kpi["target"] < math.inf:
        raise Invalid(_("A target is a number from 0 on."), field=field)
