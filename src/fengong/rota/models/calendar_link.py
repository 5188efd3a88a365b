"""A link to a calendar."""

from __future__ import annotations

import hashlib

from django.db import models

from fengong.people.models import Member


class CalendarLink(models.Model):
    """The secret address under which a calendar program reads one member's roster; only its digest is kept."""

    member = models.OneToOneField(Member, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"calendar of {self.member_id}"

    @staticmethod
    def digest_of(secret: str) -> str:
        """What is kept of a secret."""
        return hashlib.sha256(secret.encode()).hexdigest()
