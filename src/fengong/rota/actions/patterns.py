"""Verbs on weekly patterns. Shifts follow a pattern within moments: the worker writes what is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from fengong.kernel import holidays, zones
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Invalid, Missing
from fengong.kernel.spine import record
from fengong.people.models import Member, Team
from fengong.rota.actions.settling import lock
from fengong.rota.events import PatternRemoved, PatternSaved
from fengong.rota.models import Pattern, PlannedShift
from fengong.rota.policies import require_planning, require_planning_team
from fengong.rota.reading.weeks import occurrences

DAY, MOST_WEEKS = 1440, 8
LOOKED_AHEAD = timedelta(weeks=60)
"""Longer than any two patterns of up to eight weeks need to meet in every way they can."""
Week = Sequence[Sequence[Sequence[int]]]


@dataclass(frozen=True, slots=True)
class PatternWanted:
    """How somebody works week after week; see the model for the shape of `weeks` and `breaks`."""

    name: str
    weeks: Sequence[Week]
    starts_on: date
    ends_on: date | None = None
    zone: str = "Asia/Shanghai"
    breaks: Sequence[dict[str, Any]] = field(default_factory=tuple)
    region: str = ""
    makes_up: bool = True
    anchor: date | None = None


def save_pattern(
    *,
    actor: Actor,
    wanted: PatternWanted,
    at: datetime,
    member: Member | None = None,
    team: Team | None = None,
    pattern: Pattern | None = None,
) -> Pattern:
    """Write down how a member or a team works: a new pattern, or another state of one that stands."""
    member, team = (pattern.member, pattern.team) if pattern else (member, team)
    _require(actor, member, team)
    check_pattern(wanted)
    anchor = wanted.anchor or wanted.starts_on
    with transaction.atomic():
        _hold(member, team)
        if pattern is not None and not Pattern.objects.filter(pk=pattern.pk).exists():
            raise Missing(_("This pattern does not exist any more."))
        saved = Pattern(pk=pattern.pk if pattern else None, member=member, team=team)
        saved.name, saved.zone, saved.region = wanted.name.strip(), wanted.zone, wanted.region
        saved.weeks = [[[list(span) for span in day] for day in week] for week in wanted.weeks]
        saved.breaks, saved.makes_up = [dict(one) for one in wanted.breaks], wanted.makes_up
        saved.starts_on, saved.ends_on = wanted.starts_on, wanted.ends_on
        saved.anchor, saved.due_at = anchor - timedelta(days=anchor.weekday()), at
        _refuse_overlap(saved)
        saved.save()
        _wake_others(member, at)
        fact = PatternSaved(pattern=saved.pk, name=saved.name, member=saved.member_id, team=saved.team_id)
        record(fact, actor=actor, at=at)
    return saved


def remove_pattern(*, actor: Actor, pattern: Pattern, at: datetime) -> None:
    """Remove a pattern with the shifts it still would have brought; what was changed by hand stays."""
    _require(actor, pattern.member, pattern.team)
    with transaction.atomic():
        _hold(pattern.member, pattern.team)
        to_come = PlannedShift.objects.filter(pattern=pattern, starts_at__gt=at, changed=False)
        lock(to_come.values_list("member_id", flat=True).distinct())
        to_come.delete()
        gone, _by_table = Pattern.objects.filter(pk=pattern.pk).delete()
        if not gone:
            raise Missing(_("This pattern does not exist any more."))
        _wake_others(pattern.member, at)
        fact = PatternRemoved(
            pattern=pattern.pk, name=pattern.name, member=pattern.member_id, team=pattern.team_id
        )
        record(fact, actor=actor, at=at)


def check_pattern(wanted: PatternWanted) -> None:
    """Raise Invalid unless a pattern can be lived by."""
    if not wanted.name.strip():
        raise Invalid(_("A pattern needs a name."), field="name")
    if not zones.is_zone(wanted.zone):
        raise Invalid(_("There is no time zone of this name."), field="zone")
    if wanted.region and wanted.region not in holidays.regions():
        raise Invalid(_("No holidays are known for this region."), field="region")
    if wanted.ends_on and wanted.ends_on < wanted.starts_on:
        raise Invalid(_("A pattern must end after it starts."), field="ends_on")
    if not 1 <= len(wanted.weeks) <= MOST_WEEKS or any(len(week) != 7 for week in wanted.weeks):
        raise Invalid(_("A pattern has one to eight weeks of seven days."), field="weeks")
    spans = _check_hours(wanted.weeks)
    for pause in wanted.breaks:
        _check_break(pause, spans)


def _check_hours(weeks: Sequence[Week]) -> list[tuple[int, int]]:
    """The hours of all days, which overlap neither each other nor, past the last week, the first."""
    days = [day for week in weeks for day in week]
    along, every = [], []
    for number, day in enumerate(days):
        for span in day:
            if len(span) != 2 or not 0 <= span[0] < DAY or not span[0] < span[1] <= span[0] + DAY:
                raise Invalid(_("A shift of a pattern lasts from a minute up to a day."), field="weeks")
            every.append((span[0], span[1]))
            along.append((number * DAY + span[0], number * DAY + span[1]))
    ended = max((ends for _begins, ends in along), default=0) - len(days) * DAY
    for begins, ends in along:
        if begins < ended:
            raise Invalid(_("Shifts of a pattern may not overlap."), field="weeks")
        ended = ends
    return every


def _check_break(pause: dict[str, Any], spans: list[tuple[int, int]]) -> None:
    begins, ends = pause["begins"], pause["begins"] + pause["minutes"]
    if begins >= ends or not any(one[0] <= begins and ends <= one[1] for one in spans):
        raise Invalid(_("A break must lie inside its shift."), field="breaks")
    window = pause.get("window")
    if window and not window[0] <= begins < ends <= window[1]:
        raise Invalid(_("A break must lie inside its window."), field="breaks")


def _refuse_overlap(pattern: Pattern) -> None:
    """Two patterns of one member, or of one team, may take turns but not meet."""
    whose = {"team": pattern.team_id} if pattern.member_id is None else {"member": pattern.member_id}
    others = Pattern.objects.filter(**whose)
    for other in others.exclude(pk=pattern.pk):
        first = max(pattern.starts_on, other.starts_on)
        last = first + LOOKED_AHEAD
        both = sorted(
            (one.starts_at, one.ends_at)
            for each in (pattern, other)
            for one in occurrences(each, first - timedelta(days=1), last)
        )
        for before, after in pairwise(both):
            if after[0] < before[1]:
                raise Invalid(
                    _("This overlaps the pattern “%(name)s” on %(day)s.")
                    % {
                        "name": other.name,
                        "day": after[0].astimezone(ZoneInfo(pattern.zone)).date().isoformat(),
                    },
                    field="weeks",
                )


def _require(actor: Actor, member: Member | None, team: Team | None) -> None:
    if (member is None) == (team is None):
        raise Invalid(_("A pattern is for a member or for a team."), field="member_id")
    if member is not None:
        require_planning(actor, member)
    if team is not None:
        require_planning_team(actor, team)


def _hold(member: Member | None, team: Team | None) -> None:
    """One at a time writes the patterns of a member or of a team."""
    if member is not None:
        lock([member.pk])
    if team is not None:
        Team.objects.select_for_update(no_key=True).get(pk=team.pk)


def _wake_others(member: Member | None, at: datetime) -> None:
    """A pattern of one's own takes the place of the team's, or gives it back."""
    if member is not None:
        Pattern.objects.filter(team=member.team_id).update(due_at=at)
