"""A what-if of two policies over a stretch of the desk's own past."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import pgettext_lazy

from fengong.people.models import Member


class Comparison(models.Model):
    """What was asked, how far it has come, and what was found.

    `before` and `after` are rules of dispatch as JSON; `numbers` the editions they are, None for what is not published.
    A worker that takes it up signs `alive_at` every few seconds; whose sign is old has died, and another one begins
    anew. `found` holds sentences and tables by language.
    """

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("what-if", "Waiting to begin")
        RUNNING = "running", pgettext_lazy("what-if", "Running")
        DONE = "done", pgettext_lazy("what-if", "Done")
        FAILED = "failed", pgettext_lazy("what-if", "Could not be run")
        STOPPED = "stopped", pgettext_lazy("what-if", "Stopped")

    class Stage(models.TextChoices):
        READ = "read", pgettext_lazy("what-if", "Reading what happened")
        LEARN = "learn", pgettext_lazy("what-if", "Learning how people work")
        SIMULATE = "simulate", pgettext_lazy("what-if", "Running both policies")

    before: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    after: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    before_number = models.PositiveIntegerField(null=True, blank=True)
    after_number = models.PositiveIntegerField(null=True, blank=True)
    first = models.DateTimeField()
    last = models.DateTimeField()
    seeds = models.PositiveSmallIntegerField(default=20)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    stage = models.CharField(max_length=10, choices=Stage.choices, default="", blank=True)
    done = models.FloatField(default=0.0)
    found: models.JSONField[dict[str, Any]] = models.JSONField(default=dict, blank=True)
    problem: models.JSONField[dict[str, str]] = models.JSONField(default=dict, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    member = models.ForeignKey(Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField()
    alive_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=["-asked_at"], name="comparison_newest"),
            models.Index(
                fields=["state"],
                condition=models.Q(state__in=("waiting", "running")),
                name="comparison_under_way",
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"

    @property
    def under_way(self) -> bool:
        """Whether there is still something to wait for."""
        return self.state in (self.State.WAITING, self.State.RUNNING)
