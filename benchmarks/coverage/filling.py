"""The desk of the benchmark as rows of tables."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from secrets import token_urlsafe

import numpy as np

from fengong.customers.models import Contact
from fengong.desk.models import Load, Ticket
from fengong.kernel.actor import SYSTEM
from fengong.people.actions.accounts import open_account
from fengong.people.actions.teams import define_position, define_topic, form_team
from fengong.people.models import Duty, DutyList, Member, Position, Skill, Topic
from fengong.planning.coverage.gathering import week_of
from fengong.rota.models import PlannedShift, Shift
from fengong.rota.reading.weeks import instant

POSITIONS, CHANNELS = 12, ("web", "mail", "chat", "phone", "api")
BEGINS, CHANCE = (6, 8, 9, 12, 14, 22), (0.15, 0.3, 0.2, 0.15, 0.15, 0.05)


def fill(members: int, topics: int, tickets: int) -> None:
    """Write the desk down; the same one each time."""
    dice, at = np.random.default_rng(11), datetime.now(UTC)
    known = [
        define_topic(
            actor=SYSTEM, slug=f"t{n}", name_zh=f"主题{n}", name_en=f"Topic {n}", keywords=[], minutes=(10, 20, 40),
            at=at,
        )
        for n in range(topics)
    ]  # fmt: skip
    positions = [
        define_position(
            actor=SYSTEM, slug=f"p{n}", name_zh=f"岗位{n}", name_en=f"Position {n}", role="agent", tier=n % 3 + 1,
            difficulty=(1, 3), at=at,
        )
        for n in range(POSITIONS)
    ]  # fmt: skip
    people = _people(dice, members, positions, at)
    skills = [
        Skill(member=member, topic=topic, proficiency=int(dice.integers(1, 6)))
        for member in people
        for topic in known
        if dice.random() < 0.2
    ]
    Skill.objects.bulk_create(skills)
    Load.objects.bulk_create([Load(member=member, capacity=240) for member in people], ignore_conflicts=True)
    _duties(dice, positions, known, at)
    _shifts(dice, people, at)
    _tickets(dice, known, tickets, at)


def _people(dice: np.random.Generator, members: int, positions: list[Position], at: datetime) -> list[Member]:
    team = form_team(actor=SYSTEM, slug="desk", name_zh="服务台", name_en="Desk", at=at)
    lead = define_position(
        actor=SYSTEM,
        slug="lead",
        name_zh="主管",
        name_en="Lead",
        role="lead",
        tier=None,
        difficulty=(1, 3),
        at=at,
    )
    account = open_account(
        actor=SYSTEM, email="lead@example.test", password=token_urlsafe(), language="en", at=at
    )
    Member.objects.create(team=team, position=lead, display_name="Lead", account=account)
    held = dice.integers(0, POSITIONS, members)
    rows = [
        Member(team=team, position=positions[p], display_name=f"Member {n}")
        for n, p in enumerate(held.tolist())
    ]
    Member.objects.bulk_create(rows)
    return list(Member.objects.filter(position__tier__isnull=False).order_by("pk"))


def _duties(dice: np.random.Generator, positions: list[Position], topics: list[Topic], at: datetime) -> None:
    office = [[[480, 1200]]] * 5 + [[], []]
    for number, position in enumerate(positions):
        edition = DutyList.objects.create(
            position=position, number=1, effective_on=(at - timedelta(days=30)).date(), zone="Asia/Shanghai",
            in_force_from=at - timedelta(days=30), published_at=at - timedelta(days=30), changed_at=at,
        )  # fmt: skip
        mine = [topic.pk for topic in topics if dice.random() < 0.4]
        Duty.objects.create(
            duty_list=edition, order=1, task="work", task_en="Work", raci="R", topics=mine,
            difficulties=((1,), (1, 2), (2, 3), (1, 2, 3))[number % 4], hours=office if number % 2 else [],
        )  # fmt: skip
        owned = [topic.pk for topic in topics[number::POSITIONS]]
        Duty.objects.create(
            duty_list=edition, order=2, task="own", task_en="Own", raci="A", topics=owned, channels=[]
        )


def _shifts(dice: np.random.Generator, people: list[Member], at: datetime) -> None:
    monday, planned = week_of(at), list[PlannedShift]()
    for member in people:
        begin = int(dice.choice(BEGINS, p=CHANCE))
        for day in dice.choice(7, 5, replace=False).tolist():
            starts = instant(monday, 60 * (24 * day + begin), "Asia/Shanghai")
            planned.append(PlannedShift(member=member, starts_at=starts, ends_at=starts + timedelta(hours=8)))
    PlannedShift.objects.bulk_create(planned)
    Shift.objects.bulk_create(
        [
            Shift(member_id=row.member_id, starts_at=row.starts_at, ends_at=row.ends_at, planned=row)
            for row in PlannedShift.objects.all()
        ]
    )


def _tickets(dice: np.random.Generator, topics: list[Topic], count: int, at: datetime) -> None:
    customer = Contact.objects.create(display_name="Customer", email="c@example.test")
    popular = 1.0 / np.arange(1, len(topics) + 1)
    which = dice.choice(len(topics), count, p=popular / popular.sum()).tolist()
    levels = dice.choice((1, 2, 3), count, p=(0.6, 0.3, 0.1)).tolist()
    ways, ago = dice.integers(0, len(CHANNELS), count).tolist(), dice.uniform(0, 28, count).tolist()
    rows = [
        Ticket(
            subject="?", customer=customer, topic=topics[t], difficulty=level, channel=CHANNELS[way], effort=20,
            status="resolved", reason="solved", opened_at=at - timedelta(days=days),
            waiting_since=at - timedelta(days=days), resolved_at=at,
        )
        for t, level, way, days in zip(which, levels, ways, ago, strict=True)
    ]  # fmt: skip
    Ticket.objects.bulk_create(rows, batch_size=2000)
