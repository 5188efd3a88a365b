"""A member's load."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from fengong.people.models import Member


class Load(models.Model):
    """Effort a member holds now against what they can hold, in minutes; one row a member.

    The row changes in the same transaction as the tickets it counts, and the database refuses to go past capacity.
    """

    member = models.OneToOneField(Member, on_delete=models.CASCADE, primary_key=True, related_name="+")
    effort = models.PositiveIntegerField(default=0)
    capacity = models.PositiveIntegerField(default=240)
    tickets = models.PositiveIntegerField(default=0)
    given = models.PositiveIntegerField(default=0)
    last_assigned_at = models.DateTimeField(null=True, blank=True)
    last_freed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(effort__lte=F("capacity")), name="load_within_capacity"),
        )

    def __str__(self) -> str:
        return f"{self.member_id} {self.effort}/{self.capacity}"
