"""A member of a swarm."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from fengong.emergency.models.swarm import Swarm
from fengong.people.models import Member


class SwarmMember(models.Model):
    """Somebody in a swarm. Once shielded, they get no other work; `status` is what they were before that.

    `reason` is why they were asked: their proficiency and the share of their capacity that was free.
    """

    swarm = models.ForeignKey(Swarm, on_delete=models.CASCADE, related_name="members")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    reason = models.JSONField(default=dict, blank=True)
    joined_at = models.DateTimeField()
    shielded_at = models.DateTimeField(null=True, blank=True)
    status = models.CharField(max_length=10, default="", blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("joined_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["member"], condition=Q(released_at__isnull=True), name="swarm_member_in_one"
            ),
        )

    def __str__(self) -> str:
        return f"{self.swarm_id} {self.member_id}"
