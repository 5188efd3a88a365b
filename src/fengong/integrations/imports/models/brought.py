"""What was brought in before."""

from __future__ import annotations

from django.db import models


class Brought(models.Model):
    """A record of another desk and what it became here, so that a second run changes what changed and nothing else."""

    class Kind(models.TextChoices):
        PERSON = "person"
        TICKET = "ticket"

    source = models.CharField(max_length=12)
    account = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    external_id = models.CharField(max_length=200)
    ref = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["source", "account", "kind", "external_id"], name="brought_once"),
        )

    def __str__(self) -> str:
        return f"{self.source} {self.kind} {self.external_id}"
