"""A round of matching."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models

from fengong.dispatch.models.policy_edition import PolicyEdition


class Round(models.Model):
    """One look at the whole waiting queue and everybody's free capacity.

    Who could not take a ticket of a class (same topic, difficulty, tier, effort, and all else that closes it to some),
    and why, is the same for all its tickets in a round; it is stored here once: `excluded[class][reason]` maps members,
    as `packed` writes them, to the figures behind the reason that they share.
    """

    at = models.DateTimeField()
    policy = models.CharField(max_length=30)
    edition = models.ForeignKey(
        PolicyEdition, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    waiting = models.PositiveIntegerField()
    members = models.PositiveIntegerField()
    excluded = models.JSONField(default=dict)
    milliseconds = models.FloatField(default=0)

    def __str__(self) -> str:
        return f"{self.pk} {self.policy}"


def packed(members: Iterable[int]) -> str:
    """Ids in ascending order as text, runs as `first-last`: `3-7 9`. Large teams make many of these."""
    runs: list[list[int]] = []
    for member in members:
        if runs and member == runs[-1][1] + 1:
            runs[-1][1] = member
        else:
            runs.append([member, member])
    return " ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)


def unpacked(text: str) -> list[int]:
    """The ids that `packed` wrote."""
    runs = (run.partition("-") for run in text.split())
    return [member for first, _, last in runs for member in range(int(first), int(last or first) + 1)]
