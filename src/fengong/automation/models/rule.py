"""A rule."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fengong.kernel.naming import Bilingual


class Rule(Bilingual):
    """What the desk does by itself: after an event or at a time, where a condition holds, some deeds.

    Rules are asked in the order of `position`. Events up to `since_seq` and times up to `since` came before the rule
    was switched on (or last changed) and do not concern it. A removed rule stays for the sake of its log.
    """

    class When(models.TextChoices):
        EVENT = "event", pgettext_lazy("rule", "When something happens")
        TIME = "time", pgettext_lazy("rule", "When time has passed")

    class Clock(models.TextChoices):
        OPENED = "opened", _("since it was opened, while unresolved")
        WAITING = "waiting", _("since it began to wait for an owner")
        UNANSWERED = "unanswered", _("since the customer wrote, while we have not answered")
        SILENT = "silent", _("since we wrote, while the customer has not answered")
        IDLE = "idle", _("since anybody wrote, while unresolved")
        DUE = "due", _("before its next promise ends")
        RESOLVED = "resolved", _("since it was resolved")

    when = models.CharField(max_length=10, choices=When.choices, default=When.EVENT)
    events = models.JSONField(default=list, blank=True)
    clock = models.CharField(max_length=20, choices=Clock.choices, default="", blank=True)
    minutes = models.PositiveIntegerField(default=0)
    condition = models.TextField(blank=True)
    deeds = models.JSONField(default=list)
    stops = models.BooleanField(default=False)
    position = models.PositiveIntegerField(default=0)
    active = models.BooleanField(default=False)
    since = models.DateTimeField(null=True, blank=True)
    since_seq = models.BigIntegerField(default=0)
    filled_to = models.BigIntegerField(null=True, blank=True)
    """Of a time rule just switched on: the ticket up to which its times have been set; None when all have been."""
    runs = models.PositiveIntegerField(default=0)
    ran_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("position", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(active=False) | Q(removed_at__isnull=True), name="rule_removed_rests"
            ),
            models.CheckConstraint(condition=Q(when="event") | ~Q(clock=""), name="rule_has_a_clock"),
        )

    @property
    def ref(self) -> str:
        """Under what name it acts."""
        return f"system:rule:{self.pk}"
