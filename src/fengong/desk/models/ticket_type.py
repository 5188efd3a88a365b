"""A kind of ticket."""

from __future__ import annotations

from django.db import models

from fengong.kernel.naming import Bilingual


class TicketType(Bilingual):
    """What sort of matter a ticket is, such as a question, a fault or a request; decides which fields it has."""

    slug = models.SlugField(unique=True)
    active = models.BooleanField(default=True)
    children_first = models.BooleanField(default=False)
    """Whether a ticket of this type is resolved only when its child tickets are."""
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")
