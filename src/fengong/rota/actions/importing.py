"""The verb that takes a roster from a file. Each line stands for itself: what is refused is told, the rest goes on.

A line is known again by its key, so a file may be read any number of times; what was changed by hand stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fengong.kernel import zones
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Conflict, Invalid, Refused
from fengong.kernel.spine import record
from fengong.people.models import Member
from fengong.people.policies import require
from fengong.rota.actions.leave import STANDING, check_leave, put_leave
from fengong.rota.actions.pausing import check_pauses, pauses
from fengong.rota.actions.settling import lock, settle
from fengong.rota.actions.shifts import put
from fengong.rota.actions.standby import put_standby
from fengong.rota.events import RosterImported
from fengong.rota.files.calendars import read_calendar
from fengong.rota.files.lines import SHIFT, STANDBY, Entry, Refusal
from fengong.rota.files.tables import read_table
from fengong.rota.models import Leave, PlannedShift, Shift, Standby
from fengong.rota.policies import require_planning

CSV, ICALENDAR = "csv", "icalendar"
READERS: dict[str, Callable[[bytes, str], Iterator[Entry | Refusal]]] = {
    CSV: read_table,
    ICALENDAR: read_calendar,
}
LARGEST = 5_000_000
ADDED, CHANGED, SAME, KEPT, CANCELLED = "added", "changed", "same", "kept", "cancelled"


@dataclass
class Report:
    """What became of a file: how many lines were added, changed, the same, kept as somebody had changed them by hand,
    cancelled; and what was refused, line by line."""

    dry: bool
    counts: dict[str, int] = field(
        default_factory=lambda: dict.fromkeys((ADDED, CHANGED, SAME, KEPT, CANCELLED), 0)
    )
    refused: list[Refusal] = field(default_factory=list)


class _OnlyTried(Exception):
    """Ends a dry run, so that nothing of it stays."""


def import_roster(
    *,
    actor: Actor,
    content: bytes,
    form: str,
    zone: str,
    at: datetime,
    dry: bool = False,
    member: Member | None = None,
) -> Report:
    """Take shifts, standby and leave from a CSV or iCalendar file. Lines that name nobody are about `member`."""
    require(actor, "shift.plan")
    if form not in READERS:
        raise Invalid(_("A roster comes as CSV or as iCalendar."), field="form")
    if not zones.is_zone(zone):
        raise Invalid(_("There is no time zone of this name."), field="zone")
    if len(content) > LARGEST:
        raise Invalid(_("The file is larger than five megabytes."), field="content")
    lines = list(READERS[form](content, zone))
    report, known = Report(dry), _People(member, zone)
    try:
        with transaction.atomic():
            lock(known.everybody())
            _take_all(actor, lines, known, report, at)
            _tell(actor, form, report, at)
            if dry:
                raise _OnlyTried
    except _OnlyTried:
        pass
    return report


class _People:
    """Members by what a file may call them: number, mail address, or a name that only one has; and the file's zone."""

    def __init__(self, usual: Member | None, zone: str) -> None:
        self._usual = usual
        self.zone = zone
        self._found: dict[str, list[Member]] = {}
        for one in Member.objects.filter(active=True).select_related("team", "position", "account"):
            names = {str(one.pk), one.display_name.lower(), one.account.email.lower() if one.account else ""}
            for name in names - {""}:
                self._found.setdefault(name, []).append(one)

    def everybody(self) -> set[int]:
        """Ids of all active members."""
        return {one.pk for found in self._found.values() for one in found}

    def named(self, text: str) -> Member:
        """The member a line is about."""
        if not text and self._usual is not None:
            return self._usual
        found = self._found.get(text.lower(), [])
        if len(found) == 1:
            return found[0]
        if found:
            raise Invalid(_("Several members are called “%(name)s”.") % {"name": text}, field="member")
        raise Invalid(_("Nobody here is called “%(name)s”.") % {"name": text[:80]}, field="member")


def _take_all(
    actor: Actor, lines: list[Entry | Refusal], known: _People, report: Report, at: datetime
) -> None:
    seen: dict[str, int] = {}
    for entry in lines:
        if isinstance(entry, Refusal):
            report.refused.append(entry)
            continue
        try:
            if entry.key in seen:
                raise Invalid(_("Line %(line)s has the same key.") % {"line": seen[entry.key]}, field="key")
            seen[entry.key] = entry.line
            member = known.named(entry.member)
            require_planning(actor, member)
            with transaction.atomic():
                report.counts[_take(entry, member, known.zone, at)] += 1
        except Refused as refused:
            report.refused.append(Refusal(entry.line, refused.field, entry.key, refused.message))


