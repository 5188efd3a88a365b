"""Verbs that let one matter go on in another, and take that back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import dateparse
from django.utils.translation import gettext as _

from fengong.desk.actions import ownership
from fengong.desk.actions.locking import changed, locked_all
from fengong.desk.actions.tickets import reopen_locked
from fengong.desk.events import TicketPended
from fengong.desk.facts import TicketAbsorbed, TicketMerged, TicketSnoozed, TicketUnmerged
from fengong.desk.models import Merge, Tagging, Ticket, Watcher
from fengong.desk.policies import require_merging, require_unmerging
from fengong.desk.reading import merges as reading
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Conflict, Invalid
from fengong.kernel.spine import Fact, record_all

TRIES = 8


class _MovedOnError(Exception):
    """What was to be locked has changed before it was; look again."""


def merge_ticket(*, actor: Actor, ticket: Ticket, into: Ticket, at: datetime) -> Merge:
    """Let a ticket go on in another, which may be of another customer; it is resolved with the reason `merged`.

    Where the other has been merged itself, it goes on at the end of that chain. Messages stay with their tickets and
    are read together; what comes in later lands at the end. Conflict where that would close a circle: of two people
    who merge two tickets into each other at the same time, the second is refused.
    """
    if ticket.pk == into.pk:
        raise Invalid(_("Choose another ticket."), field="into")
    for _try in range(TRIES):
        try:
            with transaction.atomic():
                return _merge(actor, ticket, into, at)
        except _MovedOnError:
            continue
    raise Conflict(_("Others are merging these tickets now; try again in a moment."))


def unmerge_ticket(*, actor: Actor, ticket: Ticket, at: datetime) -> Ticket:
    """Take a merge back: the ticket is what it was, with what it had absorbed itself."""
    for _try in range(TRIES):
        try:
            with transaction.atomic():
                return _unmerge(actor, ticket, at)
        except _MovedOnError:
            continue
    raise Conflict(_("Others are merging these tickets now; try again in a moment."))


def _merge(actor: Actor, ticket: Ticket, into: Ticket, at: datetime) -> Merge:
    end, absorbed = reading.end_of(into.pk), reading.absorbed_by([ticket.pk])
    rows = locked_all({ticket.pk, end, *absorbed})
    source, target = rows[ticket.pk], rows[end]
    if target.merged_into_id is not None and target.pk != source.pk:
        raise _MovedOnError
    _check(actor, source, target)
    if reading.absorbed_by([source.pk]) != absorbed:
        raise _MovedOnError
    before = _as_it_was(source, target)
    ownership.let_go(ticket=source, at=at)
    source.status, source.resolved_at = Ticket.Status.RESOLVED, source.resolved_at or at
    source.reason, source.snoozed_until, source.merged_into = Ticket.Reason.MERGED, None, target
    changed(source, "held", "status", "resolved_at", "merged_into", *ownership.RESTING, at=at)
    Ticket.objects.filter(pk__in=absorbed).update(merged_into=target)
    _join(before, target, actor, at)
    target.last_customer_at = max(
        (moment for moment in (source.last_customer_at, target.last_customer_at) if moment), default=None
    )
    changed(target, "last_customer_at", at=at)
    merge = Merge.objects.create(source=source, target=target, before=before, by=actor.ref, at=at)
    merged = TicketMerged(ticket=source.pk, target=target.pk, customer=source.customer_id)
    _record([merged, TicketAbsorbed(ticket=target.pk, source=source.pk)], actor, at)
    return merge


def _check(actor: Actor, source: Ticket, target: Ticket) -> None:
    require_merging(actor, source)
    if source.merged_into_id is not None or source.pk == target.pk:
        raise Conflict(
            _("One of these tickets goes on in the other already; look again before you merge."),
            code="merged",
        )
    if target.status == Ticket.Status.RESOLVED and source.status != Ticket.Status.RESOLVED:
        raise Conflict(_("The other ticket is resolved; reopen it first."), field="into")


def _as_it_was(source: Ticket, target: Ticket) -> dict[str, Any]:
    """What taking the merge back restores: the source's state, and what the target gets through it."""
    tags = Tagging.objects.filter(ticket=source).exclude(tag__in=target.tags.values("pk"))
    watching = Watcher.objects.filter(ticket=target).values("member_id")
    watchers = Watcher.objects.filter(ticket=source).exclude(member__in=watching)
    return {
        "status": source.status,
        "reason": source.reason,
        "snoozed_until": source.snoozed_until.isoformat() if source.snoozed_until else None,
        "tags": list(tags.values_list("tag_id", flat=True)),
        "watchers": list(watchers.values_list("member_id", flat=True)),
        "children": list(Ticket.objects.filter(parent=source).values_list("pk", flat=True)),
    }


