"""When one may want to look at a ticket again, in the reader's zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import pgettext_lazy

from fengong.desk.bridge import desk_opening
from fengong.desk.reading import snoozes as reading

LABELS = {
    "hour": pgettext_lazy("snooze", "In an hour"),
    "later": pgettext_lazy("snooze", "Later today"),
    "tomorrow": pgettext_lazy("snooze", "Tomorrow morning"),
    "monday": pgettext_lazy("snooze", "Next Monday"),
    "week": pgettext_lazy("snooze", "In a week"),
}


@dataclass(frozen=True)
class Preset:
    """A time by name."""

    label: Any
    at: datetime


@dataclass(frozen=True)
class Snoozing:
    """What the menu offers at one instant."""

    now: datetime

    @property
    def presets(self) -> list[Preset]:
        found = reading.presets(self.now, timezone.get_current_timezone(), desk_opening())
        return [Preset(LABELS.get(name, name), at) for name, at in found.items()]

    @property
    def soonest(self) -> str:
        """The earliest time a date field accepts."""
        return timezone.localtime(self.now).strftime("%Y-%m-%dT%H:%M")
