"""An organisation."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Organization(models.Model):
    """A company whose people write in."""

    class Grade(models.TextChoices):
        STANDARD = "standard", _("Standard")
        BUSINESS = "business", _("Business")
        KEY = "key", _("Key account")

    name = models.CharField(max_length=160, unique=True)
    grade = models.CharField(max_length=10, choices=Grade.choices, default=Grade.STANDARD)
    account_manager = models.ForeignKey(
        "people.Member", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    def __str__(self) -> str:
        return self.name
