"""Verbs on tags: putting them on tickets, and keeping the collection tidy."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from fengong.desk.actions.locking import changed, locked
from fengong.desk.facts import TagDropped, TagRenamed, TagsMerged, TicketTagged
from fengong.desk.models import Tag, Tagging, Ticket
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Conflict, Invalid
from fengong.kernel.spine import record
from fengong.people.policies import require

LONGEST, MOST = 40, 30


def tag_ticket(
    *,
    actor: Actor,
    ticket: Ticket,
    at: datetime,
    add: Iterable[str] = (),
    remove: Iterable[str] = (),
    seen: int | None = None,
) -> Ticket:
    """Put tags on a ticket and take others off, by name. A name that nobody has used yet becomes a tag."""
    require(actor, "ticket.work")
    wanted = {tag_key(name): tag_name(name) for name in add}
    unwanted = {tag_key(name) for name in remove} - wanted.keys()
    with transaction.atomic():
        row = locked(ticket, seen=seen)
        has = dict(Tagging.objects.filter(ticket=row).values_list("tag__key", "tag__name"))
        added = {key: name for key, name in wanted.items() if key not in has}
        removed = {key: name for key, name in has.items() if key in unwanted}
        if len(has) + len(added) - len(removed) > MOST:
            raise Invalid(_("A ticket has at most %(most)s tags.") % {"most": MOST}, field="tags")
        if not added and not removed:
            return row
        Tagging.objects.filter(ticket=row, tag__key__in=removed).delete()
        tags = [_found(key, name) for key, name in added.items()]
        Tagging.objects.bulk_create(Tagging(ticket=row, tag=tag, by=actor.ref, at=at) for tag in tags)
        changed(row, at=at)
        fact = TicketTagged(
            ticket=row.pk,
            added=", ".join(tag.name for tag in tags),
            removed=", ".join(removed.values()),
        )
        record(fact, actor=actor, at=at)
    return row


def set_tags(
    *, actor: Actor, ticket: Ticket, names: Iterable[str], at: datetime, seen: int | None = None
) -> Ticket:
    """Give a ticket just these tags."""
    wanted = list(names)
    has = Tagging.objects.filter(ticket=ticket).values_list("tag__name", flat=True)
    return tag_ticket(actor=actor, ticket=ticket, add=wanted, remove=list(has), at=at, seen=seen)


def rename_tag(*, actor: Actor, tag: Tag, name: str, at: datetime) -> Tag:
    """Write a tag differently; Conflict where another is called so already."""
    require(actor, "desk.curate")
    previous, tag.name, tag.key = tag.name, tag_name(name), tag_key(name)
    try:
        with transaction.atomic():
            tag.save(update_fields=["name", "key"])
            record(TagRenamed(tag=tag.pk, name=tag.name, previous=previous), actor=actor, at=at)
    except IntegrityError as error:
        raise Conflict(
            _("There is a tag “%(name)s” already; merge the two instead.") % {"name": tag.name}, field="name"
        ) from error
    return tag


def merge_tags(*, actor: Actor, tag: Tag, into: Tag, at: datetime) -> Tag:
    """Make two tags one: every ticket that has the first gets the second, and the first is gone."""
    require(actor, "desk.curate")
    if tag.pk == into.pk:
        raise Invalid(_("Choose two different tags."), field="into")
    with transaction.atomic():
        both = list(Tag.objects.select_for_update().filter(pk__in=(tag.pk, into.pk)).order_by("pk"))
        if len(both) < 2:
            raise Conflict(_("One of these tags is gone."))
        have = Tagging.objects.filter(tag=into).values("ticket_id")
        moved = Tagging.objects.filter(tag=tag).exclude(ticket_id__in=have).update(tag=into)
        Tag.objects.filter(pk=tag.pk).delete()
        fact = TagsMerged(tag=into.pk, name=into.name, previous=tag.name, tickets=moved)
        record(fact, actor=actor, at=at)
    return into


def drop_tag(*, actor: Actor, tag: Tag, at: datetime) -> None:
    """Take a tag off all tickets and forget it."""
    require(actor, "desk.curate")
    with transaction.atomic():
        fact = TagDropped(tag=tag.pk, name=tag.name, tickets=Tagging.objects.filter(tag=tag).count())
        Tag.objects.filter(pk=tag.pk).delete()
        record(fact, actor=actor, at=at)


def tag_name(name: str) -> str:
    """A tag's name as it is written: one line, no commas, which separate tags."""
    kept = " ".join(unicodedata.normalize("NFC", name).replace("\x00", "").strip("#＃ \t").split())
    if not kept or len(kept) > LONGEST or any(char in kept for char in ",，、"):
        raise Invalid(
            _("A tag has between 1 and %(longest)s characters and no comma.") % {"longest": LONGEST},
            field="tags",
        )
    return kept


def tag_key(name: str) -> str:
    """What two ways of writing one tag have in common: case and width of letters do not count."""
    return unicodedata.normalize("NFKC", tag_name(name)).casefold()[:80]


def _found(key: str, name: str) -> Tag:
    tag, _created = Tag.objects.get_or_create(key=key, defaults={"name": name})
    return tag
