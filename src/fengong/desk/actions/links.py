"""Verbs on links between tickets."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from fengong.desk.facts import TicketLinked, TicketUnlinked
from fengong.desk.models import Link, Ticket
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Conflict, Invalid
from fengong.kernel.spine import record
from fengong.people.policies import require

REVERSED = {"blocked_by": Link.Kind.BLOCKS, "duplicated_by": Link.Kind.DUPLICATES}
"""Kinds said from the other end."""
KINDS = (*Link.Kind.values, *REVERSED)


def link_tickets(*, actor: Actor, ticket: Ticket, other: Ticket, kind: str, at: datetime) -> Link:
    """Say that two matters have to do with each other: relates, blocks, blocked_by, duplicates, duplicated_by."""
    require(actor, "ticket.work")
    if kind not in KINDS:
        raise Invalid(_("There is no such kind of link."), field="kind")
    if ticket.pk == other.pk:
        raise Invalid(_("Choose another ticket."), field="other")
    source, target = (other, ticket) if kind in REVERSED else (ticket, other)
    bare = REVERSED.get(kind) or Link.Kind(kind)
    either = (
        bare == Link.Kind.RELATES and Link.objects.filter(source=target, target=source, kind=bare).exists()
    )
    try:
        with transaction.atomic():
            if either:
                raise IntegrityError
            link = Link.objects.create(source=source, target=target, kind=bare, by=actor.ref, at=at)
            record(TicketLinked(ticket=source.pk, other=target.pk, kind=str(bare)), actor=actor, at=at)
    except IntegrityError as error:
        raise Conflict(_("These two are linked like that already.")) from error
    return link


def unlink(*, actor: Actor, link: Link, at: datetime) -> None:
    """Take a link back."""
    require(actor, "ticket.work")
    with transaction.atomic():
        gone, _counts = Link.objects.filter(pk=link.pk).delete()
        if gone:
            fact = TicketUnlinked(ticket=link.source_id, other=link.target_id, kind=link.kind)
            record(fact, actor=actor, at=at)
