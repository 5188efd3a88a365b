"""An edition of the dispatch policy."""

from __future__ import annotations

from django.db import models

from fengong.people.models import Member


class PolicyEdition(models.Model):
    """One state of the rules by which tickets are given; never changed once it is published.

    The one published last is in force. Returning to an earlier one publishes its rules again, as a new edition.
    """

    number = models.PositiveIntegerField(unique=True)
    rules = models.JSONField(default=dict)
    note = models.CharField(max_length=500, default="", blank=True)
    author = models.ForeignKey(Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    returns_to = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("-number",)
        indexes = (models.Index(fields=["-published_at", "-number"], name="policy_in_force"),)

    def __str__(self) -> str:
        return f"{self.number}"
