"""Bringing matters in: new ones as tickets, changed ones followed, the rest left alone or refused with their place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from fengong.desk.actions.importing import PastTicket, bring_in, bring_up_to_date
from fengong.desk.models import Ticket
from fengong.integrations.imports.actions.judging import Known, digest, past_ticket
from fengong.integrations.imports.actions.people import known_to
from fengong.integrations.imports.actions.stretch import LONGEST_ID, Stretch
from fengong.integrations.imports.models import Brought, Refusal
from fengong.integrations.imports.readers.values import Unreadable
from fengong.integrations.imports.records import Found, Matter

TICKET = Brought.Kind.TICKET
Fresh = list[tuple[Matter, PastTicket, str]]


def bring_matters(stretch: Stretch, found: Sequence[Found]) -> Counter[str]:
    """Judge each by itself and write down what can be; in a dry run only count."""
    pairs = [(one, one.record) for one in found if isinstance(one.record, Matter)]
    matters = [matter for _place, matter in pairs]
    if not matters:
        return Counter()
    known, counts = known_to(stretch, matters), Counter[str]()
    standing = stretch.brought(TICKET, (matter.external_id for matter in matters))
    fresh: Fresh = []
    for place, matter in pairs:
        before = standing.get(matter.external_id[:LONGEST_ID])
        outcome = _judge(stretch, place, known, before, fresh)
        counts[outcome] += 1
        counts["files"] += sum(len(turn.files) for turn in stretch.export.turns(matter))
    _write(stretch, fresh)
    return counts


def _judge(stretch: Stretch, place: Found, known: Known, before: Brought | None, fresh: Fresh) -> str:
    matter = place.record
    if not isinstance(matter, Matter):
        return "same"
    mark = digest(matter, stretch.export.turns(matter))
    if before and before.digest == mark:
        return "same"
    try:
        past = past_ticket(stretch.run, stretch.export, matter, known)
    except Unreadable as error:
        _refuse(stretch, place, matter, error)
        return "refused"
    if before:
        _renew(stretch, before, past, mark)
        return "changed"
    fresh.append((matter, past, mark))
    return "new"


def _refuse(stretch: Stretch, place: Found, matter: Matter, error: Unreadable) -> None:
    Refusal.objects.create(
        run=stretch.run,
        file=place.file[:200],
        line=place.line,
        column=error.column[:120],
        external_id=matter.external_id[:LONGEST_ID],
        reason=error.reason,
        excerpt=(error.word or matter.subject)[:200],
    )


def _write(stretch: Stretch, fresh: Fresh) -> None:
    if stretch.run.dry or not fresh:
        return
    past = [one for _matter, one, _mark in fresh]
    tickets = bring_in(actor=stretch.actor, past=past, source=stretch.run.source, at=stretch.at)
    Brought.objects.bulk_create(
        stretch.mark(TICKET, matter.external_id, ticket.pk, digest=mark, version=ticket.version)
        for ticket, (matter, _past, mark) in zip(tickets, fresh, strict=True)
    )


def _renew(stretch: Stretch, before: Brought, past: PastTicket, mark: str) -> None:
    ticket = Ticket.objects.filter(pk=before.ref).first()
    if stretch.run.dry or ticket is None:
        return
    untouched = ticket.version == before.version
    row = bring_up_to_date(
        actor=stretch.actor,
        ticket=ticket,
        past=past,
        source=stretch.run.source,
        untouched=untouched,
        at=stretch.at,
    )
    before.digest, before.version = mark, row.version if untouched else before.version
    before.save(update_fields=["digest", "version"])
