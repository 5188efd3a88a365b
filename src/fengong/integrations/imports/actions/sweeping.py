"""What the worker does about imports that are running."""

from __future__ import annotations

import logging
import time
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from fengong.integrations.imports.actions.carrying import carry_on, stop
from fengong.integrations.imports.models import ImportRun
from fengong.kernel.actor import System

IMPORTER = System("importer")
AT_A_TIME = 5.0
"""Seconds of work before the sweep looks up."""
logger = logging.getLogger(__name__)


def carry_all(*, at: datetime) -> int:
    """Bring running imports on, the oldest first; one that fails stops with its reason and keeps what it brought."""
    until, stretches = time.monotonic() + AT_A_TIME, 0
    for run in ImportRun.objects.filter(state=ImportRun.State.RUNNING).order_by("started_at"):
        with override(_language(run)):
            stretches += _carry(run, until, at)
    return stretches


def _carry(run: ImportRun, until: float, at: datetime) -> int:
    stretches, ended = 0, False
    while not ended and time.monotonic() < until:
        try:
            ended = carry_on(actor=IMPORTER, run=run, at=at)
        except Exception as error:
            logger.exception("Import %s stopped", run.pk)
            stop(actor=IMPORTER, run=run, reason=_("It stopped: %(reason)s") % {"reason": error}, at=at)
            ended = True
        stretches += 1
    return stretches


def _language(run: ImportRun) -> str:
    """Reports are written in the language of who asked."""
    account = run.member.account if run.member else None
    return account.language if account else "zh-hans"
