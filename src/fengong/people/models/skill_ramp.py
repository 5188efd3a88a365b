"""A newcomer's ramp."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from fengong.people.models.member import Member


class SkillRamp(models.Model):
    """While it stands, a member counts as proficient for work up to this difficulty, whatever is stated of them.

    `needed` tickets resolved since `since` that did not come back widen it by one; past the hardest it ends.
    """

    member = models.OneToOneField(Member, on_delete=models.CASCADE, primary_key=True, related_name="+")
    mentor = models.ForeignKey(Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    difficulty = models.PositiveSmallIntegerField(default=1)
    needed = models.PositiveSmallIntegerField(default=20)
    since = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(difficulty__range=(1, 3)), name="skill_ramp_difficulty"),
        )

    def __str__(self) -> str:
        return f"{self.member_id} {self.difficulty}"
