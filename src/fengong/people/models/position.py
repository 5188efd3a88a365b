"""A position."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fengong.kernel.naming import Bilingual


class Position(Bilingual):
    """A role with a tier and a range of difficulty it takes, and what it lets its holder do in the product."""

    class Role(models.TextChoices):
        AGENT = "agent", _("Agent")
        LEAD = "lead", _("Lead")
        HR_PARTNER = "hr_partner", _("HR partner")
        COUNSELLOR = "counsellor", _("Counsellor")
        ADMINISTRATOR = "administrator", _("Administrator")

    slug = models.SlugField(unique=True)
    role = models.CharField(max_length=20, choices=Role.choices, default=Role.AGENT)
    tier = models.PositiveSmallIntegerField(null=True, blank=True)
    difficulty_min = models.PositiveSmallIntegerField(default=1)
    difficulty_max = models.PositiveSmallIntegerField(default=3)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(tier__isnull=True) | Q(tier__range=(1, 3)), name="position_tier"
            ),
            models.CheckConstraint(
                condition=Q(
                    difficulty_min__gte=1, difficulty_max__lte=3, difficulty_min__lte=F("difficulty_max")
                ),
                name="position_difficulty",
            ),
        )

    def __str__(self) -> str:
        return self.label
