"""What the page Skills shows."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.utils.translation import pgettext_lazy

from fengong.people import queries as people
from fengong.people.policies import may_read_members

SHOWN = 40
"""Members at a time."""
SOURCES = {
    "declared": pgettext_lazy("skill", "Declared"),
    "assessed": pgettext_lazy("skill", "Assessed"),
    "learned": pgettext_lazy("skill", "Learned"),
}
SURE = 1.645
"""Deviations each way that hold nine of ten."""
FULL = 5.0


@dataclass(frozen=True)
class Said:
    """What one source says: a level, and between which it lies nine times of ten; both as parts of a scale to 5."""

    source: str
    label: str
    level: float
    low: float
    high: float
    deviation: float
    seen: int
    counts: bool
    at: Any

    @property
    def begins(self) -> float:
        return 100 * self.low / FULL

    @property
    def width(self) -> float:
        return max(100 * (self.high - self.low) / FULL, 1.5)


@dataclass(frozen=True)
class Entry:
    """A member at a topic: what counts, and whether what was learned lies clearly elsewhere."""

    member: Any
    topic: Any
    level: int
    said: tuple[Said, ...]
    stretch: Any

    @property
    def off(self) -> str:
        """`above` or `below` where what was learned lies half a level and more from what is stated, for nine of ten."""
        stated = next((one.level for one in self.said if one.counts), float(self.level))
        learned = next((one for one in self.said if one.source == "learned" and not one.counts), None)
        if learned is None or not self.level:
            return ""
        if learned.low > stated + 0.5:
            return "above"
        return "below" if learned.high < stated - 0.5 else ""


class Matrix:
    """Members by topics; those who may not see colleagues see themselves."""

    def __init__(self, reader: Any, given: QueryDict) -> None:
        self.reader, self.given = reader, given

    @cached_property
    def teams(self) -> list[Any]:
        return list(people.teams())

    @property
    def team(self) -> int:
        return _number(self.given, "team")

    @property
    def page(self) -> int:
        return max(_number(self.given, "page"), 1)

    @property
    def may_set(self) -> bool:
        return bool(self.reader.may("skill.set"))

    @cached_property
    def topics(self) -> list[Any]:
        return list(people.topics())

    @cached_property
    def _members(self) -> list[Any]:
        found = people.members(with_skills=True)
        if not may_read_members(self.reader):
            return list(found.filter(pk=self.reader.pk))
        wanted = _number(self.given, "member")
        found = found.filter(position__tier__isnull=False)
        if self.team:
            found = found.filter(team=self.team)
        begins = (self.page - 1) * SHOWN
        one = people.members(with_skills=True).filter(pk=wanted) if wanted else None
        return list(one if one is not None else found[begins : begins + SHOWN + 1])

    @property
    def members(self) -> list[Any]:
        return self._members[:SHOWN]

    @property
    def more(self) -> int:
        """The next page, 0 where there is none."""
        return self.page + 1 if len(self._members) > SHOWN else 0

    @cached_property
    def rows(self) -> list[tuple[Any, Any, list[Entry]]]:
        """Each member with their ramp and an entry for each topic."""
        ids = [member.pk for member in self.members]
        ramps = {ramp.member_id: ramp for ramp in people.skill_ramps(ids)}
        stretches = {(one.member_id, one.topic_id): one for one in people.skill_stretches(ids)}
        said: dict[tuple[int, int], list[Any]] = defaultdict(list)
        for one in people.skill_evidence(ids):
            said[one.member_id, one.topic_id].append(one)
        return [
            (
                member,
                ramps.get(member.pk),
                [self._entry(member, topic, said, stretches) for topic in self.topics],
            )
            for member in self.members
        ]

    @cached_property
    def chosen(self) -> Entry | None:
        """The entry that is looked at."""
        member, topic = _number(self.given, "member"), _number(self.given, "topic")
        entries = (entry for _, _, row in self.rows for entry in row)
        return next((one for one in entries if (one.member.pk, one.topic.pk) == (member, topic)), None)

    @property
    def ramp(self) -> Any:
        """The ramp of the one who is looked at."""
        chosen = self.chosen
        return next((ramp for member, ramp, _ in self.rows if chosen and member.pk == chosen.member.pk), None)

    @cached_property
    def mentors(self) -> list[Any]:
        """Who could stand by: those proficient enough for the hardest work of the topic, others than the member."""
        chosen = self.chosen
        if chosen is None:
            return []
        able = (
            people.skills().filter(topic=chosen.topic.pk, proficiency__gte=3).exclude(member=chosen.member.pk)
        )
        return list(people.members().filter(pk__in=able.values("member")))

    def _entry(self, member: Any, topic: Any, said: Any, stretches: Any) -> Entry:
        skill = next((one for one in member.skills.all() if one.topic_id == topic.pk), None)
        told = tuple(_said(one, skill) for one in said.get((member.pk, topic.pk), ()))
        level = skill.proficiency if skill else 0
        return Entry(member, topic, level, told, stretches.get((member.pk, topic.pk)))


def _said(one: Any, skill: Any) -> Said:
    spread = SURE * one.deviation
    counts = skill is not None and skill.source == one.source
    low, high = max(one.level - spread, 0.0), min(one.level + spread, FULL)
    label = str(SOURCES[one.source])
    return Said(one.source, label, one.level, low, high, one.deviation, one.seen, counts, one.at)


def _number(given: QueryDict, name: str) -> int:
    text = given.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0
