"""Whom the forms of the roster are about."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from fengong.kernel.errors import Missing
from fengong.people import queries as people
from fengong.people.policies import leads
from fengong.rota import queries as rota


def planned_by(reader: Any) -> list[Any]:
    """The members somebody plans for, by name."""
    if not reader.may("shift.plan"):
        return []
    return [one for one in people.members().order_by("sort_key", "display_name") if leads(reader, one)]


def member_at(pk: int) -> Any:
    """An active member."""
    found = people.member(pk)
    if found is None:
        raise Missing(_("This member is not on the team any more."))
    return found


def shift_at(pk: int) -> Any:
    """A shift."""
    found = rota.shift(pk)
    if found is None:
        raise Missing(_("This shift does not exist any more."))
    return found


def plan_at(pk: int) -> Any:
    """What was planned, cancelled or not."""
    found = rota.planned_shift(pk)
    if found is None:
        raise Missing(_("This shift does not exist any more."))
    return found
