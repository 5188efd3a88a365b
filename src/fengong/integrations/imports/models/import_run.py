"""A run of an import."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fengong.people.models import Member


class ImportRun(models.Model):
    """One reading of one file. A dry run writes nothing but its report.

    `settings` may hold `columns`, `statuses`, `priorities` and `zone`; `counts` grows while the run goes on, and
    `position` is the number of tickets done, from which a run that was killed goes on.
    """

    class Source(models.TextChoices):
        ZENDESK = "zendesk", "Zendesk"
        FRESHDESK = "freshdesk", "Freshdesk"
        ZAMMAD = "zammad", "Zammad"
        CHATWOOT = "chatwoot", "Chatwoot"
        TABLE = "table", _("CSV or XLSX")

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("import", "Not started")
        RUNNING = "running", pgettext_lazy("import", "Running")
        DONE = "done", pgettext_lazy("import", "Done")
        FAILED = "failed", pgettext_lazy("import", "Stopped")

    source = models.CharField(max_length=12, choices=Source.choices)
    account = models.CharField(max_length=60)
    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    settings: models.JSONField[dict[str, Any]] = models.JSONField(default=dict, blank=True)
    dry = models.BooleanField(default=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    position = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    counts: models.JSONField[dict[str, int]] = models.JSONField(default=dict, blank=True)
    problem = models.TextField(default="", blank=True)
    member = models.ForeignKey(Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=["-started_at"], name="import_newest"),)

    def __str__(self) -> str:
        return f"{self.source} {self.file_name}"
