"""The verb on a ticket's language: in which its customer is answered."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from fengong.desk.actions.locking import changed, locked
from fengong.desk.events import LanguageSet
from fengong.desk.models import Ticket
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Invalid
from fengong.kernel.spine import record
from fengong.people.policies import require


def set_language(*, actor: Actor, ticket: Ticket, language: str, at: datetime) -> Ticket:
    """Say in which language this customer wants to be answered here."""
    require(actor, "ticket.work")
    if language not in dict(settings.LANGUAGES):
        raise Invalid(_("Answers are written in Chinese or English."), field="language")
    with transaction.atomic():
        row = locked(ticket)
        previous, row.language = row.language, language
        if previous == language:
            return row
        changed(row, "language", at=at)
        record(LanguageSet(ticket=row.pk, language=language, previous=previous), actor=actor, at=at)
    return row
