"""Verbs that set an import up, and start it dry or in earnest."""

from __future__ import annotations

import re
import zoneinfo
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fengong.integrations.imports.events import ImportStarted
from fengong.integrations.imports.models import ImportRun
from fengong.integrations.imports.policies import require_importer
from fengong.kernel import store
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Conflict, Invalid
from fengong.kernel.spine import record
from fengong.people.models import Member

MOST_BYTES = 2 * 1024**3
ACCOUNT = re.compile(r"[\w.-]{1,60}")


def draft_import(
    *,
    actor: Actor,
    source: str,
    account: str,
    file_name: str,
    content: bytes,
    at: datetime,
    settings: dict[str, Any] | None = None,
    member: Member | None = None,
) -> ImportRun:
    """Keep a file to be imported. `account` tells desks of one make apart: ids are unique within it.

    `settings` may say what columns mean (`columns`), what words mean (`statuses`, `priorities`), and in which `zone`
    times without one are.
    """
    require_importer(actor)
    if source not in ImportRun.Source.values:
        raise Invalid(_("Nothing is known of this kind of export."), field="source")
    if not ACCOUNT.fullmatch(account):
        raise Invalid(_("Name the account in letters, digits, dots and dashes, 60 at most."), field="account")
    if not content:
        raise Invalid(_("The file is empty."), field="file")
    if len(content) > MOST_BYTES:
        raise Invalid(_("The file is larger than 2 GB. Split it."), field="file")
    given = settings or {}
    _check_zone(given.get("zone"))
    return ImportRun.objects.create(
        source=source,
        account=account,
        file_name=file_name[:200],
        digest=store.put(content),
        settings=given,
        member=member,
        started_at=at,
    )


def start_import(
    *, actor: Actor, run: ImportRun, dry: bool, at: datetime, settings: dict[str, Any] | None = None
) -> ImportRun:
    """Begin to read a drafted or finished run from its start. What stands already is found again, not doubled."""
    require_importer(actor)
    with transaction.atomic():
        row = ImportRun.objects.select_for_update().get(pk=run.pk)
        if row.state == ImportRun.State.RUNNING:
            raise Conflict(_("This import is running already."))
        if settings is not None:
            _check_zone(settings.get("zone"))
            row.settings = settings
        row.dry, row.state, row.position, row.total = dry, ImportRun.State.RUNNING, 0, 0
        row.counts, row.problem, row.started_at, row.finished_at = {}, "", at, None
        row.save()
        row.refusals.all().delete()
        record(ImportStarted(import_run=row.pk, source=row.source, dry=dry), actor=actor, at=at)
    return row


def _check_zone(zone: Any) -> None:
    if not zone:
        return
    try:
        zoneinfo.ZoneInfo(str(zone))
    except (zoneinfo.ZoneInfoNotFoundError, ValueError) as error:
        raise Invalid(_("There is no time zone “%(zone)s”.") % {"zone": zone}, field="zone") from error
