"""A stream of contacts."""

from __future__ import annotations

from django.db import models

from fengong.people.models import Topic


class Stream(models.Model):
    """What comes in of one topic, or of all of them where none is named, as far as it has been looked at.

    `standing` is what the detector knows, `expected` what one hour is expected to bring, and for which hour.
    """

    key = models.CharField(max_length=40, unique=True)
    topic = models.OneToOneField(Topic, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    upto = models.DateTimeField()
    standing = models.JSONField(default=dict, blank=True)
    expected = models.JSONField(default=dict, blank=True)

    def __str__(self) -> str:
        return self.key
