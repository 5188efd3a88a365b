"""Verbs on links to calendars: a member's roster for the calendar program of their choice."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fengong.kernel.actor import Actor
from fengong.kernel.errors import Denied
from fengong.kernel.spine import record
from fengong.people.models import Member
from fengong.people.policies import is_self
from fengong.rota.events import CalendarLinkMade, CalendarLinkRemoved
from fengong.rota.models import CalendarLink


def make_link(*, actor: Actor, member: Member, at: datetime) -> str:
    """The secret of a new link, which cannot be read again; the one before no longer works."""
    _require(actor, member)
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        digest = CalendarLink.digest_of(secret)
        CalendarLink.objects.update_or_create(member=member, defaults={"digest": digest, "made_at": at})
        record(CalendarLinkMade(member=member.pk), actor=actor, at=at)
    return secret


def remove_link(*, actor: Actor, member: Member, at: datetime) -> None:
    """Nobody reads the calendar by its link any more. Doing it again changes nothing."""
    _require(actor, member)
    with transaction.atomic():
        gone, _by_table = CalendarLink.objects.filter(member=member).delete()
        if gone:
            record(CalendarLinkRemoved(member=member.pk), actor=actor, at=at)


def _require(actor: Actor, member: Member) -> None:
    if not is_self(actor, member) and not actor.may("people.manage"):
        raise Denied(_("Only a member makes links to their own calendar."))
