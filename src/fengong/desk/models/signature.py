"""A signature."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from fengong.people.models import Member, Team


class Signature(models.Model):
    """What stands under answers: a member's own, or that of a team for those who have none; one a language."""

    member = models.ForeignKey(Member, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    body = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(member__isnull=True, team__isnull=False)
                | Q(member__isnull=False, team__isnull=True),
                name="signature_of_one",
            ),
            models.UniqueConstraint(fields=["member", "language"], name="signature_of_member"),
            models.UniqueConstraint(fields=["team", "language"], name="signature_of_team"),
        )

    def __str__(self) -> str:
        return f"{self.member_id or self.team_id} {self.language}"
