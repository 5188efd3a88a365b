"""What the page Coverage shows of a week."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.utils.dates import WEEKDAYS
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from fengong.planning.coverage.bridge import Picture
from fengong.planning.coverage.gathering import week_of
from fengong.planning.coverage.keeping import of_week
from fengong.planning.coverage.results import Cell, Strip
from fengong.web.division.coverage.words import GAPS, KINDS, Names, Told

SHOWN = 15
"""Findings at a time."""
STATES = {1: "covered quiet", 2: "covered", 3: "alone quiet", 4: "alone", 5: "gap quiet", 6: "gap"}


@dataclass(frozen=True)
class Asked:
    """What the address asks for; what makes no sense is as if it were not there."""

    monday: date
    difficulty: int = 0
    channel: str = ""
    kind: str = ""
    topic: int = 0
    hour: int = -1
    all: bool = False

    @classmethod
    def of(cls, given: QueryDict, at: datetime) -> Asked:
        """Read an address."""
        return cls(
            monday=_monday(given.get("week", ""), at),
            difficulty=_number(given, "difficulty", 1, 3, 0),
            channel=given.get("channel", ""),
            kind=given.get("kind", "") if given.get("kind", "") in (*KINDS, "gap") else "",
            topic=_number(given, "topic", 1, 2**31, 0),
            hour=_hour(given),
            all=given.get("all") == "1",
        )


@dataclass
class Week:
    """A week and its figures: what comes, and what nobody or one alone covers."""

    at: datetime
    asked: Asked

    @cached_property
    def picture(self) -> Picture:
        return of_week(self.asked.monday, at=self.at)

    @cached_property
    def names(self) -> Names:
        rows = self.picture.rows
        return Names(known=rows.demand is not None, channels_used=rows.channels)

    @property
    def week(self) -> tuple[date, date]:
        return self.asked.monday, self.asked.monday + timedelta(days=6)

    @property
    def beside(self) -> tuple[str, str]:
        """The weeks before and after."""
        monday = self.asked.monday
        return (monday - timedelta(days=7)).isoformat(), (monday + timedelta(days=7)).isoformat()

    @property
    def channel(self) -> str:
        return self.asked.channel if self.asked.channel in self.picture.rows.channels else ""

    @property
    def channels(self) -> list[tuple[str, str]]:
        return [(slug, self.names.channels[slug]) for slug in self.picture.rows.channels]

    @property
    def difficulties(self) -> list[tuple[int, str]]:
        return [(level, self.names.levels([level])) for level in (1, 2, 3)]

    @property
    def uncovered(self) -> tuple[str, float]:
        return self._part(self.picture.uncovered)

    @property
    def alone(self) -> tuple[str, float]:
        return self._part(self.picture.alone)

    @property
    def expected(self) -> str:
        return self.names.much(self.picture.expected)

    def _part(self, amount: float) -> tuple[str, float]:
        return self.names.much(amount), amount / self.picture.expected if self.picture.expected else 0.0


@dataclass
class Drawn(Week):
    """A week's coverage as the page tells it: the map, what was found in it, what stands behind a cell."""

    behind: Behind | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        if self.asked.topic in self.picture.rows.topics and self.asked.hour >= 0:
            self.behind = Behind(self)

    @cached_property
    def kinds(self) -> list[tuple[str, str, int]]:
        """Each kind of finding with how many there are."""
        found = [one.kind for one in self.picture.findings]
        return [(kind, str(label), found.count(kind)) for kind, label in KINDS.items() if kind in found]

    @cached_property
    def found(self) -> list[Told]:
        wanted = self.asked.kind
        named = [
            one
            for one in self.picture.findings
            if not wanted or one.kind == wanted or (wanted == "gap" and one.gap)
        ]
        return [self.names.found(one) for one in (named if self.asked.all else named[:SHOWN])]

    @property
    def more(self) -> int:
        """Findings that are not shown."""
        total = sum(n for kind, _, n in self.kinds if self.asked.kind in ("", kind))
        if self.asked.kind == "gap":
            total = sum(n for kind, _, n in self.kinds if kind in GAPS)
        return total - len(self.found)

    @cached_property
    def rows(self) -> list[tuple[int, str, SafeString, str]]:
        """Topics, the one with most uncovered work first: id, label, its week as a picture, what is missing."""
        strips = self.picture.strips(difficulty=self.asked.difficulty, channel=self.channel)
        strips.sort(key=lambda one: (-one.missing, -one.expected))
        labels = self.names.topics
        return [
            (one.topic, labels[one.topic], drawn(one), self.names.much(one.missing) if one.missing else "")
            for one in strips
        ]

    @property
    def ways(self) -> list[dict[str, Any]]:
        """What would close gaps, in words."""
        told = self.picture.ways[:SHOWN]
        return [
            {"steps": self.names.steps(way), "much": self.names.much(way.removes), "why": self.names.why(way)}
            for way in told
        ]

    @property
    def days(self) -> list[str]:
        return [str(WEEKDAYS[day]) for day in range(7)]

    def address(self, **changed: Any) -> str:
        """This page with something else asked for."""
        given = {
            "week": self.asked.monday.isoformat(),
            "difficulty": self.asked.difficulty or "",
            "channel": self.channel,
            "kind": self.asked.kind,
        }
        query = QueryDict(mutable=True)
        query.update({key: str(value) for key, value in (given | changed).items() if value})
        return f"/division/coverage?{query.urlencode()}"


