"""A day on which a calendar differs from its week."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy

from fengong.desk.models.calendar import Calendar


class CalendarDay(models.Model):
    """A day somebody has decided on; it goes before what the libraries of holidays say.

    `hours` counts for kind `hours`, `like` (0 is Monday) for kind `like`.
    """

    class Kind(models.TextChoices):
        CLOSED = "closed", pgettext_lazy("kind of day", "Closed")
        HOURS = "hours", pgettext_lazy("kind of day", "Open at other hours")
        LIKE = "like", pgettext_lazy("kind of day", "Worked like another weekday")

    class Source(models.TextChoices):
        ADMINISTRATOR = "administrator", pgettext_lazy("source of a day", "Changed here")
        IMPORT = "import", pgettext_lazy("source of a day", "Imported")

    calendar = models.ForeignKey(Calendar, on_delete=models.CASCADE, related_name="days")
    date = models.DateField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    hours = models.JSONField(default=list, blank=True)
    like = models.PositiveSmallIntegerField(null=True, blank=True)
    name = models.CharField(max_length=120, default="", blank=True)
    source = models.CharField(max_length=20, choices=Source.choices, default=Source.ADMINISTRATOR)

    class Meta:
        ordering = ("date",)
        constraints = (models.UniqueConstraint(fields=["calendar", "date"], name="calendar_day_once"),)

    def __str__(self) -> str:
        return f"{self.date} {self.kind}"
