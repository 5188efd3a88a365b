"""Verbs on teams, positions and topics."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from fengong.kernel.actor import Actor
from fengong.kernel.spine import record
from fengong.people.events import LeadAppointed, PositionDefined, TeamFormed, TopicDefined
from fengong.people.models import Member, Position, Team, Topic
from fengong.people.policies import require


def form_team(*, actor: Actor, slug: str, name_zh: str, name_en: str, at: datetime) -> Team:
    """Make a team."""
    require(actor, "people.manage")
    with transaction.atomic():
        team = Team.objects.create(slug=slug, name_zh=name_zh, name_en=name_en)
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
        position = Position.objects.create(
            slug=slug,
            name_zh=name_zh,
            name_en=name_en,
            role=role,
            tier=tier,
            difficulty_min=difficulty[0],
            difficulty_max=difficulty[1],
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
        topic = Topic.objects.create(
            slug=slug,
            name_zh=name_zh,
            name_en=name_en,
            keywords=keywords,
            minutes_1=minutes[0],
            minutes_2=minutes[1],
            minutes_3=minutes[2],
        )
        record(TopicDefined(topic=topic.pk), actor=actor, at=at)
    return topic
