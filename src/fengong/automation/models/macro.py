"""A macro."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from fengong.kernel.naming import Bilingual
from fengong.people.models import Member, Team


class Macro(Bilingual):
    """A reply or note that is written already, and deeds that go with it; for everybody, a team, or one member."""

    class Writes(models.TextChoices):
        REPLY = "reply", pgettext_lazy("macro", "Reply")
        NOTE = "note", pgettext_lazy("macro", "Internal note")

    writes = models.CharField(max_length=10, choices=Writes.choices, default=Writes.REPLY)
    body_zh = models.TextField(blank=True)
    body_en = models.TextField(blank=True)
    deeds = models.JSONField(default=list, blank=True)
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(Member, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveIntegerField(default=0)
    uses = models.PositiveIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(team__isnull=True) | Q(member__isnull=True), name="macro_shared_one_way"
            ),
        )

    def body_for(self, language: str) -> str:
        """The text in a customer's language, or in the other one where that is all there is."""
        first, second = (
            (self.body_zh, self.body_en) if language.startswith("zh") else (self.body_en, self.body_zh)
        )
        return first or second
