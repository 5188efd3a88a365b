"""Judging records before they are brought in: what each becomes here, or why it cannot be."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from fengong.customers.models import Contact
from fengong.desk.actions.importing import PastMessage, PastTicket
from fengong.integrations.imports.models import ImportRun
from fengong.integrations.imports.readers import words
from fengong.integrations.imports.readers.gather import Export
from fengong.integrations.imports.readers.values import Unreadable
from fengong.integrations.imports.records import Matter, Turn
from fengong.kernel import markup
from fengong.people.models import Member, Topic

EMPTY = "–"


@dataclass
class Known:
    """What is here already and records refer to."""

    contacts: dict[str, Contact] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)
    topics: dict[str, Topic] = field(default_factory=dict)


def external_id(run: ImportRun, kind: str, ident: str) -> str:
    """An id that is unique over all desks, for the tables of the desk."""
    whole = f"{run.source}:{run.account}:{kind}{ident}"
    return whole if len(whole) <= 200 else f"{run.source}:{hashlib.sha256(whole.encode()).hexdigest()}"


def digest(matter: Matter, turns: list[Turn]) -> str:
    """A fingerprint of everything that is taken over, so that a second run sees what changed."""
    return hashlib.sha256(repr((matter, turns)).encode()).hexdigest()


def past_ticket(run: ImportRun, export: Export, matter: Matter, known: Known) -> PastTicket:
    """A matter as a ticket of this desk; Unreadable with the column where a word means nothing here yet."""
    status, reason = _status(run, matter)
    owner = known.members.get(matter.owner)
    if status in ("open", "pending") and owner is None:
        status, reason = "waiting", ""
    contact = known.contacts.get(matter.customer)
    if contact is None:
        raise Unreadable("customer", _("The customer is not in the file."))
    return PastTicket(
        external_id=external_id(run, "t", matter.external_id),
        customer=contact,
        subject=matter.subject,
        opened_at=matter.opened_at,
        status=status,
        reason=reason,
        priority=_priority(run, matter),
        channel=matter.channel,
        language=contact.language,
        owner=owner,
        topic=known.topics.get(matter.topic.casefold()),
        resolved_at=matter.resolved_at,
        fields=_fields(run, matter),
        tags=matter.tags,
        messages=[_message(run, turn, matter, known) for turn in export.turns(matter)],
    )


def _status(run: ImportRun, matter: Matter) -> tuple[str, str]:
    found = words.status(matter.status, run.settings.get("statuses") or {})
    if found is None:
        reason = _("Say what the status “%(word)s” means here.") % {"word": matter.status}
        raise Unreadable("status", reason, matter.status)
    return found


def _priority(run: ImportRun, matter: Matter) -> int:
    found = words.priority(matter.priority, run.settings.get("priorities") or {})
    if found is None:
        reason = _("Say what the priority “%(word)s” means here.") % {"word": matter.priority}
        raise Unreadable("priority", reason, matter.priority)
    return found


def _fields(run: ImportRun, matter: Matter) -> dict[str, Any]:
    """Custom fields under the names given for them, else under their own."""
    names: dict[str, str] = run.settings.get("fields") or {}
    return {names.get(name, name): value for name, value in matter.fields.items()}


def _message(run: ImportRun, turn: Turn, matter: Matter, known: Known) -> PastMessage:
    contact = known.contacts.get(turn.author) if not turn.note else None
    if turn.by_customer and contact is None:
        contact = known.contacts.get(matter.customer)
    member = known.members.get(turn.author) if contact is None else None
    return PastMessage(
        external_id=external_id(run, "m", f"{matter.external_id}.{turn.external_id}"),
        body=turn.text or markup.plain(turn.html) or EMPTY,
        html=markup.clean(turn.html) if turn.html else "",
        at=turn.at,
        kind="note" if turn.note else "public",
        contact=contact,
        member=member,
        author_name="" if contact or member else _("%(source)s agent") % {"source": run.get_source_display()},
    )
