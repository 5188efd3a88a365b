"""Verbs on teams, positions and topics."""

from __future__ import annotations

from datetime import datetime
from itertools import count
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from fengong.kernel.actor import Actor
from fengong.kernel.errors import Invalid
from fengong.kernel.spine import record
from fengong.people.events import LeadAppointed, PositionDefined, TeamFormed, TopicDefined
from fengong.people.models import Member, Position, Team, Topic
from fengong.people.policies import require


def form_team(*, actor: Actor, slug: str, name_zh: str, name_en: str, at: datetime) -> Team:
    """Make a team."""
    require(actor, "people.manage")
    with transaction.atomic():
        team: Team = _made(Team(slug=slug, name_zh=name_zh, name_en=name_en))
        record(TeamFormed(team=team.pk), actor=actor, at=at)
    return team


def appoint_lead(*, actor: Actor, team: Team, member: Member, at: datetime) -> Team:
    """Make a member the lead of a team."""
    require(actor, "people.manage")
    with transaction.atomic():
        team.lead = member
        team.save(update_fields=["lead"])
        record(LeadAppointed(team=team.pk, member=member.pk), actor=actor, at=at)
    return team


def define_position(
    *,
    actor: Actor,
    slug: str,
    name_zh: str,
    name_en: str,
    role: str,
    at: datetime,
    tier: int | None = None,
    difficulty: tuple[int, int] = (1, 3),
) -> Position:
    """Make a position: its role in the product, its tier, the difficulties it takes."""
    require(actor, "people.manage")
    with transaction.atomic():
        position: Position = _made(
            Position(
                slug=slug,
                name_zh=name_zh,
                name_en=name_en,
                role=role,
                tier=tier,
                difficulty_min=difficulty[0],
                difficulty_max=difficulty[1],
            )
        )
        record(PositionDefined(position=position.pk), actor=actor, at=at)
    return position


def define_topic(
    *,
    actor: Actor,
    slug: str,
    name_zh: str,
    name_en: str,
    keywords: list[str],
    minutes: tuple[int, int, int],
    at: datetime,
) -> Topic:
    """Make a topic with the minutes of work its three difficulties are expected to take."""
    require(actor, "people.manage")
    with transaction.atomic():
        topic: Topic = _made(
            Topic(
                slug=slug,
                name_zh=name_zh,
                name_en=name_en,
                keywords=keywords,
                minutes_1=minutes[0],
                minutes_2=minutes[1],
                minutes_3=minutes[2],
            )
        )
        record(TopicDefined(topic=topic.pk), actor=actor, at=at)
    return topic


def _made(row: Any) -> Any:
    """The row, written; Invalid where it has no name, or where its short name is another's."""
    if not (row.name_zh.strip() or row.name_en.strip()):
        raise Invalid(_("Give it a name in Chinese or in English."), field="name_zh")
    row.slug = row.slug or _short_name(row)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as taken:
        raise Invalid(_("This short name is taken."), field="slug") from taken
    return row


def _short_name(row: Any) -> str:
    """One made of the English name; numbered where that is taken or there is none."""
    kind = type(row)
    stem = slugify(row.name_en)[:40] or kind.__name__.lower()
    known = set(kind.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    if stem not in known and slugify(row.name_en):
        return stem
    return next(name for number in count(1) if (name := f"{stem}-{number}") not in known)
