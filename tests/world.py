"""The shared cast: one small desk that tests of every floor act on.

Two teams around accounts, invoices and the API. 李娜 and Sun Hao are L1, 周敏 and 陈立 L2, 何洁 L3; 王芳 leads. The
figures are chosen so that a reader can follow each decision by hand.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from fengong.customers.actions.contacts import find_or_add_contact
from fengong.customers.models import Contact
from fengong.desk.actions.loads import set_capacity
from fengong.desk.actions.promises import set_service_level
from fengong.desk.actions.tickets import open_ticket
from fengong.desk.bridge import book
from fengong.desk.models import Ticket
from fengong.kernel.actor import SYSTEM
from fengong.people.actions.accounts import open_account
from fengong.people.actions.members import add_member, set_skill
from fengong.people.actions.teams import appoint_lead, define_position, define_topic, form_team
from fengong.people.models import Member, Position, Team, Topic
from fengong.rota.actions.presence import set_presence
from fengong.rota.actions.shifts import plan_shift

NOW = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
"""A Monday, 14:00 in Shanghai."""
PASSWORD = "correct horse battery"

POSITIONS = {
    "l1": ("初级客服", "Agent L1", "agent", 1, (1, 1)),
    "l2": ("二级客服", "Agent L2", "agent", 2, (1, 2)),
    "l3": ("高级客服", "Agent L3", "agent", 3, (1, 3)),
    "lead": ("团队负责人", "Team lead", "lead", None, (1, 3)),
    "hr": ("人力伙伴", "HR partner", "hr_partner", None, (1, 3)),
    "counsellor": ("心理咨询师", "Counsellor", "counsellor", None, (1, 3)),
    "admin": ("管理员", "Administrator", "administrator", None, (1, 3)),
}
TOPICS = {
    "accounts": ("账号", "Accounts", ["密码", "登录", "password", "login"], (10, 20, 40)),
    "invoices": ("发票", "Invoices", ["发票", "抬头", "invoice"], (12, 25, 50)),
    "api": ("接口", "API", ["接口", "回调", "webhook", "api"], (15, 30, 60)),
}
MEMBERS = {
    # name: (display name, position, team, capacity, skills)
    "li_na": ("李娜", "l1", "north", 120, {"accounts": 4, "invoices": 3}),
    "sun_hao": ("Sun Hao", "l1", "north", 120, {"accounts": 3, "api": 1}),
    "zhou_min": ("周敏", "l2", "north", 180, {"accounts": 4, "api": 4}),
    "chen_li": ("陈立", "l2", "south", 180, {"invoices": 4, "api": 3}),
    "he_jie": ("何洁", "l3", "south", 200, {"accounts": 5, "invoices": 5, "api": 5}),
    "wang_fang": ("王芳", "lead", "north", 0, {}),
    "qian_wei": ("钱伟", "hr", "south", 0, {}),
    "tang_yun": ("唐云", "counsellor", "south", 0, {}),
    "admin": ("管理员", "admin", "south", 0, {}),
}
PROMISES = {4: (15, 240), 3: (30, 480), 2: (60, 1440), 1: (240, 4320)}


@dataclass
class World:
    """Everybody and everything by short name; attributes of members and topics too: `world.zhou_min`."""

    teams: dict[str, Team] = field(default_factory=dict)
    positions: dict[str, Position] = field(default_factory=dict)
    topics: dict[str, Topic] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)
    customer: Contact = field(init=False)
    now: datetime = NOW

    def __getattr__(self, name: str) -> Member:
        try:
            return self.members[name]
        except KeyError:
            raise AttributeError(name) from None

    def ticket(
        self, subject: str = "忘记密码", *, topic: str | None = "accounts", difficulty: int = 1, **more: Any
    ) -> Ticket:
        """A ticket from the usual customer; graded unless `topic` is None."""
        given: dict[str, Any] = {"body": "请帮我看看。", "at": self.now, "customer": self.customer, **more}
        if topic:
            given |= {"topic": self.topics[topic], "difficulty": difficulty}
        return open_ticket(actor=SYSTEM, subject=subject, **given)

    def go_online(self, *names: str, at: datetime | None = None) -> None:
        """Bring members in; all who take tickets when none is named."""
        for name in names or [n for n, m in self.members.items() if m.position.tier]:
            set_presence(actor=SYSTEM, member=self.members[name], status="online", at=at or self.now)


def build_world(*, accounts: bool = True) -> World:
    """Write the cast down through the verbs; everybody is offline and on an eight-hour shift."""
    world = World()
    _build_frame(world)
    for name, (display_name, position, team, capacity, skills) in MEMBERS.items():
        email = f"{name}@example.test"
        account = (
            open_account(actor=SYSTEM, email=email, password=PASSWORD, language="en", at=NOW)
            if accounts
            else None
        )
        member = add_member(
            actor=SYSTEM,
            team=world.teams[team],
            position=world.positions[position],
            display_name=display_name,
            account=account,
            at=NOW,
        )
        world.members[name] = member
        _equip(world, member, capacity, skills)
    appoint_lead(actor=SYSTEM, team=world.teams["north"], member=world.wang_fang, at=NOW)
    world.customer = find_or_add_contact(
        actor=SYSTEM, email="wang@beifeng.example", display_name="王强", organization="北风商贸", at=NOW
    )
    return world


def _build_frame(world: World) -> None:
    for slug, zh, en in (("north", "北区组", "North"), ("south", "南区组", "South")):
        world.teams[slug] = form_team(actor=SYSTEM, slug=slug, name_zh=zh, name_en=en, at=NOW)
    for slug, (zh, en, role, tier, difficulty) in POSITIONS.items():
        world.positions[slug] = define_position(
            actor=SYSTEM,
            slug=slug,
            name_zh=zh,
            name_en=en,
            role=role,
            tier=tier,
            difficulty=difficulty,
            at=NOW,
        )
    for slug, (zh, en, keywords, minutes) in TOPICS.items():
        world.topics[slug] = define_topic(
            actor=SYSTEM, slug=slug, name_zh=zh, name_en=en, keywords=keywords, minutes=minutes, at=NOW
        )
    for priority, (first, resolution) in PROMISES.items():
        set_service_level(
            actor=SYSTEM,
            priority=priority,
            first_response_minutes=first,
            resolution_minutes=resolution,
            at=NOW,
        )
    book()  # a process that has served a request before remembers what is promised


def _equip(world: World, member: Member, capacity: int, skills: dict[str, int]) -> None:
    if not capacity:
        return
    set_capacity(actor=SYSTEM, member=member, capacity=capacity, at=NOW)
    starts, ends = NOW - timedelta(hours=4), NOW + timedelta(hours=4)
    plan_shift(actor=SYSTEM, member=member, starts_at=starts, ends_at=ends, at=NOW)
    for topic, level in skills.items():
        set_skill(
            actor=SYSTEM,
            member=member,
            topic=world.topics[topic],
            proficiency=level,
            source="declared",
            at=NOW,
        )
