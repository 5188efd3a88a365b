"""A step of a ladder."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from fengong.desk.models.service_policy import ServicePolicy


class LadderStep(models.Model):
    """What is done when a promise comes near or has passed: after a percentage of its time, or so many working minutes
    after it is due (before it, if negative). A step never counts for moments before `since`."""

    class Target(models.TextChoices):
        FIRST_RESPONSE = "first_response", pgettext_lazy("promise", "First response")
        NEXT_RESPONSE = "next_response", pgettext_lazy("promise", "Next response")
        UPDATE = "update", pgettext_lazy("promise", "Update")
        RESOLUTION = "resolution", pgettext_lazy("promise", "Resolution")
        OWNERSHIP = "ownership", pgettext_lazy("promise", "Time on this tier")

    policy = models.ForeignKey(ServicePolicy, on_delete=models.CASCADE, related_name="steps")
    place = models.PositiveSmallIntegerField()
    target = models.CharField(max_length=20, choices=Target.choices)
    percent = models.PositiveSmallIntegerField(null=True, blank=True)
    minutes = models.IntegerField(default=0)
    deeds = models.JSONField(default=list, blank=True)
    since = models.DateTimeField()

    class Meta:
        ordering = ("policy", "place")
        constraints = (
            models.UniqueConstraint(fields=["policy", "place"], name="ladder_step_once"),
            models.CheckConstraint(condition=Q(place__range=(1, 5)), name="ladder_of_five"),
        )

    def __str__(self) -> str:
        return f"{self.policy_id} {self.place} {self.target}"
