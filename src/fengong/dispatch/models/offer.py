"""An offer of a ticket."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from fengong.desk.models import Ticket
from fengong.people.models import Member


class Offer(models.Model):
    """A ticket given on trial: its member accepts it or passes it on before `expires_at`, and holds its room meanwhile.

    A ticket has at most one that is open. Whoever passed it on is not asked for it again before `apart_until`.
    """

    class Answer(models.TextChoices):
        OPEN = "", pgettext_lazy("offer", "Open")
        ACCEPTED = "accepted", pgettext_lazy("offer", "Accepted")
        DECLINED = "declined", pgettext_lazy("offer", "Declined")
        MISSED = "missed", pgettext_lazy("offer", "Missed")
        WITHDRAWN = "withdrawn", pgettext_lazy("offer", "Withdrawn")

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answer = models.CharField(max_length=10, choices=Answer.choices, default=Answer.OPEN, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    apart_until = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, default="", blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["ticket"], condition=Q(answer=""), name="offer_once_open"),
        )
        indexes = (
            models.Index(fields=["expires_at"], condition=Q(answer=""), name="offer_expiring"),
            models.Index(fields=["ticket", "-offered_at"], name="offer_of_ticket"),
            models.Index(fields=["member", "-offered_at"], name="offer_of_member"),
        )

    def __str__(self) -> str:
        return f"{self.ticket_id} → {self.member_id} {self.answer}"
