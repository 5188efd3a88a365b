"""What one source says of a skill."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from fengong.people.models.member import Member
from fengong.people.models.skill import Skill
from fengong.people.models.topic import Topic


class SkillEvidence(models.Model):
    """A level from 1 to 5 that a source gives a member at a topic, with its standard deviation where one is known.

    The sources stand side by side; which of them counts, and what a ramp leaves of it, says the row of Skill.
    `seen`: the outcomes a learned level rests on.
    """

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+")
    source = models.CharField(max_length=10, choices=Skill.Source.choices)
    level = models.FloatField()
    deviation = models.FloatField(default=0.0)
    seen = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["member", "topic", "source"], name="skill_evidence_once"),
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=5), name="skill_evidence_level"),
        )

    def __str__(self) -> str:
        return f"{self.member_id} {self.topic_id} {self.source} {self.level}"
