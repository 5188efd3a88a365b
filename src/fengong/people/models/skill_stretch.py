"""Work that is a step too hard, with somebody who stands by."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from fengong.people.models.member import Member
from fengong.people.models.topic import Topic


class SkillStretch(models.Model):
    """Until then a member is given work of a topic up to this level; the mentor follows each such ticket."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+")
    mentor = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    level = models.PositiveSmallIntegerField()
    until = models.DateTimeField(db_index=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["member", "topic"], name="skill_stretch_once"),
            models.CheckConstraint(condition=~Q(member=F("mentor")), name="skill_stretch_another"),
            models.CheckConstraint(condition=Q(level__range=(1, 5)), name="skill_stretch_level"),
        )

    def __str__(self) -> str:
        return f"{self.member_id} {self.topic_id} {self.level}"