def _join(before: dict[str, Any], target: Ticket, actor: Actor, at: datetime) -> None:
    """Tags, watchers and children of the source go along."""
    Tagging.objects.bulk_create(
        Tagging(ticket=target, tag_id=tag, by=actor.ref, at=at) for tag in before["tags"]
    )
    merged = Watcher.Reason.MERGED
    Watcher.objects.bulk_create(
        Watcher(ticket=target, member_id=member, reason=merged, at=at) for member in before["watchers"]
    )
    if target.parent_id is None:
        Ticket.objects.filter(pk__in=before["children"]).exclude(pk=target.pk).update(parent=target)


def _unmerge(actor: Actor, ticket: Ticket, at: datetime) -> Ticket:
    merge = reading.standing(ticket.pk)
    if merge is None:
        raise Conflict(_("This ticket was not merged, or that was taken back already."))
    require_unmerging(actor, merge)
    end, absorbed = reading.end_of(ticket.pk), reading.absorbed_by([ticket.pk])
    rows = locked_all({ticket.pk, end, *absorbed})
    source, target = rows[ticket.pk], rows[end]
    if source.merged_into_id != end or reading.absorbed_by([ticket.pk]) != absorbed:
        raise _MovedOnError
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    if merge.undone_at is not None:
        raise _MovedOnError
    Tagging.objects.filter(ticket=merge.target_id, tag_id__in=merge.before["tags"]).delete()
    Watcher.objects.filter(ticket=merge.target_id, member_id__in=merge.before["watchers"]).delete()
    Ticket.objects.filter(pk__in=merge.before["children"], parent=merge.target_id).update(parent=source)
    Ticket.objects.filter(pk__in=absorbed).update(merged_into=source)
    source.merged_into = None
    _take_up(source, merge.before, actor, at)
    changed(target, at=at)
    merge.undone_at = at
    merge.save(update_fields=["undone_at"])
    facts = [
        TicketUnmerged(ticket=source.pk, other=target.pk),
        TicketUnmerged(ticket=target.pk, other=source.pk),
    ]
    _record(facts, actor, at)
    return source


def _take_up(source: Ticket, before: dict[str, Any], actor: Actor, at: datetime) -> None:
    """Put the source into its old state, or as near to it as its owner's capacity allows."""
    if before["status"] == Ticket.Status.RESOLVED:
        source.reason = before["reason"]
        changed(source, "merged_into", "reason", at=at)
        return
    changed(source, "merged_into", at=at)
    reopen_locked(actor=actor, ticket=source, at=at)
    if before["status"] == Ticket.Status.PENDING and source.owner_id is not None:
        until = dateparse.parse_datetime(before["snoozed_until"] or "")
        ownership.hold_less(ticket=source, reason=before["reason"], until=until, at=at)
        _record([_rests(source, source.owner_id)], actor, at)


def _rests(source: Ticket, owner: int) -> Fact:
    if source.snoozed_until is not None:
        return TicketSnoozed(ticket=source.pk, member=owner, until=source.snoozed_until.isoformat())
    return TicketPended(ticket=source.pk, member=owner, reason=source.reason)


def _record(facts: Iterable[Fact], actor: Actor, at: datetime) -> None:
    record_all([(fact, actor) for fact in facts], at=at)
