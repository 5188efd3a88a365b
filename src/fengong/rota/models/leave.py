"""Leave."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from fengong.people.models import Member


class Leave(models.Model):
    """Time for which a member asks to be away; once approved, they are off the roster.

    Leave of whole days runs from midnight to midnight on the wall clocks of its zone.
    """

    class Kind(models.TextChoices):
        ANNUAL = "annual", pgettext_lazy("leave", "Annual leave")
        SICK = "sick", pgettext_lazy("leave", "Sick leave")
        TRAINING = "training", pgettext_lazy("leave", "Training")
        OTHER = "other", pgettext_lazy("leave", "Other leave")

    class State(models.TextChoices):
        REQUESTED = "requested", pgettext_lazy("leave", "Requested")
        APPROVED = "approved", pgettext_lazy("leave", "Approved")
        DECLINED = "declined", pgettext_lazy("leave", "Declined")
        WITHDRAWN = "withdrawn", pgettext_lazy("leave", "Withdrawn")

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.REQUESTED)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    whole_days = models.BooleanField(default=True)
    zone = models.CharField(max_length=60, default="Asia/Shanghai")
    note = models.CharField(max_length=500, default="", blank=True)
    answer = models.CharField(max_length=500, default="", blank=True)
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    key = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="leave_forward"),
            models.UniqueConstraint(fields=["key"], condition=~Q(key=""), name="leave_key_once"),
        )
        indexes = (
            models.Index(fields=["ends_at", "starts_at"], name="leave_running"),
            models.Index(fields=["member", "starts_at"], name="leave_of_member"),
        )

    def __str__(self) -> str:
        return f"{self.member_id} {self.kind} {self.starts_at:%F %H:%M}"
