"""Steps by which a ticket gets, keeps and loses an owner; verbs call them inside their own transaction.

A member's load changes only here and in `claims`, in the same transaction as the ticket, by an UPDATE that carries its
own condition.
"""

from __future__ import annotations

from datetime import datetime, time

from django.db.models import Case, F, PositiveIntegerField, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from fengong.desk.actions.locking import changed
from fengong.desk.models import Load, Ticket
from fengong.kernel.errors import Conflict
from fengong.people.models import Member

PENDING_SHARE = 4
"""A ticket that waits for its customer keeps one part in this many of its effort."""
RESTING = ("reason", "snoozed_until")
"""Why and how long a ticket rests; both are blank while it is worked on."""


def take_room(*, member_id: int, effort: int, at: datetime, tickets: int = 1) -> bool:
    """Add effort to a member's load if it fits; the condition and the change are one statement."""
    given = Case(
        When(last_assigned_at__gte=start_of_day(at), then=F("given") + Value(effort)),
        default=Value(effort),
        output_field=PositiveIntegerField(),
    )
    return bool(
        Load.objects.filter(member_id=member_id, effort__lte=F("capacity") - effort).update(
            effort=F("effort") + effort, tickets=F("tickets") + tickets, given=given, last_assigned_at=at
        )
    )


def start_of_day(at: datetime) -> datetime:
    """Midnight in the desk's zone, not that of whoever looks at the page; `given` counts from there."""
    zone = timezone.get_default_timezone()
    return datetime.combine(at.astimezone(zone).date(), time.min, tzinfo=zone)


def grow_room(*, member_id: int, effort: int) -> bool:
    """Add effort for a ticket the member already owns, if it fits."""
    return bool(
        Load.objects.filter(member_id=member_id, effort__lte=F("capacity") - effort).update(
            effort=F("effort") + effort
        )
    )


def free_room(*, member_id: int, effort: int, at: datetime, tickets: int = 1) -> None:
    """Take effort off a member's load."""
    Load.objects.filter(member_id=member_id).update(
        effort=F("effort") - effort, tickets=F("tickets") - tickets, last_freed_at=at
    )


def give_to(*, ticket: Ticket, member: Member, at: datetime) -> Ticket:
    """Make a member the owner of a locked ticket, or Conflict when it does not fit their capacity."""
    previous = ticket.owner_id if ticket.is_owned else None
    if previous == member.pk:
        return ticket
    if not member.active:
        raise Conflict(_("%(name)s no longer works here.") % {"name": member.display_name}, code="inactive")
    if previous is not None and previous < member.pk:
        free_room(member_id=previous, effort=ticket.held, at=at)
    if not take_room(member_id=member.pk, effort=ticket.effort, at=at):
        raise Conflict(
            _("%(name)s has no capacity left for this ticket.") % {"name": member.display_name},
            code="capacity",
        )
    if previous is not None and previous > member.pk:
        free_room(member_id=previous, effort=ticket.held, at=at)
    ticket.owner, ticket.held, ticket.assigned_at = member, ticket.effort, at
    ticket.status, ticket.resolved_at = Ticket.Status.OPEN, None
    return changed(ticket, "owner", "held", "assigned_at", "status", "resolved_at", *stirred(ticket), at=at)


def put_back(*, ticket: Ticket, at: datetime) -> Ticket:
    """Return a locked ticket to the waiting queue; its last owner stays the preferred one."""
    if ticket.is_owned and ticket.owner_id is not None:
        free_room(member_id=ticket.owner_id, effort=ticket.held, at=at)
        ticket.preferred_id = ticket.owner_id
    ticket.owner, ticket.held, ticket.status = None, 0, Ticket.Status.WAITING
    ticket.waiting_since, ticket.resolved_at = at, None
    stirred(ticket)
    return changed(
        ticket, "owner", "preferred", "held", "status", "waiting_since", "resolved_at", *RESTING, at=at
    )


def let_go(*, ticket: Ticket, at: datetime) -> Ticket:
    """Free what a locked ticket holds; the owner stays named. The caller sets the state and saves."""
    if ticket.is_owned and ticket.owner_id is not None:
        free_room(member_id=ticket.owner_id, effort=ticket.held, at=at)
    ticket.held = 0
    return ticket


def stirred(ticket: Ticket) -> tuple[str, ...]:
    """Nothing keeps a locked ticket at rest any more; returns the fields to save."""
    ticket.reason, ticket.snoozed_until = "", None
    return RESTING


def hold_less(
    *,
    ticket: Ticket,
    reason: str = Ticket.Reason.CUSTOMER,
    until: datetime | None = None,
    at: datetime | None = None,
) -> Ticket:
    """Keep only a part of the effort while a locked ticket rests: until somebody answers, or until then."""
    kept = -(-ticket.effort // PENDING_SHARE)
    if ticket.owner_id is not None and kept < ticket.held:
        Load.objects.filter(member_id=ticket.owner_id).update(effort=F("effort") - (ticket.held - kept))
        ticket.held = kept
    ticket.status, ticket.reason, ticket.snoozed_until = Ticket.Status.PENDING, reason, until
    return changed(ticket, "held", "status", *RESTING, at=at)


def hold_fully(*, ticket: Ticket, at: datetime) -> bool:
    """Take the whole effort back when the customer answers; without room the ticket goes back to the queue.

    Returns whether the owner keeps it. Capacity holds for tickets that come back as it does for new ones.
    """
    if ticket.owner_id is None or not grow_room(
        member_id=ticket.owner_id, effort=ticket.effort - ticket.held
    ):
        put_back(ticket=ticket, at=at)
        return False
    ticket.held, ticket.status = ticket.effort, Ticket.Status.OPEN
    changed(ticket, "held", "status", *stirred(ticket), at=at)
    return True
