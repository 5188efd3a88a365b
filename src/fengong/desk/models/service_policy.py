"""A policy of promised times."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from fengong.desk.models.calendar import Calendar

PAUSES = ("customer", "third_party", "snoozed")
"""Reasons for which clocks may stand still."""
USUAL_PAUSES = PAUSES[:2]
"""What a desk does not answer for: the time others take."""


class ServicePolicy(models.Model):
    """Which tickets are promised what. The first whose condition a ticket meets counts for it, else the default one.

    Without a calendar its minutes run around the clock. `ownership_1` to `ownership_3` are the working minutes for
    which a tier may hold a ticket.
    """

    name = models.CharField(max_length=80, unique=True)
    position = models.PositiveIntegerField(default=0)
    is_default = models.BooleanField(default=False)
    active = models.BooleanField(default=True)
    condition = models.TextField(default="", blank=True)
    calendar = models.ForeignKey(
        Calendar, null=True, blank=True, on_delete=models.PROTECT, related_name="policies"
    )
    pauses = models.JSONField(default=list)
    ownership_1 = models.PositiveIntegerField(null=True, blank=True)
    ownership_2 = models.PositiveIntegerField(null=True, blank=True)
    ownership_3 = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("is_default", "position", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["is_default"], condition=Q(is_default=True), name="policy_one_default"
            ),
        )

    def __str__(self) -> str:
        return self.name
