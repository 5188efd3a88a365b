"""A dispatch decision."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy

from fengong.desk.models import Ticket
from fengong.dispatch.models.round import Round
from fengong.people.models import Member


class Decision(models.Model):
    """Why a ticket went to its owner: the winner's terms, the best others with theirs, and who was excluded.

    `alternatives` is a list of `{member, cost, terms}`; `barred` lists members this ticket must not go to. `notes`
    say which special rules had a part in it.
    """

    class Kind(models.TextChoices):
        MATCHED = "matched", pgettext_lazy("decision kind", "Matched")
        MANUAL = "manual", pgettext_lazy("decision kind", "Assigned by hand")
        TAKEN = "taken", pgettext_lazy("decision kind", "Taken")
        MOVED = "moved", pgettext_lazy("decision kind", "Moved by a rule")

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")
    round = models.ForeignKey(
        Round, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions"
    )
    at = models.DateTimeField()
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.MATCHED)
    by = models.CharField(max_length=40)
    policy = models.CharField(max_length=30, blank=True)
    winner = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    effort = models.PositiveIntegerField()
    waited_seconds = models.FloatField(default=0)
    cost = models.FloatField(null=True, blank=True)
    terms = models.JSONField(default=dict)
    alternatives = models.JSONField(default=list)
    barred = models.JSONField(default=list)
    group = models.CharField(max_length=40, blank=True)
    eligible = models.PositiveIntegerField(default=0)
    notes = models.JSONField(default=dict, blank=True)
    considered = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = (
            models.Index(fields=["ticket", "-at"], name="decision_of_ticket"),
            models.Index(fields=["-at"], name="decision_newest"),
        )

    def __str__(self) -> str:
        return f"{self.ticket_id} → {self.winner_id}"
