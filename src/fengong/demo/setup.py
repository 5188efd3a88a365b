"""Building the demo's desk through verbs. Doing it again adds only what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from fengong.demo.cast import MemberPlan, cast
from fengong.demo.shifts import Span, fitted, spans
from fengong.demo.topics import TOPICS
from fengong.desk import queries as desk
from fengong.desk.actions.loads import set_capacity
from fengong.desk.actions.promises import set_service_level
from fengong.kernel.actor import System
from fengong.people import queries as people
from fengong.people.actions.accounts import open_account
from fengong.people.actions.members import add_member, set_skill
from fengong.people.actions.teams import appoint_lead, define_position, define_topic, form_team
from fengong.rota import queries as rota
from fengong.rota.actions.presence import set_presence
from fengong.rota.actions.shifts import plan_shift

DEMO = System("demo")
PROMISES = {4: (15, 240), 3: (30, 480), 2: (60, 1440), 1: (240, 4320)}
"""Minutes to the first response and to the resolution, by priority."""
AHEAD = timedelta(hours=26)

People = dict[str, Any]
"""Members by login."""


def build_desk(*, password: str, at: datetime) -> People:
    """Teams, positions, topics, members with skills and capacity, promised times; returns the members."""
    _define(at)
    everybody: People = {}
    teams = {team.slug: team for team in people.teams()}
    known = _Known(teams, {p.slug: p for p in people.positions()}, {t.slug: t for t in people.topics()})
    for plan in cast().members:
        everybody[plan.login] = _member(plan, known, password=password, at=at)
    for team in cast().teams:
        if teams[team.slug].lead_id is None:
            appoint_lead(actor=DEMO, team=teams[team.slug], member=everybody[team.lead], at=at)
    return everybody


def plan_shifts(everybody: People, *, anchor: datetime, at: datetime) -> int:
    """Plan the shifts of the next day for all who have none yet, laid around the anchor; returns how many were."""
    planned = _planned(at)
    done = 0
    for plan in cast().members:
        member = everybody[plan.login]
        known = planned.get(member.pk, [])
        for span in spans(plan.wave, anchor, begin=at - timedelta(hours=10), end=at + AHEAD):
            wanted = fitted(span, known, at=at) if span[1] > at else None
            if wanted:
                starts, ends = wanted
                plan_shift(actor=DEMO, member=member, starts_at=starts, ends_at=ends, at=at)
                known.append(wanted)
                done += 1
    return done


def bring_in(everybody: People, *, at: datetime) -> None:
    """Those on shift are here, the others are not."""
    ends = rota.shift_ends(at)
    for member in everybody.values():
        status = "online" if member.pk in ends else "offline"
        set_presence(actor=DEMO, member=member, status=status, at=at)


def _planned(at: datetime) -> dict[int, list[Span]]:
    found: dict[int, list[Span]] = {}
    for shift in rota.shifts_between(at - timedelta(hours=12), at + 2 * AHEAD):
        found.setdefault(shift.member_id, []).append((shift.starts_at, shift.ends_at))
    return found


def _define(at: datetime) -> None:
    with transaction.atomic():
        for _ in (*_teams(at), *_positions(at), *_topics(at), *_promises(at)):
            pass


def _teams(at: datetime) -> Iterator[Any]:
    known = {team.slug for team in people.teams()}
    for plan in cast().teams:
        if plan.slug not in known:
            yield form_team(actor=DEMO, slug=plan.slug, name_zh=plan.name_zh, name_en=plan.name_en, at=at)


def _positions(at: datetime) -> Iterator[Any]:
    known = {position.slug for position in people.positions()}
    for plan in cast().positions:
        if plan.slug not in known:
            yield define_position(
                actor=DEMO,
                slug=plan.slug,
                name_zh=plan.name_zh,
                name_en=plan.name_en,
                role=plan.role,
                tier=plan.tier,
                difficulty=plan.difficulty,
                at=at,
            )


def _topics(at: datetime) -> Iterator[Any]:
    known = {topic.slug for topic in people.topics()}
    for plan in TOPICS:
        if plan.slug not in known:
            yield define_topic(
                actor=DEMO,
                slug=plan.slug,
                name_zh=plan.name_zh,
                name_en=plan.name_en,
                keywords=list(plan.keywords),
                minutes=plan.minutes,
                at=at,
            )


def _promises(at: datetime) -> Iterator[Any]:
    known = {level.priority for level in desk.service_levels()}
    for priority, (first, resolution) in PROMISES.items():
        if priority not in known:
            yield set_service_level(
                actor=DEMO,
                priority=priority,
                first_response_minutes=first,
                resolution_minutes=resolution,
                at=at,
            )


@dataclass(frozen=True, slots=True)
class _Known:
    """What a member needs to be there first, by slug."""

    teams: Mapping[str, Any]
    positions: Mapping[str, Any]
    topics: Mapping[str, Any]


def _member(plan: MemberPlan, known: _Known, *, password: str, at: datetime) -> Any:
    """The member as planned; account, skills and capacity come with it or not at all."""
    account = people.account_by_email(plan.email)
    if account and (there := people.member_of(account)):
        return there
    with transaction.atomic():
        account = account or open_account(
            actor=DEMO, email=plan.email, password=password, language=plan.language, at=at
        )
        member = add_member(
            actor=DEMO,
            team=known.teams[plan.team],
            position=known.positions[plan.position],
            display_name=plan.name,
            sort_key=plan.sort_key,
            account=account,
            at=at,
        )
        for slug, level in plan.skills.items():
            set_skill(
                actor=DEMO,
                member=member,
                topic=known.topics[slug],
                proficiency=level,
                source="declared",
                at=at,
            )
        if plan.capacity:
            set_capacity(actor=DEMO, member=member, capacity=plan.capacity, at=at)
    return member
