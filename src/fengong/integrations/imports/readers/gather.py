"""A whole export at hand: who is in it, which turns belong to which matter, and the matters in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from fengong.integrations.imports.readers import chatwoot, documents, freshdesk, sheet_rows, zammad, zendesk
from fengong.integrations.imports.readers.values import Unreadable, ident
from fengong.integrations.imports.records import Company, Fault, Found, Later, Matter, Person, Turn

Reader = Callable[[str, dict[str, Any]], Iterator[Company | Person | Matter | Later]]
READERS: dict[str, Reader] = {
    "zendesk": zendesk.read,
    "freshdesk": freshdesk.read,
    "zammad": zammad.read,
    "chatwoot": chatwoot.read,
}
TABLE = "table"
SOURCES = (*READERS, TABLE)
LONGEST_EXCERPT = 200


@dataclass
class Export:
    """What a file holds. `matters` keeps each matter once, the last writing of it wins."""

    people: dict[str, Person] = field(default_factory=dict)
    companies: dict[str, Company] = field(default_factory=dict)
    matters: dict[str, Found] = field(default_factory=dict)
    later: dict[str, list[Turn]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def turns(self, matter: Matter) -> list[Turn]:
        """All turns of a matter, oldest first, none twice."""
        every = {turn.external_id: turn for turn in (*matter.turns, *self.later.get(matter.external_id, ()))}
        return sorted(every.values(), key=lambda turn: (turn.at, turn.external_id))


def gather(
    path: Path,
    source: str,
    *,
    name: str = "",
    meanings: dict[str, str] | None = None,
    zone: tzinfo = UTC,
) -> Export:
    """Read an export whole. Nothing raises: what cannot be read stands in `faults` with its place."""
    export = Export()
    called = name or path.name
    if source == TABLE:
        found = sheet_rows.read(path, called, meanings or {}, zone)
    else:
        found = _objects(path, called, READERS[source])
    for one in found:
        if isinstance(one, Fault):
            export.faults.append(one)
        else:
            _keep(export, one)
    return export


def _keep(export: Export, found: Found) -> None:
    match found.record:
        case Company() as company:
            export.companies[company.external_id] = company
        case Person() as person:
            known = export.people.get(person.external_id)
            if known is None or not known.email:
                export.people[person.external_id] = person
        case Later() as later:
            export.later.setdefault(later.matter, []).append(later.turn)
        case Matter() as matter:
            export.matters[matter.external_id] = found


def _objects(path: Path, name: str, reader: Reader) -> Iterator[Found | Fault]:
    for item in documents.items(path, name):
        if isinstance(item, Fault):
            yield item
            continue
        try:
            records = list(reader(item.key, item.value))
        except Unreadable as error:
            yield _fault(item, error.reason, error.column)
            continue
        except (TypeError, ValueError, AttributeError, KeyError) as error:
            yield _fault(item, _("This record has an unknown shape: %(reason)s") % {"reason": error})
            continue
        if not records and not item.key:
            yield _fault(item, _("This is no ticket, person or organisation of that desk."))
        yield from (Found(item.file, item.line, record) for record in records)


def _fault(item: documents.Item, reason: str, column: str = "") -> Fault:
    excerpt = str(item.value)[:LONGEST_EXCERPT]
    return Fault(
        item.file, item.line, reason, column=column, external_id=ident(item.value.get("id")), excerpt=excerpt
    )
