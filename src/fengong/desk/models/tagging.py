"""A tag on a ticket."""

from __future__ import annotations

from django.db import models

from fengong.desk.models.tag import Tag
from fengong.desk.models.ticket import Ticket


class Tagging(models.Model):
    """That a ticket carries a tag, since when and by whom."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="taggings")
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="taggings")
    by = models.CharField(max_length=40, default="", blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["ticket", "tag"], name="tagging_once"),)

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.tag_id}"
