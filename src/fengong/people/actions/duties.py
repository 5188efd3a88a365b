"""Verbs on duty lists: a draft is written, published from a day on, and acknowledged by those who hold the position."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from fengong.kernel import zones
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Conflict, Denied, Invalid, Missing
from fengong.kernel.spine import record
from fengong.people.actions.duty_checks import DutyWanted, check_duties
from fengong.people.events import (
    DutiesAcknowledged,
    DutiesChanged,
    DutiesDrafted,
    DutiesDropped,
    DutiesPublished,
)
from fengong.people.models import Duty, DutyAcknowledgement, DutyList, Member, Position
from fengong.people.policies import require_describing


def draft_duties(*, actor: Actor, position: Position, at: datetime) -> DutyList:
    """Begin a draft: a copy of the newest edition, empty where there is none."""
    require_describing(actor, position)
    with transaction.atomic():
        _lock(position)
        if DutyList.objects.filter(position=position, number__isnull=True).exists():
            raise Conflict(_("This position has a draft already."))
        draft = DutyList.objects.create(position=position, changed_at=at)
        newest = DutyList.objects.filter(position=position, number__isnull=False).order_by("-number").first()
        if newest is not None:
            _copy(newest, draft)
        record(DutiesDrafted(position=position.pk), actor=actor, at=at)
    return draft


def write_duties(
    *,
    actor: Actor,
    position: Position,
    duties: Sequence[DutyWanted],
    at: datetime,
    seen: datetime | None = None,
) -> DutyList:
    """Say in the draft, as a whole, what the position is responsible for. With `seen`, Conflict when the draft was
    changed after that."""
    require_describing(actor, position)
    check_duties(duties, position=position)
    with transaction.atomic():
        draft = _locked_draft(position)
        if seen is not None and draft.changed_at != seen:
            raise Conflict(
                _("Somebody changed this draft meanwhile. Look at it, then say it again."), code="stale"
            )
        Duty.objects.filter(duty_list=draft).delete()
        rows = [
            Duty(duty_list=draft, order=order, **{**asdict(duty), "raci": _ordered(duty.raci)})
            for order, duty in enumerate(duties, start=1)
        ]
        Duty.objects.bulk_create(rows)
        draft.changed_at = at
        draft.save(update_fields=["changed_at"])
        record(DutiesChanged(position=position.pk, duties=len(rows)), actor=actor, at=at)
    return draft


def drop_draft(*, actor: Actor, position: Position, at: datetime) -> None:
    """Throw the draft away; editions stay."""
    require_describing(actor, position)
    with transaction.atomic():
        _locked_draft(position).delete()
        record(DutiesDropped(position=position.pk), actor=actor, at=at)


def publish_duties(
    *, actor: Actor, position: Position, effective_on: date, zone: str, at: datetime
) -> DutyList:
    """Make the draft an edition that is in force from the beginning of a day in a zone, today's from now on."""
    require_describing(actor, position)
    begins = _beginning(effective_on, zone, at)
    with transaction.atomic():
        draft = _locked_draft(position)
        if not Duty.objects.filter(duty_list=draft).exists():
            raise Invalid(_("An edition needs at least one duty."), field="duties")
        last = DutyList.objects.filter(position=position).aggregate(last=Max("number"))["last"] or 0
        draft.number, draft.effective_on, draft.zone = last + 1, effective_on, zone
        draft.in_force_from, draft.published_at, draft.changed_at = begins, at, at
        draft.save(
            update_fields=["number", "effective_on", "zone", "in_force_from", "published_at", "changed_at"]
        )
        fact = DutiesPublished(
            position=position.pk, edition=draft.pk, number=draft.number, in_force_from=begins.isoformat()
        )
        record(fact, actor=actor, at=at)
    return draft


def acknowledge_duties(*, actor: Actor, edition: DutyList, at: datetime) -> DutyAcknowledgement:
    """Say that one has read an edition of the duties of one's own position. Saying it again changes nothing."""
    kind, _colon, ref = actor.ref.partition(":")
    holders = Member.objects.filter(position_id=edition.position_id, active=True)
    member = holders.filter(pk=ref).first() if kind == "member" else None
    if member is None:
        raise Denied(_("Only those who hold the position acknowledge its duties."))
    with transaction.atomic():
        if not DutyList.objects.filter(pk=edition.pk, number__isnull=False).exists():
            raise Conflict(_("A draft cannot be acknowledged."))
        row, created = DutyAcknowledgement.objects.get_or_create(
            duty_list=edition, member=member, defaults={"at": at}
        )
        if created:
            fact = DutiesAcknowledged(position=edition.position_id, member=member.pk, edition=edition.pk)
            record(fact, actor=actor, at=at)
    return row


def _beginning(day: date, zone: str, at: datetime) -> datetime:
    if not zones.is_zone(zone):
        raise Invalid(_("There is no time zone of this name."), field="zone")
    place = ZoneInfo(zone)
    if day < at.astimezone(place).date():
        raise Invalid(_("Duties cannot come into force in the past."), field="effective_on")
    return max(datetime.combine(day, time(), tzinfo=place).astimezone(UTC), at)


def _lock(position: Position) -> None:
    """Whoever writes, publishes or drops a draft of a position does so alone."""
    Position.objects.select_for_update(no_key=True).get(pk=position.pk)


def _locked_draft(position: Position) -> DutyList:
    _lock(position)
    draft = DutyList.objects.filter(position=position, number__isnull=True).first()
    if draft is None:
        raise Missing(_("This position has no draft."))
    return draft


def _copy(edition: DutyList, draft: DutyList) -> None:
    rows = list(Duty.objects.filter(duty_list=edition))
    for row in rows:
        row.pk, row.duty_list = None, draft
    Duty.objects.bulk_create(rows)


def _ordered(raci: str) -> str:
    return "".join(letter for letter in "RACI" if letter in raci)
