"""A survey."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, pgettext_lazy


class Survey(models.Model):
    """A question that customers are asked: how one matter went (CSAT), or whether they would recommend us (NPS).

    `considered_until` and `cursor` are how far asking has come: through resolved tickets, and through contacts.
    """

    class Kind(models.TextChoices):
        CSAT = "csat", pgettext_lazy("survey", "Satisfaction after a ticket is closed (CSAT)")
        NPS = "nps", pgettext_lazy("survey", "Recommendation, asked every so often (NPS)")

    class FollowUp(models.TextChoices):
        NONE = "none", pgettext_lazy("survey", "Nothing")
        NOTE = "note", pgettext_lazy("survey", "A note on the ticket, and the lead follows it")
        TICKET = "ticket", pgettext_lazy("survey", "A ticket of its own, and the lead follows it")

    WAYS = ("mail", "portal", "widget")
    """How it can be asked."""
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=4, choices=Kind.choices)
    question_zh = models.CharField(max_length=300, default="", blank=True)
    question_en = models.CharField(max_length=300, default="", blank=True)
    ways = models.JSONField(default=list, blank=True)
    condition = models.CharField(max_length=500, default="", blank=True)
    delay_minutes = models.PositiveIntegerField(default=30)
    repeat_days = models.PositiveSmallIntegerField(default=30)
    low = models.PositiveSmallIntegerField(default=2)
    follow_up = models.CharField(max_length=6, choices=FollowUp.choices, default=FollowUp.NOTE)
    active = models.BooleanField(default=True)
    considered_until = models.DateTimeField(null=True, blank=True)
    cursor = models.BigIntegerField(default=0)

    class Meta:
        ordering = ("kind", "name", "id")
        constraints = (
            models.UniqueConstraint(fields=["kind"], condition=Q(active=True), name="survey_one_of_a_kind"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def lowest(self) -> int:
        """The lowest score."""
        return 1 if self.kind == self.Kind.CSAT else 0

    @property
    def highest(self) -> int:
        """The highest score."""
        return 5 if self.kind == self.Kind.CSAT else 10

    @property
    def question(self) -> str:
        """What is asked, in the reader's language or in the other one where that is all there is."""
        chinese = (get_language() or "").startswith("zh")
        wanted, other = (
            (self.question_zh, self.question_en) if chinese else (self.question_en, self.question_zh)
        )
        return wanted or other
