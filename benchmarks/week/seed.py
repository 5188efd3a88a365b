"""The desk of the week: people, what they know, when they work, what is promised; written straight into the tables."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

from django.core.management import call_command

from benchmarks.week.pace import Week
from benchmarks.week.scene import DAY, START, TOPICS
from fengong.customers.models import Contact
from fengong.desk.actions.promises import set_service_level
from fengong.desk.models import Load
from fengong.kernel.actor import SYSTEM
from fengong.people.models import Member, Position, Skill, Team, Topic
from fengong.rota.models import Presence, Shift

CAPACITY = 60  # minutes of effort held open
PROMISES = {4: (30, 240), 3: (60, 480), 2: (180, 1440), 1: (480, 2880)}
TIERS = [1, 1, 1, 2, 1, 1, 2, 1, 3, 2]
HOURS = ((480, 960), (600, 1080), (840, 1320))
"""Early, middle and late shift, in minutes of the day."""
CUSTOMERS = 400


def play(week: Week, policy: str) -> dict[str, Any]:
    """Migrate and fill."""
    call_command("migrate", verbosity=0)
    dice = random.Random(5)
    topics = Topic.objects.bulk_create(
        Topic(slug=f"topic-{n}", name_en=f"Topic {n}", minutes_1=4, minutes_2=6, minutes_3=8)
        for n in range(TOPICS)
    )
    members = _members(week.scene.members)
    Load.objects.bulk_create(Load(member=member, capacity=CAPACITY) for member in members)
    Presence.objects.bulk_create(Presence(member=member, status="offline", since=START) for member in members)
    Skill.objects.bulk_create(
        Skill(member=member, topic=topics[(n + known) % TOPICS], proficiency=dice.randint(3, 5))
        for n, member in enumerate(members)
        for known in range(TOPICS if member.position.tier == 3 else 4)
    )
    Shift.objects.bulk_create(
        Shift(
            member=member,
            starts_at=START + timedelta(minutes=day * DAY + HOURS[(n + n // 10) % 3][0]),
            ends_at=START + timedelta(minutes=day * DAY + HOURS[(n + n // 10) % 3][1]),
        )
        for n, member in enumerate(members)
        for day in range(8)
        if (day + n) % 7 < 5
    )
    Contact.objects.bulk_create(
        Contact(display_name=f"Customer {n}", email=f"{n}@customer.example") for n in range(CUSTOMERS)
    )
    for priority, (first, whole) in PROMISES.items():
        set_service_level(
            actor=SYSTEM, priority=priority, first_response_minutes=first, resolution_minutes=whole, at=START
        )
    return {"members": len(members)}


def _members(count: int) -> list[Member]:
    team = Team.objects.create(slug="team", name_en="Team")
    positions = {
        tier: Position.objects.create(slug=f"l{tier}", name_en=f"L{tier}", tier=tier, role="agent")
        for tier in (1, 2, 3)
    }
    return Member.objects.bulk_create(
        Member(
            team=team,
            position=positions[TIERS[n % len(TIERS)]],
            display_name=f"Member {n}",
            sort_key=f"{n:05}",
        )
        for n in range(count)
    )
