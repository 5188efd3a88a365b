"""A surge."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from fengong.people.models import Topic


class Surge(models.Model):
    """Suddenly more of a topic, or of everything, than its time of the week brings; rates are contacts an hour.

    `by` is who said so: the detector, or a member. `began_at` is when it most likely began.
    """

    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    by = models.CharField(max_length=60)
    began_at = models.DateTimeField()
    found_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=60, default="", blank=True)
    expected = models.FloatField(default=0.0)
    ceiling = models.FloatField(default=0.0)
    observed = models.FloatField(default=0.0)

    class Meta:
        ordering = ("-found_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=["topic"],
                condition=Q(ended_at__isnull=True, topic__isnull=False),
                name="surge_one_a_topic",
            ),
        )

    def __str__(self) -> str:
        return f"{self.topic_id or 'all'} {self.found_at:%F %H:%M}"

    @property
    def is_running(self) -> bool:
        """Whether it still goes on."""
        return self.ended_at is None

    @property
    def factor(self) -> float:
        """How many times what is expected comes in."""
        return self.observed / self.expected if self.expected else 0.0
