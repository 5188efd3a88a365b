"""Verbs on saved views."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from fengong.desk.facts import ViewRemoved, ViewsArranged, ViewSaved
from fengong.desk.language import condition
from fengong.desk.models import View
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Denied, Invalid, Missing
from fengong.kernel.spine import record
from fengong.people.models import Member, Team
from fengong.people.policies import require

MOST = 60
COLUMNS = ("customer", "topic", "tier", "owner", "due", "tags", "type", "priority", "updated")


def save_view(
    *,
    actor: Actor,
    name: str,
    query: str,
    at: datetime,
    member: Member | None = None,
    team: Team | None = None,
    sort: str = View.Sort.DUE,
    columns: Sequence[str] = (),
    view: View | None = None,
) -> View:
    """Keep a query under a name, or change one that is kept: for a member, for a team, or with neither for everybody.

    Invalid for a query that cannot be read; `me` in a shared view is whoever looks at it.
    """
    _may(actor, member, team)
    with transaction.atomic():
        row = _locked(view, actor) if view else View(position=_last_place(member, team))
        row.name, row.query, row.sort = _named(name), query.strip(), _sorted(sort)
        row.columns = _checked_columns(columns)
        row.member, row.team = member, team
        condition(row.query, member=member or _anybody(actor), at=at)
        row.save()
        fact = ViewSaved(view=row.pk, name=row.name, query=row.query, member=row.member_id, team=row.team_id)
        record(fact, actor=actor, at=at)
    return row


def remove_view(*, actor: Actor, view: View, at: datetime) -> None:
    """Take a view away; the tickets in it stay as they are."""
    with transaction.atomic():
        row = _locked(view, actor)
        fact = ViewRemoved(
            view=row.pk, name=row.name, query=row.query, member=row.member_id, team=row.team_id
        )
        row.delete()
        record(fact, actor=actor, at=at)


def arrange_views(*, actor: Actor, views: Sequence[View], at: datetime) -> None:
    """Put views in this order."""
    with transaction.atomic():
        for place, view in enumerate(views):
            row = _locked(view, actor)
            row.position = place
            row.save(update_fields=["position"])
        record(ViewsArranged(views=[view.pk for view in views]), actor=actor, at=at)


def _may(actor: Actor, member: Member | None, team: Team | None) -> None:
    if member is None:
        require(actor, "desk.curate")
    else:
        require(actor, "ticket.read")
        if actor.ref != member.ref:
            raise Denied(_("You may keep views only for yourself."))
        if team is not None:
            raise Invalid(_("A view is for one member or for a team, not for both."), field="team")


def _locked(view: View, actor: Actor) -> View:
    row = View.objects.select_for_update().filter(pk=view.pk).first()
    if row is None:
        raise Missing(_("This view does not exist."))
    _may(actor, row.member, None)
    return row


def _last_place(member: Member | None, team: Team | None) -> int:
    beside = View.objects.filter(member=member, team=team)
    if beside.count() >= MOST:
        raise Invalid(_("There are %(most)d views already; remove one first.") % {"most": MOST}, field="name")
    return (beside.aggregate(last=Max("position"))["last"] or 0) + 1


def _anybody(actor: Actor) -> Member | None:
    return actor if isinstance(actor, Member) else Member.objects.filter(active=True).first()


def _named(name: str) -> str:
    if not name.strip() or len(name.strip()) > 60:
        raise Invalid(_("A view needs a name of up to 60 characters."), field="name")
    return name.strip()


def _sorted(sort: str) -> str:
    if sort not in View.Sort.values:
        raise Invalid(_("This order does not exist."), field="sort")
    return sort


def _checked_columns(columns: Sequence[str]) -> list[str]:
    if unknown := [column for column in columns if column not in COLUMNS]:
        raise Invalid(_("There is no column “%(name)s”.") % {"name": unknown[0]}, field="columns")
    return list(dict.fromkeys(columns))
