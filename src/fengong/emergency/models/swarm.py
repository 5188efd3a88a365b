"""A swarm."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from fengong.desk.models import Ticket
from fengong.emergency.models.surge import Surge
from fengong.people.models import Member


class Swarm(models.Model):
    """People brought together for one matter until it is over. `account` is what was written down at the end."""

    title = models.CharField(max_length=160)
    ticket = models.ForeignKey(Ticket, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    surge = models.ForeignKey(Surge, null=True, blank=True, on_delete=models.SET_NULL, related_name="swarms")
    lead = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    formed_by = models.CharField(max_length=60)
    formed_at = models.DateTimeField()
    announcement = models.CharField(max_length=500, default="", blank=True)
    announced_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=60, default="", blank=True)
    account = models.TextField(default="", blank=True)

    class Meta:
        ordering = ("-formed_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=["ticket"], condition=Q(ended_at__isnull=True), name="swarm_one_a_ticket"
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_running(self) -> bool:
        """Whether it still goes on."""
        return self.ended_at is None
