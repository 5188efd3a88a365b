"""Carrying a run on, a stretch at a time; each stretch and the place it reached are written together."""

from __future__ import annotations

import zoneinfo
from collections import Counter
from datetime import datetime

from django.conf import settings
from django.db import transaction

from fengong.integrations.imports.actions.matters import bring_matters
from fengong.integrations.imports.actions.people import bring_people
from fengong.integrations.imports.actions.stretch import Stretch
from fengong.integrations.imports.events import ImportEnded
from fengong.integrations.imports.models import ImportRun, Refusal
from fengong.integrations.imports.policies import require_importer
from fengong.integrations.imports.readers.gather import Export, gather
from fengong.integrations.imports.records import Found, Person
from fengong.kernel import store
from fengong.kernel.actor import Actor
from fengong.kernel.spine import record

AT_ONCE = 100
"""Records in one transaction."""

_at_hand: dict[int, tuple[datetime, Export]] = {}
"""The export that is being read, by run; a worker reads a file once."""


def carry_on(*, actor: Actor, run: ImportRun, at: datetime) -> bool:
    """Bring in the next stretch of a running import; true when it has come to its end."""
    require_importer(actor)
    export = _export(run)
    records: list[Person | Found] = [*export.people.values(), *export.matters.values()]
    with transaction.atomic():
        row = ImportRun.objects.select_for_update().get(pk=run.pk)
        if row.state != ImportRun.State.RUNNING:
            return True
        if row.position == 0:
            _note_faults(row, export)
        stretch, part = Stretch(row, export, actor, at), records[row.position : row.position + AT_ONCE]
        counts = Counter(row.counts)
        counts += bring_people(stretch, [one for one in part if isinstance(one, Person)])
        counts += bring_matters(stretch, [one for one in part if isinstance(one, Found)])
        row.counts, row.total = dict(counts), len(records)
        row.position += len(part)
        if row.position >= row.total:
            _end(row, actor, at)
        row.save()
    return row.state != ImportRun.State.RUNNING


def stop(*, actor: Actor, run: ImportRun, reason: str, at: datetime) -> None:
    """Give a run up, keeping what was brought in and saying why."""
    require_importer(actor)
    running = ImportRun.objects.filter(pk=run.pk, state=ImportRun.State.RUNNING)
    running.update(state=ImportRun.State.FAILED, problem=reason, finished_at=at)
    _at_hand.pop(run.pk, None)


def _export(run: ImportRun) -> Export:
    started, export = _at_hand.get(run.pk, (None, None))
    if export is None or started != run.started_at:
        zone = zoneinfo.ZoneInfo(run.settings.get("zone") or settings.TIME_ZONE)
        path = store.place(run.digest)
        export = gather(
            path, run.source, name=run.file_name, meanings=run.settings.get("columns") or {}, zone=zone
        )
        _at_hand.clear()
        _at_hand[run.pk] = (run.started_at, export)
    return export


def _note_faults(run: ImportRun, export: Export) -> None:
    Refusal.objects.bulk_create(
        Refusal(
            run=run,
            file=fault.file[:200],
            line=fault.line,
            column=fault.column[:120],
            external_id=fault.external_id[:200],
            reason=fault.reason,
            excerpt=fault.excerpt,
        )
        for fault in export.faults
    )


def _end(run: ImportRun, actor: Actor, at: datetime) -> None:
    run.state, run.finished_at = ImportRun.State.DONE, at
    _at_hand.pop(run.pk, None)
    counts = Counter(run.counts)
    record(
        ImportEnded(
            import_run=run.pk, new=counts["new"], changed=counts["changed"], refused=run.refusals.count()
        ),
        actor=actor,
        at=at,
    )
