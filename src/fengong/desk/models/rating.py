"""A rating."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from fengong.customers.models import Contact
from fengong.desk.models.survey import Survey
from fengong.desk.models.ticket import Ticket
from fengong.people.models import Member


class Rating(models.Model):
    """What a customer was asked, and what they answered if they have. `member` had the ticket when they were asked."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="ratings")
    ticket = models.ForeignKey(
        Ticket, null=True, blank=True, on_delete=models.CASCADE, related_name="ratings"
    )
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    via = models.CharField(max_length=10, default="", blank=True)
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    comment = models.TextField(default="", blank=True)
    follow_up = models.ForeignKey(
        Ticket, null=True, blank=True, on_delete=models.SET_NULL, related_name="followed_ratings"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["survey", "ticket"], condition=Q(ticket__isnull=False), name="rating_once"
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True, answered_at__isnull=True)
                | Q(score__isnull=False, answered_at__isnull=False),
                name="rating_answered_with_score",
            ),
        )
        indexes = (
            models.Index(fields=["contact", "survey", "-asked_at"], name="rating_of_contact"),
            models.Index(fields=["survey", "-answered_at", "-id"], name="rating_of_survey"),
            models.Index(fields=["member", "-answered_at"], name="rating_of_member"),
        )

    def __str__(self) -> str:
        return f"{self.survey_id} {self.score}"

    @property
    def is_low(self) -> bool:
        """Whether somebody should look after it."""
        return self.score is not None and self.score <= self.survey.low
