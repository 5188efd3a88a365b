"""A year of a calendar as its page shows it: the days that differ from the week, and how far holidays are known."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import pgettext

from fengong.desk.reading import promises as reading
from fengong.kernel import holidays
from fengong.web.settings.calendars.forms import KINDS


class Year:
    """One year of one calendar."""

    def __init__(self, calendar: Any, wanted: str, at: datetime) -> None:
        self.calendar = calendar
        self.number = int(wanted) if wanted.isdecimal() and 2000 <= int(wanted) <= 2100 else at.year
        self.unknown_from = reading.unknown_from(calendar, at)

    @property
    def days(self) -> list[tuple[Any, str, str]]:
        """The days with their kind and their source in words."""
        kinds = dict(KINDS)
        sources = {
            "library": pgettext("source of a day", "Library"),
            "administrator": pgettext("source of a day", "Changed here"),
            "import": pgettext("source of a day", "Imported"),
        }
        found = reading.days_of(self.calendar, self.number)
        made_up = {("like", "library"): pgettext("kind of day", "Working weekend")}
        return [
            (day, str(made_up.get((day.kind, day.source), kinds[day.kind])), sources[day.source])
            for day in found
        ]

    @property
    def is_unknown(self) -> bool:
        """Whether no library knows this year, and nobody has decided about a day of it."""
        if not self.calendar.region or self.number <= holidays.known_until(self.calendar.region):
            return False
        return not any(day.is_changed for day, _kind, _source in self.days)

    @property
    def differing(self) -> list[date]:
        """Days on which the two sources for China say different things."""
        if self.calendar.region != holidays.CHINA:
            return []
        return [day for day in holidays.disagreements() if day.year == self.number]

    @property
    def before(self) -> int:
        return self.number - 1

    @property
    def after(self) -> int:
        return self.number + 1
