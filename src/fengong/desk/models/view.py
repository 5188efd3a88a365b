"""A saved view."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from fengong.people.models import Member, Team


class View(models.Model):
    """A query under a name, as a tab of the list: for one member, for a team, or for everybody."""

    class Sort(models.TextChoices):
        NEWEST = "newest", pgettext_lazy("order of a list", "Newest first")
        OLDEST = "oldest", pgettext_lazy("order of a list", "Oldest first")
        DUE = "due", pgettext_lazy("order of a list", "Nearest promise first")
        WAITING = "waiting", pgettext_lazy("order of a list", "Longest waiting first")

    name = models.CharField(max_length=60)
    query = models.CharField(max_length=2000)
    sort = models.CharField(max_length=10, choices=Sort.choices, default=Sort.DUE)
    columns = models.JSONField(default=list, blank=True)
    member = models.ForeignKey(Member, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(member__isnull=True) | Q(team__isnull=True), name="view_of_one_audience"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_shared(self) -> bool:
        """Whether others see it too."""
        return self.member_id is None
