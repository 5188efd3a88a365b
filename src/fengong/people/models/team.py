"""A team."""

from __future__ import annotations

from django.db import models

from fengong.kernel.naming import Bilingual


class Team(Bilingual):
    """Members who share a queue and a lead."""

    slug = models.SlugField(unique=True)
    lead = models.ForeignKey(
        "people.Member", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    def __str__(self) -> str:
        return self.label
