"""Verbs on those who work here: another team or position, leaving, coming back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fengong.kernel.actor import Actor
from fengong.kernel.errors import Conflict, Invalid, Missing
from fengong.kernel.spine import record
from fengong.people.actions.administrators import some_administrator_stays
from fengong.people.events import MemberChanged, MemberLeft, MemberReturned
from fengong.people.models import Member, Team
from fengong.people.policies import require

FIELDS = frozenset({"team", "position", "display_name", "sort_key"})


def change_member(*, actor: Actor, member: Member, wanted: Mapping[str, Any], at: datetime) -> Member:
    """Say a member's team, position or name anew; what is not named stays. Who leads a team and goes to another one
    leads it no longer."""
    require(actor, "people.manage")
    if unknown := wanted.keys() - FIELDS:
        raise Invalid(_("This cannot be changed."), field=min(unknown))
    if not str(wanted.get("display_name", member.display_name)).strip():
        raise Invalid(_("A member needs a name."), field="display_name")
    with transaction.atomic(), some_administrator_stays():
        row = _locked(member)
        changed = sorted(name for name, value in wanted.items() if getattr(row, name) != value)
        for name in changed:
            setattr(row, name, wanted[name])
        if changed:
            row.save(update_fields=changed)
            Team.objects.filter(lead=row).exclude(pk=row.team_id).update(lead=None)
            fact = MemberChanged(member=row.pk, team=row.team_id, position=row.position_id, fields=changed)
            record(fact, actor=actor, at=at)
    return row


def end_membership(*, actor: Actor, member: Member, at: datetime) -> Member:
    """Let a member leave: they may do nothing any more and get no work; what they did stays. Work they hold has to be
    handed over before; whoever calls this sees to that."""
    require(actor, "people.manage")
    with transaction.atomic(), some_administrator_stays():
        row = _locked(member)
        if not row.active:
            raise Conflict(_("%(name)s has left already.") % {"name": row.display_name})
        row.active = False
        row.save(update_fields=["active"])
        Team.objects.filter(lead=row).update(lead=None)
        record(MemberLeft(member=row.pk, team=row.team_id), actor=actor, at=at)
    return row


def resume_membership(*, actor: Actor, member: Member, at: datetime) -> Member:
    """Take somebody back who had left, in the team and the position they had."""
    require(actor, "people.manage")
    with transaction.atomic():
        row = _locked(member)
        if row.active:
            raise Conflict(_("%(name)s works here.") % {"name": row.display_name})
        row.active = True
        row.save(update_fields=["active"])
        record(MemberReturned(member=row.pk, team=row.team_id), actor=actor, at=at)
    return row


def _locked(member: Member) -> Member:
    found = Member.objects.select_for_update(no_key=True).filter(pk=member.pk).first()
    if found is None:
        raise Missing(_("This member does not exist."))
    return found
