"""From a scenario file to a scenario."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

from fengong.planning.whatif.problems import Place
from fengong.planning.whatif.scenario import (
    Away,
    Demand,
    Dial,
    Joins,
    Scenario,
    Shifted,
    Side,
    Skill,
    ToTier,
    Who,
)
from fengong.planning.whatif.scenario_file.document import read_document
from fengong.planning.whatif.scenario_file.entry import Entry
from fengong.planning.whatif.scenario_file.hours import hours_of

USUAL_POLICY = "fengong"
_MOST_DAYS, _MOST_WEEKS = 3660, 520
Made = TypeVar("Made")


def load_scenario(path: Path) -> Scenario:
    """Read and check a scenario. Raises `BadScenario` with the place of the first fault."""
    document = read_document(path)
    top = Entry(document, (), document.data)
    top.only("groups", "before", "after", "forecast")
    top.need("after")
    before = _side(top.table("before"), USUAL_POLICY)
    return Scenario(
        path=path,
        before=before,
        after=_side(top.table("after"), before.policy),
        groups=top.text("groups") if top.has("groups") else "topic",
        groups_place=top.at("groups"),
        demand=_demand(top.table("forecast")) if top.has("forecast") else None,
    )


def _side(entry: Entry, usual: str) -> Side:
    entry.only("policy", "rules", "move", "skill", "absence", "shift", "join", "leave")
    return Side(
        place=entry.at("policy"),
        policy=entry.text("policy") if entry.has("policy") else usual,
        dials=_dials(entry.table("rules")),
        tiers=_each(entry, "move", _to_tier),
        skills=_each(entry, "skill", _skill),
        away=_each(entry, "absence", _away),
        shifted=_each(entry, "shift", _shifted),
        joins=_each(entry, "join", _joins),
        leaves=_each(entry, "leave", _leaves),
    )


def _each(entry: Entry, key: str, make: Callable[[Entry], Made]) -> tuple[Made, ...]:
    return tuple(make(row) for row in entry.rows(key))


def _dials(entry: Entry) -> tuple[Dial, ...]:
    weights = entry.table("weights")
    found = [
        Dial(key, of.number(key, least=0.0), weight, of.document.at_key((*of.way, key)))
        for of, weight in ((entry, False), (weights, True))
        for key in of.data
        if weight or key != "weights"
    ]
    return tuple(found)


def _who(entry: Entry) -> Who:
    if not entry.has("member") and not entry.has("team"):
        raise entry.fault(None, "missing", what="member")
    name = entry.text("member") if entry.has("member") else None
    team = entry.text("team") if entry.has("team") else None
    return Who(entry.at("member" if name else "team"), name, team)


def _to_tier(entry: Entry) -> ToTier:
    entry.only("member", "team", "tier")
    entry.need("tier")
    return ToTier(_who(entry), entry.whole("tier", least=1, most=3))


def _skill(entry: Entry) -> Skill:
    entry.only("member", "team", "topic", "level")
    entry.need("topic", "level")
    level = entry.whole("level", least=0, most=5)
    return Skill(_who(entry), entry.text("topic"), level, entry.at("topic"))


def _away(entry: Entry) -> Away:
    entry.only("member", "team", "from", "until", "days")
    entry.need("from")
    first, last = entry.day("from"), entry.day("until") if entry.has("until") else None
    if last is None:
        days = entry.whole("days", least=1, most=_MOST_DAYS) if entry.has("days") else 1
        last = first + timedelta(days=days - 1)
    elif entry.has("days"):
        raise entry.fault("days", "one-of", one="until", other="days")
    if last < first:
        raise entry.fault("until", "wants-later", first=first.isoformat())
    return Away(_who(entry), first, last, entry.at("from"))


def _shifted(entry: Entry) -> Shifted:
    entry.only("member", "team", "by", "hours", "days")
    if entry.has("by") and entry.has("hours"):
        raise entry.fault("by", "one-of", one="by", other="hours")
    if entry.has("hours"):
        return Shifted(_who(entry), hours=hours_of(entry))
    entry.need("by")
    if entry.has("days"):
        raise entry.fault("days", "needs", other="hours")
    return Shifted(_who(entry), by=entry.number("by", least=-720.0, most=720.0))


def _joins(entry: Entry) -> Joins:
    entry.only("name", "tier", "hours", "days", "skills", "capacity", "per_shift")
    entry.need("name", "tier", "hours")
    skills = entry.table("skills")
    return Joins(
        place=entry.at("name"),
        name=entry.text("name"),
        tier=entry.whole("tier", least=1, most=3),
        hours=hours_of(entry),
        skills=tuple(
            (topic, skills.whole(topic, least=0, most=5), _key(skills, topic)) for topic in skills.data
        ),
        capacity=_minutes(entry, "capacity"),
        per_shift=_minutes(entry, "per_shift"),
    )


def _minutes(entry: Entry, key: str) -> float | None:
    return entry.number(key, least=1.0) if entry.has(key) else None


def _key(entry: Entry, key: str) -> Place:
    return entry.document.at_key((*entry.way, key))


def _leaves(entry: Entry) -> Who:
    entry.only("member", "team")
    return _who(entry)


def _demand(entry: Entry) -> Demand:
    entry.only("factor", "weeks", "measured_weeks", "busyness", "topics")
    usual, topics = Demand(entry.place), entry.table("topics")
    return Demand(
        place=entry.place,
        factor=entry.number("factor", least=0.01, most=100.0) if entry.has("factor") else usual.factor,
        weeks=entry.whole("weeks", least=1, most=_MOST_WEEKS) if entry.has("weeks") else usual.weeks,
        measured=entry.whole("measured_weeks", least=1, most=_MOST_WEEKS)
        if entry.has("measured_weeks")
        else None,
        busyness=entry.number("busyness", least=0.0, most=10.0) if entry.has("busyness") else None,
        topics=tuple(
            (topic, topics.number(topic, least=0.0, most=100.0), _key(topics, topic)) for topic in topics.data
        ),
    )
