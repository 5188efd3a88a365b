"""A skill."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fengong.people.models.member import Member
from fengong.people.models.topic import Topic


class Skill(models.Model):
    """How proficient a member is in a topic, 1 to 5, and where the number comes from."""

    class Source(models.TextChoices):
        DECLARED = "declared", _("Declared")
        ASSESSED = "assessed", _("Assessed")
        LEARNED = "learned", _("Learned")

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="skills")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="skills")
    proficiency = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.DECLARED)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["member", "topic"], name="skill_once"),
            models.CheckConstraint(condition=Q(proficiency__range=(1, 5)), name="skill_proficiency"),
        )

    def __str__(self) -> str:
        return f"{self.member} {self.topic} {self.proficiency}"
