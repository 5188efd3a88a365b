"""What the patterns of members ask for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from fengong.people.models import Member
from fengong.rota.models import Pattern
from fengong.rota.reading.weeks import Occurrence, Pause, occurrences

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Expected:
    """A shift that a pattern asks of a member."""

    member_id: int
    pattern_id: int
    day: date
    slot: int
    starts_at: datetime
    ends_at: datetime
    pauses: tuple[Pause, ...]

    @property
    def key(self) -> tuple[int, int, date | None, int]:
        """By what the shift is known again."""
        return (self.pattern_id, self.member_id, self.day, self.slot)


def expected(members: Sequence[int], start: datetime, end: datetime) -> Iterator[Expected]:
    """Shifts that begin after `start` and before `end`. On days on which a member's own pattern is valid, the
    pattern of their team is not."""
    here = dict(Member.objects.filter(pk__in=members, active=True).values_list("pk", "team_id"))
    patterns = list(Pattern.objects.filter(Q(member__in=here) | Q(team__in=set(here.values()))))
    found = {pattern.pk: list(_between(pattern, start, end)) for pattern in patterns}
    for member_id, team_id in here.items():
        own = [pattern for pattern in patterns if pattern.member_id == member_id]
        for pattern in patterns:
            if pattern.member_id == member_id:
                yield from _for(member_id, pattern, found[pattern.pk])
            elif pattern.team_id == team_id:
                yield from _for(
                    member_id, pattern, (one for one in found[pattern.pk] if not _valid(own, one.day))
                )


def _between(pattern: Pattern, start: datetime, end: datetime) -> Iterator[Occurrence]:
    days = ((start - 2 * DAY).date(), (end + 2 * DAY).date())
    return (one for one in occurrences(pattern, *days) if start < one.starts_at < end)


def _valid(patterns: Sequence[Pattern], day: date) -> bool:
    return any(one.starts_on <= day and (one.ends_on is None or day <= one.ends_on) for one in patterns)


def _for(member_id: int, pattern: Pattern, found: Iterable[Occurrence]) -> Iterator[Expected]:
    for one in found:
        yield Expected(member_id, pattern.pk, one.day, one.slot, one.starts_at, one.ends_at, one.pauses)
