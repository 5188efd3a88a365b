"""A call to somebody on standby."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from fengong.emergency.models.surge import Surge
from fengong.people.models import Member


class StandbyCall(models.Model):
    """Somebody on standby is asked to come, and answers by a time; who does not is passed over for the next one."""

    class State(models.TextChoices):
        CALLED = "called", pgettext_lazy("call", "Called")
        COMING = "coming", pgettext_lazy("call", "Is coming")
        DECLINED = "declined", pgettext_lazy("call", "Cannot come")
        MISSED = "missed", pgettext_lazy("call", "Did not answer")
        DISMISSED = "dismissed", pgettext_lazy("call", "No longer needed")

    surge = models.ForeignKey(Surge, on_delete=models.CASCADE, related_name="calls")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.CALLED)
    called_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    until = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("called_at", "id")
        constraints = (models.UniqueConstraint(fields=["surge", "member"], name="called_once_a_surge"),)
        indexes = (models.Index(fields=["answer_by"], condition=Q(state="called"), name="call_unanswered"),)

    def __str__(self) -> str:
        return f"{self.surge_id} {self.member_id} {self.state}"
