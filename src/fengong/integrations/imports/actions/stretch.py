"""One stretch of a run: what it is read from, who asked for it and when; what was brought in before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from fengong.integrations.imports.models import Brought, ImportRun
from fengong.integrations.imports.readers.gather import Export
from fengong.kernel.actor import Actor

LONGEST_ID = 200


@dataclass(frozen=True)
class Stretch:
    """What every step of it needs."""

    run: ImportRun
    export: Export
    actor: Actor
    at: datetime

    def brought(self, kind: str, ids: Iterable[str]) -> dict[str, Brought]:
        """What records of a kind became in earlier runs, by their id there."""
        run, wanted = self.run, [ident[:LONGEST_ID] for ident in ids]
        found = Brought.objects.filter(
            source=run.source, account=run.account, kind=kind, external_id__in=wanted
        )
        return {one.external_id: one for one in found}

    def mark(self, kind: str, ident: str, ref: int, *, digest: str = "", version: int = 0) -> Brought:
        """A row that remembers what a record became; not saved yet."""
        return Brought(
            source=self.run.source,
            account=self.run.account,
            kind=kind,
            external_id=ident[:LONGEST_ID],
            ref=ref,
            digest=digest,
            version=version,
        )
