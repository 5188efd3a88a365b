"""Verbs that change what stands: teams, positions, topics; and take away what nothing hangs on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model, ProtectedError
from django.utils.translation import gettext as _

from fengong.kernel.actor import Actor
from fengong.kernel.errors import Conflict, Invalid, Missing
from fengong.kernel.spine import record
from fengong.people.actions.administrators import some_administrator_stays
from fengong.people.events import (
    PositionChanged,
    PositionRemoved,
    TeamChanged,
    TeamDisbanded,
    TopicChanged,
    TopicRemoved,
)
from fengong.people.models import Duty, Member, Position, Team, Topic
from fengong.people.policies import require

NAMES = frozenset({"name_zh", "name_en"})
POSITION_FIELDS = NAMES | {"role", "tier", "difficulty_min", "difficulty_max"}
TOPIC_FIELDS = NAMES | {"keywords", "minutes_1", "minutes_2", "minutes_3"}


def change_team(
    *, actor: Actor, team: Team, name_zh: str, name_en: str, lead: Member | None, at: datetime
) -> Team:
    """Name a team anew, and say who leads it, if anybody."""
    require(actor, "people.manage")
    with transaction.atomic():
        row: Team = _locked(Team, team.pk)
        changed = _set(row, {"name_zh": name_zh, "name_en": name_en, "lead_id": lead.pk if lead else None})
        if changed:
            record(TeamChanged(team=row.pk), actor=actor, at=at)
    return row


def disband_team(*, actor: Actor, team: Team, at: datetime) -> None:
    """Take a team away on which nobody is or was."""
    require(actor, "people.manage")
    with transaction.atomic():
        record(TeamDisbanded(team=team.pk), actor=actor, at=at)
        _delete(
            _locked(Team, team.pk),
            _("Members or records belong to this team. Move the members to another team first."),
        )


def change_position(*, actor: Actor, position: Position, wanted: Mapping[str, Any], at: datetime) -> Position:
    """Say a position's names, role, tier and difficulties anew; what is not named stays."""
    require(actor, "people.manage")
    _known(wanted, POSITION_FIELDS)
    with transaction.atomic(), some_administrator_stays():
        row: Position = _locked(Position, position.pk)
        low, high = (
            wanted.get("difficulty_min", row.difficulty_min),
            wanted.get("difficulty_max", row.difficulty_max),
        )
        if not 1 <= low <= high <= 3:
            raise Invalid(_("The easiest must not be harder than the hardest."), field="difficulty_max")
        changed = _set(row, wanted)
        if changed:
            record(PositionChanged(position=row.pk, fields=changed), actor=actor, at=at)
    return row


def remove_position(*, actor: Actor, position: Position, at: datetime) -> None:
    """Take a position away that nobody holds and that has no duties."""
    require(actor, "people.manage")
    with transaction.atomic():
        row = _locked(Position, position.pk)
        if any(position.pk in duty for duty in Duty.objects.values_list("hands_to", flat=True)):
            raise Conflict(_("Duties of other positions hand work over to this one."))
        record(PositionRemoved(position=row.pk), actor=actor, at=at)
        _delete(row, _("Somebody holds or held this position, or it has duties. It stays on record."))


def change_topic(*, actor: Actor, topic: Topic, wanted: Mapping[str, Any], at: datetime) -> Topic:
    """Say a topic's names, its words and its minutes anew; what is not named stays."""
    require(actor, "people.manage")
    _known(wanted, TOPIC_FIELDS)
    with transaction.atomic():
        row: Topic = _locked(Topic, topic.pk)
        changed = _set(row, wanted)
        if changed:
            record(TopicChanged(topic=row.pk, fields=changed), actor=actor, at=at)
    return row


def remove_topic(*, actor: Actor, topic: Topic, at: datetime) -> None:
    """Take a topic away that no ticket, no skill and no duty is about."""
    require(actor, "people.manage")
    with transaction.atomic():
        row = _locked(Topic, topic.pk)
        in_duties = any(topic.pk in duty for duty in Duty.objects.values_list("topics", flat=True))
        if in_duties or row.skills.exists():
            raise Conflict(_("Duties or members' skills name this topic."))
        record(TopicRemoved(topic=row.pk), actor=actor, at=at)
        _delete(row, _("Tickets or records are about this topic. It stays."))


def _locked(model: type[Any], pk: int) -> Any:
    found = model.objects.select_for_update(no_key=True).filter(pk=pk).first()
    if found is None:
        raise Missing(_("This does not exist any more."))
    return found


def _set(row: Any, wanted: Mapping[str, Any]) -> list[str]:
    """Change what differs; its names."""
    changed = [name for name, value in wanted.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, wanted[name])
    if not (row.name_zh.strip() or row.name_en.strip()):
        raise Invalid(_("Give it a name in Chinese or in English."), field="name_zh")
    if changed:
        row.save(update_fields=changed)
    return sorted(changed)


def _known(wanted: Mapping[str, Any], fields: frozenset[str]) -> None:
    if unknown := wanted.keys() - fields:
        raise Invalid(_("This cannot be changed."), field=min(unknown))


def _delete(row: Model, sentence: str) -> None:
    try:
        with transaction.atomic():
            row.delete()
    except ProtectedError as kept:
        raise Conflict(sentence) from kept
