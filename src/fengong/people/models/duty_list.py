"""A duty list."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from fengong.people.models.position import Position


class DutyList(models.Model):
    """What a position is responsible for: a draft, or an edition that is in force from a moment on and never changes.

    A draft has neither number nor moment. Of the editions that have begun, the one that began last counts; of those
    that begin together, the one with the highest number.
    """

    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="duty_lists")
    number = models.PositiveIntegerField(null=True, blank=True)
    effective_on = models.DateField(null=True, blank=True)
    zone = models.CharField(max_length=60, default="", blank=True)
    in_force_from = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["position"], condition=Q(number__isnull=True), name="duty_list_one_draft"
            ),
            models.UniqueConstraint(fields=["position", "number"], name="duty_list_number_once"),
            models.CheckConstraint(
                condition=Q(number__isnull=True, in_force_from__isnull=True, published_at__isnull=True)
                | Q(number__isnull=False, in_force_from__isnull=False, published_at__isnull=False),
                name="duty_list_draft_or_edition",
            ),
        )
        indexes = (models.Index(fields=["position", "-in_force_from", "-number"], name="duty_list_in_force"),)

    def __str__(self) -> str:
        return f"{self.position_id} {self.number or 'draft'}"

    @property
    def is_draft(self) -> bool:
        """Whether it can still be changed."""
        return self.number is None
