"""Presence."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from fengong.people.models import Member


class Presence(models.Model):
    """Whether a member is here now. Only those online receive work; who is engaged is here, but for one matter."""

    class Status(models.TextChoices):
        ONLINE = "online", _("Online")
        AWAY = "away", _("Away")
        ENGAGED = "engaged", _("At a swarm")
        OFFLINE = "offline", _("Offline")

    member = models.OneToOneField(Member, on_delete=models.CASCADE, primary_key=True, related_name="+")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OFFLINE)
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.member_id} {self.status}"
