"""What the benchmark plays on: a desk of 50 or 2,000 members, written straight into the tables."""

from __future__ import annotations

import random
from datetime import timedelta

from django.core.management import call_command

from fengong.customers.models import Contact
from fengong.desk.models import Load, ServiceLevel
from fengong.kernel.clock import now
from fengong.people.models import Member, Position, Skill, Team, Topic
from fengong.rota.models import Presence, Shift

TOPICS, KNOWN, CUSTOMERS = 12, 6, 200
CAPACITY = 1_000_000  # minutes: room never runs out, so that every ticket finds an owner
PROMISES = {4: (15, 240), 3: (30, 480), 2: (60, 1440), 1: (240, 4320)}


def build(members: int, *, seed: int) -> None:
    """Migrate and fill: tiers 60/30/10 %, half of the topics each, one in eight of the lower tiers offline.

    Every topic has somebody online on every tier, so that no ticket has to wait.
    """
    call_command("migrate", verbosity=0)
    dice = random.Random(seed)
    topics = Topic.objects.bulk_create(
        Topic(slug=f"topic-{n}", name_en=f"Topic {n}", minutes_1=10, minutes_2=25, minutes_3=60)
        for n in range(TOPICS)
    )
    people = Member.objects.bulk_create(_members(members))
    Load.objects.bulk_create(Load(member=member, capacity=CAPACITY) for member in people)
    Skill.objects.bulk_create(
        Skill(member=member, topic=topics[(n // 10 * KNOWN + known) % TOPICS], proficiency=dice.randint(3, 5))
        for n, member in enumerate(people)
        for known in range(KNOWN)
    )
    here = [member for n, member in enumerate(people) if n % 10 in (0, 6, 9) or dice.random() > 0.125]
    at, day = now(), timedelta(hours=8)
    Presence.objects.bulk_create(Presence(member=member, status="online", since=at) for member in here)
    Shift.objects.bulk_create(Shift(member=member, starts_at=at - day, ends_at=at + day) for member in here)
    Contact.objects.bulk_create(
        Contact(display_name=f"Customer {n}", email=f"{n}@customer.example") for n in range(CUSTOMERS)
    )
    ServiceLevel.objects.bulk_create(
        ServiceLevel(priority=priority, first_response_minutes=first, resolution_minutes=whole)
        for priority, (first, whole) in PROMISES.items()
    )


def _members(count: int) -> list[Member]:
    team = Team.objects.create(slug="team", name_en="Team")
    tiers = [Position.objects.create(slug=f"l{tier}", name_en=f"L{tier}", tier=tier) for tier in (1, 2, 3)]
    wanted = [tiers[0]] * 6 + [tiers[1]] * 3 + [tiers[2]]
    return [
        Member(team=team, position=wanted[n % 10], display_name=f"Member {n}", sort_key=f"{n:05}")
        for n in range(count)
    ]
