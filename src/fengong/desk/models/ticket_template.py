"""A template of a ticket."""

from __future__ import annotations

from django.db import models

from fengong.desk.models.ticket_type import TicketType
from fengong.kernel.naming import Bilingual
from fengong.people.models import Topic


class TicketTemplate(Bilingual):
    """What a new ticket of a common sort begins with; whoever opens one may change all of it."""

    subject = models.CharField(max_length=240, default="", blank=True)
    body = models.TextField(default="", blank=True)
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    difficulty = models.PositiveSmallIntegerField(null=True, blank=True)
    priority = models.PositiveSmallIntegerField(null=True, blank=True)
    type = models.ForeignKey(TicketType, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    tags = models.JSONField(default=list, blank=True)
    fields = models.JSONField(default=dict, blank=True)
    active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")
