"""A topic."""

from __future__ import annotations

from django.db import models

from fengong.kernel.naming import Bilingual


class Topic(Bilingual):
    """What tickets are about and members are skilled in, with the expected minutes of work by difficulty."""

    slug = models.SlugField(unique=True)
    keywords = models.JSONField(default=list, blank=True)
    minutes_1 = models.PositiveSmallIntegerField(default=10)
    minutes_2 = models.PositiveSmallIntegerField(default=25)
    minutes_3 = models.PositiveSmallIntegerField(default=60)

    def __str__(self) -> str:
        return self.label

    def effort(self, difficulty: int) -> int:
        """Expected minutes of work on a ticket of this topic."""
        return int((self.minutes_1, self.minutes_2, self.minutes_3)[difficulty - 1])