class Behind:
    """What stands behind a topic at an hour: the worst of its cells, or the one asked for."""

    def __init__(self, page: Drawn) -> None:
        self.page, self.asked = page, page.asked
        self.topic = page.names.topics[page.asked.topic]
        self.day, self.hour = divmod(page.asked.hour, 24)

    @property
    def day_name(self) -> str:
        return str(WEEKDAYS[self.day])

    @property
    def until(self) -> int:
        return self.hour + 1

    @cached_property
    def cells(self) -> dict[tuple[int, str], Cell]:
        picture, asked = self.page.picture, self.asked
        return {
            (level, way): picture.cell(topic=asked.topic, difficulty=level, channel=way, hour=asked.hour)
            for level in (1, 2, 3)
            for way in picture.rows.channels
        }

    @cached_property
    def chosen(self) -> tuple[int, str]:
        """The cell that is shown."""
        kept = [
            key
            for key in self.cells
            if self.asked.difficulty in (0, key[0]) and self.page.channel in ("", key[1])
        ]
        return min(kept, key=lambda key: (len(self.cells[key].covers), -self.cells[key].demand))

    @property
    def cell(self) -> Cell:
        return self.cells[self.chosen]

    @property
    def label(self) -> str:
        return f"{self.page.names.levels([self.chosen[0]])} · {self.page.names.channels[self.chosen[1]]}"

    @property
    def grid(self) -> list[tuple[int, str, list[tuple[str, Cell, bool, str]]]]:
        """Difficulty by channel: how many cover, and where to look at it."""
        page = self.page
        return [
            (level, label, [self._entry(level, way) for way in page.picture.rows.channels])
            for level, label in page.difficulties
        ]

    @property
    def groups(self) -> list[tuple[str, list[str]]]:
        """Members by what they lack here."""
        names = self.page.names.members
        cell = self.cell
        parts = {
            "covers": cell.covers,
            "away": cell.away,
            "unskilled": cell.unskilled,
            "unasked": cell.unasked,
        }
        return [(kind, [names.get(pk, "") for pk in who]) for kind, who in parts.items() if who]

    @property
    def duties(self) -> list[tuple[str, str]]:
        positions = self.page.names.positions
        return [(positions.get(line.position, ""), line.task) for line in self.cell.lines]

    @property
    def much(self) -> str:
        return self.page.names.much(self.cell.demand)

    def _entry(self, level: int, way: str) -> tuple[str, Cell, bool, str]:
        cell = self.cells[level, way]
        there = self.page.address(
            topic=self.asked.topic, hour=f"{self.asked.hour}", difficulty=level, channel=way
        )
        return there, cell, (level, way) == self.chosen, state_of(cell)


def state_of(cell: Cell) -> str:
    """By how many cover it."""
    if not cell.served:
        return "closed"
    return ("gap", "alone")[len(cell.covers)] if len(cell.covers) < 2 else "covered"


def drawn(strip: Strip) -> SafeString:
    """A topic's week as a row of bars, an hour one unit wide."""
    bars: dict[str, list[str]] = {}
    for begins, ends, state in strip.runs:
        top, high = (0, 16) if state > 2 else (2, 12)
        bars.setdefault(STATES[state], []).append(f"M{begins} {top}h{ends - begins}v{high}H{begins}z")
    paths = format_html_join(
        "", '<path class="{}" d="{}"/>', ((name, "".join(d)) for name, d in bars.items())
    )
    return format_html(
        '<svg viewBox="0 0 168 16" preserveAspectRatio="none" aria-hidden="true">{}</svg>', paths
    )


def _monday(given: str, at: datetime) -> date:
    try:
        day = date.fromisoformat(given)
    except ValueError:
        return week_of(at)
    return day - timedelta(days=day.weekday())


def _hour(given: QueryDict) -> int:
    if "day" in given and "at" in given:
        return 24 * _number(given, "day", 0, 6, 0) + _number(given, "at", 0, 23, 0)
    return _number(given, "hour", 0, 167, -1)


def _number(given: QueryDict, name: str, least: int, most: int, otherwise: int) -> int:
    text = given.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 10 and least <= int(text) <= most else otherwise
