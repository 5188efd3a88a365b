"""Coverage in sentences, in the reader's language."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from fengong.people import queries as people
from fengong.planning.coverage.naming import CHANNEL_NAMES
from fengong.planning.coverage.results import Found, Span, Step, Way
from fengong.web import words

KINDS: Mapping[str, Promise] = {
    "nobody": pgettext_lazy("coverage", "Nobody's duty, nobody's skill"),
    "unassigned": pgettext_lazy("coverage", "Nobody's duty"),
    "unskilled": pgettext_lazy("coverage", "Nobody skilled enough"),
    "absent": pgettext_lazy("coverage", "Nobody there"),
    "short": pgettext_lazy("coverage", "Too few people"),
    "single": pgettext_lazy("coverage", "One person alone"),
    "dependence": pgettext_lazy("coverage", "Leans on one person"),
    "accountable": pgettext_lazy("coverage", "Several accountable"),
    "responsible": pgettext_lazy("coverage", "Several responsible"),
}
MEANINGS: Mapping[str, Promise] = {
    "nobody": pgettext_lazy("coverage", "No position has this duty, and nobody at work has the skill."),
    "unassigned": pgettext_lazy("coverage", "People at work have the skill, but no position has this duty."),
    "unskilled": pgettext_lazy(
        "coverage", "Positions have this duty, but none of their holders is skilled enough."
    ),
    "absent": pgettext_lazy("coverage", "Holders of this duty are skilled, but none of them is at work."),
    "short": pgettext_lazy("coverage", "Those who cover this work have fewer hours than it takes."),
    "single": pgettext_lazy("coverage", "If this one person is away, nobody covers it."),
    "dependence": pgettext_lazy("coverage", "One person carries more than two thirds of the topic."),
    "accountable": pgettext_lazy("coverage", "More than one position answers for the same work."),
    "responsible": pgettext_lazy("coverage", "More positions than allowed do the same work."),
}
GAPS = ("nobody", "unassigned", "unskilled", "absent")


@dataclass(frozen=True)
class Told:
    """A finding as the page tells it."""

    found: Found
    kind: str
    meaning: str
    state: str
    topic: str
    who: str
    where: str
    when: str
    much: str


class Names:
    """Members, topics, positions and channels by their ids, read once a page."""

    def __init__(self, *, known: bool, channels_used: Sequence[str]) -> None:
        self.known = known
        self.used = channels_used

    @cached_property
    def members(self) -> dict[int, str]:
        return {member.pk: member.display_name for member in people.members()}

    @cached_property
    def topics(self) -> dict[int, str]:
        return {topic.pk: topic.label for topic in people.topics()}

    @cached_property
    def positions(self) -> dict[int, str]:
        return {position.pk: position.label for position in people.positions()}

    @cached_property
    def channels(self) -> dict[str, str]:
        return {slug: str(label) for slug, label in CHANNEL_NAMES.items()}

    def found(self, one: Found) -> Told:
        """A finding in words."""
        topics = [self.topics[pk] for pk in one.topics or (one.topic,)]
        return Told(
            found=one,
            kind=str(KINDS[one.kind]),
            meaning=str(MEANINGS[one.kind]),
            state="gap" if one.gap or one.kind == "short" else "alone",
            topic=listed(topics),
            who=self._who(one),
            where=self.cells(one.cells),
            when=spans(one.spans),
            much=self.much(one.demand),
        )

    def much(self, amount: float) -> str:
        """An amount of work a week; hours of cells where nobody knows how much work there is."""
        if self.known:
            return work(amount)
        return ngettext("%(n)s hour of the map", "%(n)s hours of the map", round(amount)) % {
            "n": round(amount)
        }

    def cells(self, cells: Collection[tuple[int, str]]) -> str:
        """Difficulties and channels; what is all of them is not listed."""
        levels, ways = sorted({level for level, _ in cells}), {way for _, way in cells}
        parts = []
        if 0 < len(levels) < 3:
            parts.append(self.levels(levels))
        if 0 < len(ways) < len(self.used):
            parts.append(listed([self.channels[way] for way in self.used if way in ways]))
        return " · ".join(parts)

    def levels(self, levels: Iterable[int]) -> str:
        named = {
            1: pgettext("difficulty", "Common"),
            2: pgettext("difficulty", "Medium"),
            3: pgettext("difficulty", "Hard"),
        }
        return listed([named[level] for level in levels])

    def steps(self, way: Way) -> list[str]:
        """What to do, sentence by sentence."""
        return [self._step(step) for step in way.steps]

    def why(self, way: Way) -> str:
        return listed([f"{KINDS[kind]} {self.much(amount)}" for kind, amount in way.why])

    def _who(self, one: Found) -> str:
        if one.kind == "dependence":
            share = f"{one.share:.0%}"
            return _("%(name)s carries %(share)s") % {
                "name": self.members.get(one.member or 0, ""),
                "share": share,
            }
        if one.member:
            return self.members.get(one.member, "")
        if one.members:
            return listed([self.members.get(pk, "") for pk in one.members])
        return listed([self.positions.get(pk, "") for pk in one.positions])

    def _step(self, step: Step) -> str:
        named: dict[str, Any] = {
            "name": self.members.get(step.member or 0, ""),
            "topic": self.topics.get(step.topic or 0, ""),
            "position": self.positions.get(step.position or 0, ""),
            "level": f"{step.level:g}",
            "when": spans(step.to),
            "away": spans(step.away),
        }
        if step.kind == "train":
            return _("Train %(name)s in %(topic)s to level %(level)s") % named
        if step.kind == "duty":
            where = self.cells([(level, way) for level in step.difficulties for way in step.channels])
            told = _("Give %(position)s the duty for %(topic)s, %(when)s") % named
            return f"{told} ({where})" if where else told
        return _("Have %(name)s work %(when)s instead of %(away)s") % named


def work(minutes: float) -> str:
    """An amount of work: hours stay hours, for a day of work is not a day."""
    if minutes < words.DAY:
        return words.duration(minutes)
    return _("%(hours)s h") % {"hours": round(minutes / words.HOUR)}


def spans(found: Sequence[Span], most: int = 3) -> str:
    """`Mon-Fri 09-17`; of many the first few."""
    told = [span(one) for one in found[:most]]
    if len(found) > most:
        told.append(_("and %(n)s more") % {"n": len(found) - most})
    return listed(told)


def span(one: Span) -> str:
    """One span of hours."""
    first, last, begin, end = one
    if (begin, end) == (0, 24) and (first, last) == (0, 6):
        return _("always")
    days = str(WEEKDAYS_ABBR[first])
    if last > first:
        days = f"{days}–{WEEKDAYS_ABBR[last]}"
    return f"{days} {begin:02d}–{end:02d}"


def listed(parts: Iterable[str]) -> str:
    """One after another."""
    return pgettext("between things listed", ", ").join(part for part in parts if part)
