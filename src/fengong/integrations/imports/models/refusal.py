"""What a run could not bring in."""

from __future__ import annotations

from django.db import models

from fengong.integrations.imports.models.import_run import ImportRun


class Refusal(models.Model):
    """A record that was refused: its file, line and column, and why."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="refusals")
    file = models.CharField(max_length=200)
    line = models.PositiveIntegerField()
    column = models.CharField(max_length=120, default="", blank=True)
    external_id = models.CharField(max_length=200, default="", blank=True)
    reason = models.TextField()
    excerpt = models.TextField(default="", blank=True)

    class Meta:
        ordering = ("file", "line", "id")

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.reason}"
