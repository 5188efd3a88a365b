"""A delivery."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from fengong.integrations.webhooks.models.endpoint import Endpoint


class Delivery(models.Model):
    """One message for one endpoint, planned once for an event and tried until it is taken or given up.

    `next_try_at` is also the claim of who sends it: it moves on before sending, so that a message in the hands of a
    worker that dies comes up again. `log` has one entry for each answer: when, status, milliseconds, what was said.
    """

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("delivery", "Waiting")
        DONE = "done", pgettext_lazy("delivery", "Delivered")
        FAILED = "failed", pgettext_lazy("delivery", "Given up")
        CANCELLED = "cancelled", pgettext_lazy("delivery", "Cancelled")

    endpoint = models.ForeignKey(Endpoint, on_delete=models.CASCADE, related_name="deliveries")
    message_id = models.CharField(max_length=60, unique=True)
    seq = models.BigIntegerField(null=True, blank=True)
    type = models.CharField(max_length=80)
    body = models.TextField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, blank=True)
    log = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["endpoint", "seq"], condition=Q(seq__isnull=False), name="webhook_once_per_event"
            ),
        )
        indexes = (
            models.Index(fields=["next_try_at"], condition=Q(state="waiting"), name="webhook_due"),
            models.Index(fields=["endpoint", "-id"], name="webhook_of_endpoint"),
            models.Index(fields=["created_at"], name="webhook_age"),
        )

    def __str__(self) -> str:
        return f"{self.message_id} {self.type}"
