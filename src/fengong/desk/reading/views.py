"""Named reads of saved views."""

from __future__ import annotations

from django.db.models import F, Q, QuerySet

from fengong.desk.models import View
from fengong.people.models import Member


def views_of(member: Member) -> QuerySet[View]:
    """What a member has as tabs: what all see, then what their team sees, then their own."""
    seen = Q(member=member) | Q(team_id=member.team_id) | Q(member=None, team=None)
    order = (F("member").asc(nulls_first=True), F("team").asc(nulls_first=True), "position", "id")
    return View.objects.filter(seen).select_related("team").order_by(*order)


def view_of(member: Member, pk: int) -> View | None:
    """One of them."""
    return views_of(member).filter(pk=pk).first()


def shared_views() -> QuerySet[View]:
    """Views that a team or everybody sees."""
    return View.objects.filter(member=None).select_related("team").order_by("team", "position", "id")
