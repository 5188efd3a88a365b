"""A field of the desk's own."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fengong.desk.models.ticket_type import TicketType
from fengong.kernel.naming import Bilingual


class Field(Bilingual):
    """Something a desk wants to know of its tickets. Values stand in `Ticket.fields` under the slug.

    A field without types belongs to every ticket. `choices` is a list of {"value", "zh", "en"}.
    """

    class Kind(models.TextChoices):
        TEXT = "text", pgettext_lazy("field kind", "Line of text")
        LONG = "long", pgettext_lazy("field kind", "Long text")
        NUMBER = "number", pgettext_lazy("field kind", "Number")
        DATE = "date", pgettext_lazy("field kind", "Date")
        CHOICE = "choice", pgettext_lazy("field kind", "One of several")
        CHOICES = "choices", pgettext_lazy("field kind", "Some of several")
        CHECKBOX = "checkbox", pgettext_lazy("field kind", "Yes or no")
        LINK = "link", pgettext_lazy("field kind", "Web address")

    class Required(models.TextChoices):
        NEVER = "", _("May stay empty")
        OPEN = "open", _("Needed in the form of a new ticket")
        RESOLVE = "resolve", _("Needed before resolving")

    slug = models.SlugField(unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.TEXT)
    choices = models.JSONField(default=list, blank=True)
    required = models.CharField(max_length=10, choices=Required.choices, default="", blank=True)
    types = models.ManyToManyField(TicketType, blank=True, related_name="own_fields")
    visible_to_customers = models.BooleanField(default=False)
    editable_by_customers = models.BooleanField(default=False)
    active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")
