"""What each side of a scenario is and over what they are compared, in the language that is active."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fengong.planning.replay.team_file import DAYS
from fengong.planning.whatif import words
from fengong.planning.whatif.results import Outlook
from fengong.planning.whatif.scenario import Hours, Side


def side_lines(side: Side) -> list[str]:
    """Return what a side is: its policy, then everything in which it differs from the log."""
    policy = _("Policy: %(policy)s") % {"policy": words.policy(side.policy)}
    changes = [*_dials(side), *_people(side), *_times(side)]
    return [policy, *(changes or [_("The team as the log shows it")])]


def _dials(side: Side) -> Iterator[str]:
    for dial in side.dials:
        yield _("Rule %(name)s = %(value)s") % {"name": dial.name, "value": f"{dial.value:g}"}


def _people(side: Side) -> Iterator[str]:
    for one in side.joins:
        facts = {"who": one.name, "tier": words.tier(one.tier), "hours": _clock(one.hours)}
        yield _("%(who)s joins as %(tier)s, %(hours)s") % facts
    for who in side.leaves:
        yield _("%(who)s leaves") % {"who": who.shown()}
    for to in side.tiers:
        yield _("%(who)s moves to %(tier)s") % {"who": to.who.shown(), "tier": words.tier(to.tier)}
    for skill in side.skills:
        facts = {"who": skill.who.shown(), "topic": skill.topic, "level": str(skill.level)}
        knows = _("%(who)s knows %(topic)s at %(level)s of 5")
        yield (knows if skill.level else _("%(who)s no longer works on %(topic)s")) % facts


def _times(side: Side) -> Iterator[str]:
    for away in side.away:
        facts = {"who": away.who.shown(), "first": away.first.isoformat(), "last": away.last.isoformat()}
        yield _("%(who)s is away from %(first)s to %(last)s") % facts
    for shifted in side.shifted:
        if shifted.hours is not None:
            yield _("%(who)s works %(hours)s") % {"who": shifted.who.shown(), "hours": _clock(shifted.hours)}
        elif shifted.by is not None:
            late = _("%(who)s begins and ends %(minutes)s min later")
            early = _("%(who)s begins and ends %(minutes)s min earlier")
            facts = {"who": shifted.who.shown(), "minutes": f"{abs(shifted.by):g}"}
            yield (late if shifted.by >= 0 else early) % facts


def _clock(hours: Hours) -> str:
    days = [str(name) for name in _weekdays()]
    shown = " ".join(days[day] for day in hours.days)
    if hours.days == tuple(range(hours.days[0], hours.days[-1] + 1)) and len(hours.days) > 2:
        shown = f"{days[hours.days[0]]}–{days[hours.days[-1]]}"
    until = hours.end if hours.end == 1440.0 else hours.end % 1440.0
    return f"{shown} {_minute(hours.start)}–{_minute(until)}"


def _weekdays() -> list[str]:
    names = _("Mon Tue Wed Thu Fri Sat Sun").split(" ")
    return names if len(names) == len(DAYS) else list(DAYS)


def _minute(minute: float) -> str:
    return f"{int(minute) // 60:02d}:{int(minute) % 60:02d}"


def weeks_of(count: int) -> str:
    """Return a number of weeks."""
    return ngettext("%(count)s week", "%(count)s weeks", count) % {"count": count}


def over_line(outlook: Outlook) -> str:
    """Return over what was compared."""
    source, expected = outlook.source, outlook.expected
    facts = {"runs": str(outlook.runs), "tickets": f"{outlook.tickets:,}", "people": f"{outlook.people[0]:,}"}
    if expected is None:
        over = _(
            "%(tickets)s tickets of the log, %(first)s to %(last)s; %(people)s members; %(runs)s runs of each side"
        )
        return over % {**facts, "first": source.first, "last": source.last}
    weeks = weeks_of(expected.weeks)
    over = _(
        "a forecast of %(weeks)s from %(first)s, %(per_week)s tickets a week; %(people)s members; "
        "%(runs)s runs of each side"
    )
    facts |= {"weeks": weeks, "first": expected.first, "per_week": f"{expected.per_week:,.0f}"}
    return over % facts
