"""An escalation."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from fengong.desk.models import Ticket
from fengong.people.models import Member


class Escalation(models.Model):
    """A ticket's step to another tier, up or down, with the structured note the next owner reads first.

    `member` had it and follows it from then on; while `bars`, the matcher does not give it back to them. What became
    of it stands in `answer`, for them to learn from; `read_at` is when they did. A step that was due because a ticket
    had been on its tier for `minutes` has no note of its own.
    """

    class Cause(models.TextChoices):
        MEMBER = "member", pgettext_lazy("escalation cause", "Somebody handed it on")
        RULE = "rule", pgettext_lazy("escalation cause", "A rule")
        TIME = "time", pgettext_lazy("escalation cause", "Too long on its tier")

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    by = models.CharField(max_length=40, default="", blank=True)
    cause = models.CharField(max_length=10, choices=Cause.choices, default=Cause.MEMBER)
    from_tier = models.PositiveSmallIntegerField()
    to_tier = models.PositiveSmallIntegerField()
    tried = models.TextField(blank=True)
    found = models.TextField(blank=True)
    wanted = models.TextField(blank=True)
    minutes = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()
    bars = models.BooleanField(default=True)
    answer = models.TextField(default="", blank=True)
    answered_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=["ticket", "at"], name="escalation_of_ticket"),
            models.Index(
                fields=["ticket"], condition=Q(answered_at__isnull=True), name="escalation_unanswered"
            ),
            models.Index(
                fields=["member"], condition=Q(read_at__isnull=True), name="escalation_to_learn_from"
            ),
        )

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.from_tier} → {self.to_tier}"

    @property
    def is_up(self) -> bool:
        """Whether it went up."""
        return self.to_tier > self.from_tier
