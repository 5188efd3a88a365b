"""A weekly pattern."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from fengong.people.models import Member, Team


class Pattern(models.Model):
    """When a member, or everybody of a team, works week after week, on the wall clocks of a zone.

    `weeks` holds as many weeks as take turns, each seven days from Monday on, each day a list of [minute it begins,
    minute it ends]; an end beyond 1440 runs into the next day. The first week is the one that `anchor`, a Monday,
    begins. `breaks` are counted in minutes from the midnight before a shift begins: `begins`, `minutes`, and `window`
    where they may be moved. With a `region` its public holidays are off, and weekends it moves to working days are
    worked where `makes_up` says so. `due_at` is when shifts are next to be written from it.
    """

    name = models.CharField(max_length=80)
    member = models.ForeignKey(Member, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    zone = models.CharField(max_length=60, default="Asia/Shanghai")
    weeks = models.JSONField(default=list)
    breaks = models.JSONField(default=list, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    anchor = models.DateField()
    region = models.CharField(max_length=12, default="", blank=True)
    makes_up = models.BooleanField(default=True)
    due_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(member__isnull=False, team__isnull=True)
                | Q(member__isnull=True, team__isnull=False),
                name="pattern_of_one",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="pattern_forward"
            ),
        )

    def __str__(self) -> str:
        return self.name
