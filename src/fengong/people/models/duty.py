"""A duty."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language, pgettext_lazy

from fengong.people.models.duty_list import DutyList


class Duty(models.Model):
    """One line of a duty list. `task` names the same work in every position's list and in every edition.

    Empty `topics`, `difficulties` or `channels` mean all of them. `hours` holds seven days from Monday on, each a list
    of [minute it begins, minute it ends]; empty means always, unless a `calendar` is named. `kpis` holds objects of
    key, target, unit and source; `hands_to` positions, in the order in which they are asked.
    """

    class Kpi(models.TextChoices):
        """Figures that are filled from what is recorded."""

        FIRST_RESPONSE_P50 = "first_response_seconds_p50", pgettext_lazy("kpi", "First response, median")
        FIRST_RESPONSE_P90 = "first_response_seconds_p90", pgettext_lazy("kpi", "First response, nine of ten")
        RESOLUTION_P50 = "resolution_seconds_p50", pgettext_lazy("kpi", "Resolution, median")
        RESOLUTION_P90 = "resolution_seconds_p90", pgettext_lazy("kpi", "Resolution, nine of ten")
        RESOLVED = "resolved_per_day", pgettext_lazy("kpi", "Resolved per day and holder")
        REOPENED = "reopened_share", pgettext_lazy("kpi", "Share reopened")
        KEPT = "promises_kept_share", pgettext_lazy("kpi", "Share of promises kept")
        CSAT = "csat", pgettext_lazy("kpi", "Share of satisfied customers")

    duty_list = models.ForeignKey(DutyList, on_delete=models.CASCADE, related_name="duties")
    order = models.PositiveSmallIntegerField()
    task = models.SlugField(max_length=60)
    task_zh = models.CharField(max_length=240, blank=True)
    task_en = models.CharField(max_length=240, blank=True)
    raci = models.CharField(max_length=4, default="R")
    topics = models.JSONField(default=list, blank=True)
    difficulties = models.JSONField(default=list, blank=True)
    channels = models.JSONField(default=list, blank=True)
    hours = models.JSONField(default=list, blank=True)
    calendar = models.CharField(max_length=80, default="", blank=True)
    kpis = models.JSONField(default=list, blank=True)
    hands_to = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ("order",)
        constraints = (models.UniqueConstraint(fields=["duty_list", "task"], name="duty_task_once"),)

    def __str__(self) -> str:
        return self.task

    @property
    def label(self) -> str:
        """The task in the reader's language, or in the other one where that is all there is."""
        chinese = (get_language() or "").startswith("zh")
        return (self.task_zh or self.task_en) if chinese else (self.task_en or self.task_zh)
