"""A small desk whose coverage a reader can follow: everybody skilled works on weekdays from 9 to 17 in Shanghai.

What is promised runs in the same hours. Front answers for logins, back for the API; both are covered by two and three
people. Each test plants one thing.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from fengong.desk.actions.calendars import save_calendar
from fengong.desk.models import Load, ServicePolicy
from fengong.kernel.actor import SYSTEM
from fengong.people.actions import duties as verbs
from fengong.people.actions.duty_checks import DutyWanted
from fengong.people.actions.members import add_member, set_skill
from fengong.people.actions.teams import define_position, define_topic, form_team
from fengong.people.models import DutyList, Member, Position, Topic
from fengong.rota.actions.shifts import plan_shift

MONDAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 1, 16, 0, tzinfo=UTC)
"""Monday, midnight in Shanghai."""
OFFICE = [[[540, 1020]]] * 5 + [[], []]
PEOPLE = {
    "alice": ("front", {"logins": 4}),
    "bo": ("front", {"logins": 3}),
    "chen": ("back", {"api": 5}),
    "dai": ("back", {"api": 4}),
    "eva": ("back", {"api": 3}),
}
DUTIES = {"front": ("logins", "账号登录"), "back": ("api", "接口支持")}


class Desk:
    """Everything by name."""

    def __init__(self) -> None:
        office = save_calendar(
            actor=SYSTEM, name="office", zone="Asia/Shanghai", week=OFFICE, region="", at=NOW
        )
        ServicePolicy.objects.update_or_create(
            is_default=True, defaults={"name": "default", "calendar": office, "active": True}
        )
        ServicePolicy.objects.filter(is_default=False).delete()
        team = form_team(actor=SYSTEM, slug="desk", name_zh="服务台", name_en="Desk", at=NOW)
        self.positions: dict[str, Position] = {
            slug: define_position(
                actor=SYSTEM, slug=slug, name_zh=slug, name_en=slug, role="agent", tier=1, difficulty=(1, 3),
                at=NOW,
            )
            for slug in DUTIES
        }  # fmt: skip
        self.topics: dict[str, Topic] = {
            slug: define_topic(
                actor=SYSTEM, slug=slug, name_zh=slug, name_en=slug, keywords=[], minutes=(10, 20, 40), at=NOW
            )
            for slug, _ in DUTIES.values()
        }
        self.people: dict[str, Member] = {}
        for name, (position, skills) in PEOPLE.items():
            self.people[name] = add_member(
                actor=SYSTEM, team=team, position=self.positions[position], display_name=name, at=NOW
            )
            Load.objects.update_or_create(member=self.people[name], defaults={"capacity": 240})
            for topic, level in skills.items():
                self.skill(name, topic, level)
            for day in range(5):
                self.shift(name, day, 9, 17)
        for slug, (topic, words) in DUTIES.items():
            self.duties(slug, self.line(topic, task_zh=words))

    def line(self, topic: str, **more: Any) -> DutyWanted:
        wanted = {
            "task": f"do-{topic}", "task_zh": topic, "raci": "RA", "topics": [self.topics[topic].pk],
            "channels": ["web"], "hours": OFFICE,
        }  # fmt: skip
        return DutyWanted(**wanted | more)

    def draft(self, slug: str, *lines: DutyWanted) -> DutyList:
        position = self.positions[slug]
        verbs.draft_duties(actor=SYSTEM, position=position, at=NOW)
        return verbs.write_duties(actor=SYSTEM, position=position, duties=lines, at=NOW)

    def duties(self, slug: str, *lines: DutyWanted) -> None:
        self.draft(slug, *lines)
        verbs.publish_duties(
            actor=SYSTEM, position=self.positions[slug], effective_on=MONDAY, zone="Asia/Shanghai", at=NOW
        )

    def skill(self, name: str, topic: str, level: int) -> None:
        set_skill(
            actor=SYSTEM, member=self.people[name], topic=self.topics[topic], proficiency=level,
            source="declared", at=NOW,
        )  # fmt: skip

    def shift(self, name: str, day: int, begins: int, ends: int) -> None:
        plan_shift(
            actor=SYSTEM, member=self.people[name], starts_at=hour(day, begins), ends_at=hour(day, ends),
            at=NOW,
        )  # fmt: skip


def hour(day: int, number: int) -> datetime:
    """An hour of a day of the week, 0 is Monday, on the clocks of Shanghai."""
    return NOW + timedelta(days=day, hours=number)
