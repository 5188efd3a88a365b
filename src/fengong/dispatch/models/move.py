"""A move."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from fengong.desk.models import Ticket
from fengong.dispatch.models.decision import Decision
from fengong.people.models import Member


class Move(models.Model):
    """Why a ticket left its owner, and what was done with it: the part of an explanation that no matching tells.

    `member` had it, `to` has it now; without `to` it went back to the queue, or, of a silent owner, stayed. `figures`
    are what the rule looked at, by name. A referral goes to no owner: `to` is the lead who decides, and until
    `settled_at` nobody else passes the ticket on.
    """

    class Kind(models.TextChoices):
        HANDED = "handed", pgettext_lazy("move", "Handed over")
        BALANCED = "balanced", pgettext_lazy("move", "To even out load")
        SHIFT_END = "shift_end", pgettext_lazy("move", "End of a shift")
        LEAVE = "leave", pgettext_lazy("move", "Leave")
        ABSENT = "absent", pgettext_lazy("move", "Reopened while its owner was not here")
        SILENT = "silent", pgettext_lazy("move", "Silent owner")
        STAND_IN = "stand_in", pgettext_lazy("move", "Somebody stands in")
        REFERRED = "referred", pgettext_lazy("move", "A lead decides")

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    member = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    by = models.CharField(max_length=40)
    at = models.DateTimeField()
    decision = models.OneToOneField(
        Decision, null=True, blank=True, on_delete=models.SET_NULL, related_name="move"
    )
    figures = models.JSONField(default=dict, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["ticket"],
                condition=Q(kind="referred", settled_at__isnull=True),
                name="move_referred_once",
            ),
        )
        indexes = (
            models.Index(fields=["ticket", "-at"], name="move_of_ticket"),
            models.Index(fields=["kind", "-at"], name="move_newest"),
            models.Index(
                fields=["to"], condition=Q(kind="referred", settled_at__isnull=True), name="move_to_decide"
            ),
        )

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.kind}"
