"""Words anywhere in a ticket."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from fengong.desk.models import Message


def holding(text: str, *, quoted: bool) -> Q:
    """The condition that a ticket holds these words."""
    if not any(character.isalnum() for character in text):
        return Q()
    said = Message.objects.filter(ticket=OuterRef("pk"), body__icontains=text)
    return Q(subject__icontains=text) | Q(customer__display_name__icontains=text) | Q(Exists(said))
