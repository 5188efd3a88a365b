"""A run of a rule."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from fengong.automation.models.rule import Rule
from fengong.desk.models import Ticket


class RuleRun(models.Model):
    """What a rule did on one occasion: an event, or the moment a time was up. The database allows one run for each.

    `outcomes` has one entry for each deed: whether it was done, or why it was refused.
    """

    class State(models.TextChoices):
        DONE = "done", pgettext_lazy("rule run", "Done")
        PARTLY = "partly", pgettext_lazy("rule run", "Partly refused")
        REFUSED = "refused", pgettext_lazy("rule run", "Refused")
        LOOPED = "looped", pgettext_lazy("rule run", "Stopped: rules set each other off")
        TOO_MANY = "too_many", pgettext_lazy("rule run", "Stopped: too often on one ticket")

    rule = models.ForeignKey(Rule, on_delete=models.PROTECT, related_name="+")
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")
    seq = models.BigIntegerField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    at = models.DateTimeField()
    depth = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=State.choices)
    outcomes = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["rule", "seq"], condition=Q(seq__isnull=False), name="rule_once_per_event"
            ),
            models.UniqueConstraint(
                fields=["rule", "ticket", "due_at"],
                condition=Q(due_at__isnull=False),
                name="rule_once_per_time",
            ),
            models.CheckConstraint(
                condition=Q(seq__isnull=False, due_at__isnull=True)
                | Q(seq__isnull=True, due_at__isnull=False),
                name="rule_run_has_one_occasion",
            ),
        )
        indexes = (
            models.Index(fields=["rule", "-id"], name="rule_run_of_rule"),
            models.Index(fields=["ticket", "-at"], name="rule_run_of_ticket"),
            models.Index(fields=["state", "-id"], name="rule_run_by_state"),
        )

    def __str__(self) -> str:
        return f"{self.rule_id} on {self.ticket_id}: {self.state}"