def _tell(actor: Actor, form: str, report: Report, at: datetime) -> None:
    done = {name: report.counts[name] for name in (ADDED, CHANGED, CANCELLED)}
    if any(done.values()):
        record(RosterImported(form=form, refused=len(report.refused), **done), actor=actor, at=at)


def _take(entry: Entry, member: Member, zone: str, at: datetime) -> str:
    if entry.kind == SHIFT:
        return _take_shift(entry, member)
    if entry.kind == STANDBY:
        return _take_standby(entry, member)
    return _take_leave(entry, member, zone, at)


def _take_shift(entry: Entry, member: Member) -> str:
    check_pauses(entry.breaks, (entry.starts_at, entry.ends_at))
    row = PlannedShift.objects.filter(key=entry.key).first()
    if row is None:
        if entry.cancelled:
            return SAME
        row = PlannedShift(key=entry.key, source=PlannedShift.Source.FILE)
        return _write_shift(row, entry, member, ADDED)
    _same_member(row.member_id, member)
    if row.changed:
        return KEPT
    if (row.starts_at, row.ends_at, row.cancelled) == (
        entry.starts_at,
        entry.ends_at,
        entry.cancelled,
    ) and pauses(row) == list(entry.breaks):
        return SAME
    return _write_shift(row, entry, member, CANCELLED if entry.cancelled else CHANGED)


def _write_shift(row: PlannedShift, entry: Entry, member: Member, done: str) -> str:
    start, end = row.starts_at or entry.starts_at, row.ends_at or entry.ends_at
    row.member, row.cancelled = member, entry.cancelled
    if entry.cancelled:
        row.save()
    else:
        row.starts_at, row.ends_at = entry.starts_at, entry.ends_at
        put(row, entry.breaks)
    settle([member.pk], start=min(start, entry.starts_at), end=max(end, entry.ends_at))
    if not entry.cancelled and not Shift.objects.filter(planned=row).exists():
        raise Conflict(_("This member is on leave in that time."), field="start")
    return done


def _take_standby(entry: Entry, member: Member) -> str:
    row = Standby.objects.filter(key=entry.key).first()
    if row is not None:
        _same_member(row.member_id, member)
    if entry.cancelled:
        gone, _by_table = Standby.objects.filter(key=entry.key).delete()
        return CANCELLED if gone else SAME
    wanted = (entry.starts_at, entry.ends_at, entry.answers_within)
    if row is not None and (row.starts_at, row.ends_at, row.answers_within) == wanted:
        return SAME
    done = CHANGED if row is not None else ADDED
    row = row or Standby(key=entry.key, member=member)
    row.starts_at, row.ends_at, row.answers_within = wanted
    put_standby(row)
    return done


def _take_leave(entry: Entry, member: Member, zone: str, at: datetime) -> str:
    """Leave from a file was approved by whoever gives the file."""
    row = Leave.objects.filter(key=entry.key).first()
    if row is not None:
        _same_member(row.member_id, member)
    if row is None and entry.cancelled:
        return SAME
    state = Leave.State.WITHDRAWN if entry.cancelled else Leave.State.APPROVED
    wanted = (entry.kind, entry.starts_at, entry.ends_at, state)
    if row is not None and (row.kind, row.starts_at, row.ends_at, row.state) == wanted:
        return SAME
    if row is not None and row.state not in STANDING:
        return KEPT
    done = CANCELLED if entry.cancelled else CHANGED if row is not None else ADDED
    row = row or Leave(key=entry.key, member=member, asked_at=at, zone=zone)
    start, end = row.starts_at or entry.starts_at, row.ends_at or entry.ends_at
    row.kind, row.starts_at, row.ends_at, row.state = wanted
    row.whole_days, row.decided_at = entry.whole_days, at
    check_leave(row)
    put_leave(row)
    settle([member.pk], start=min(start, entry.starts_at), end=max(end, entry.ends_at))
    return done


def _same_member(known: int, member: Member) -> None:
    if known != member.pk:
        raise Invalid(_("This key belongs to another member."), field="member")
