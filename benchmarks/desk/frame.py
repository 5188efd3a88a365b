"""The desk that the tickets belong to: 60 members in six teams, thirty topics, types, tags, views, a promise."""

from __future__ import annotations

from django.contrib.auth.hashers import make_password
from django.core.management import call_command

from benchmarks.desk.words import Writer
from fengong.desk.models import Load, Tag, TicketType, View
from fengong.kernel.clock import now
from fengong.people.models import Account, Member, Position, Skill, Team, Topic
from fengong.rota.models import Presence

MEMBERS, TEAMS, TOPICS = 60, 6, 30
LEAD = "lead@desk.example"  # signs in with the address as password
AGENT = "agent@desk.example"
TAGS = ("vip", "退款", "renewal", "hardware", "待核实", "beta")
TYPES = (("question", "咨询"), ("incident", "故障"), ("request", "申请"), ("task", "任务"))
VIEWS = (
    ("紧急未解决", "status:live priority:urgent"),
    ("北区 VIP", "tag:vip is:live"),
    ("重点客户", "grade:key status:waiting,open"),
)


def build() -> None:
    """Migrate and write the frame down."""
    call_command("migrate", verbosity=0)
    writer, at = Writer(1), now()
    teams = Team.objects.bulk_create(Team(slug=f"team-{n}", name_en=f"Team {n}") for n in range(TEAMS))
    topics = Topic.objects.bulk_create(
        Topic(slug=f"topic-{n}", name_zh=f"主题{n}", name_en=f"Topic {n}") for n in range(TOPICS)
    )
    places = [Position.objects.create(slug=f"l{tier}", name_en=f"L{tier}", tier=tier) for tier in (1, 2, 3)]
    lead = Position.objects.create(slug="lead", name_en="Lead", role="lead", tier=2)
    people = Member.objects.bulk_create(
        Member(
            team=teams[n % TEAMS],
            position=lead if n == 0 else places[(0, 0, 0, 1, 1, 2)[n // TEAMS % 6]],
            display_name=writer.person(),
            sort_key=f"{n:03}",
        )
        for n in range(MEMBERS)
    )
    for member, email in zip(people, (LEAD, AGENT), strict=False):
        member.account = Account.objects.create(email=email, password=make_password(email))
        member.save(update_fields=["account"])
    Load.objects.bulk_create(Load(member=member, capacity=1_000_000) for member in people)
    Presence.objects.bulk_create(Presence(member=member, status="online", since=at) for member in people)
    Skill.objects.bulk_create(
        Skill(member=member, topic=topic, proficiency=1 + (n + m) % 5)
        for n, member in enumerate(people)
        for m, topic in enumerate(topics)
    )
    Tag.objects.bulk_create(Tag(name=name, key=name) for name in TAGS)
    TicketType.objects.bulk_create(TicketType(slug=slug, name_zh=zh, name_en=slug) for slug, zh in TYPES)
    View.objects.bulk_create(
        View(name=name, query=query, position=n) for n, (name, query) in enumerate(VIEWS)
    )
