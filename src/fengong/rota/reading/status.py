"""How members spent their shifts: time in each status, in breaks, and not here at all; and time worked beside them.

Every minute of a shift that has passed is counted once: in the status the member had; where that was not one of work, a
planned break takes it; what nobody was heard of for counts as not here. A status outside any shift counts apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Q

from fengong.rota.models import Presence, PresenceSpan, Shift, ShiftBreak
from fengong.rota.reading.spans import Span, joined, within, without

AWAY, BREAK, ABSENT = "away", "break", "absent"
WORKING = (Presence.Status.ONLINE.value, Presence.Status.ENGAGED.value)
COUNTED = (*WORKING, AWAY, BREAK, ABSENT)
"""What the time of a shift is divided into."""
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of one kind: a status, `break`, or `absent`."""

    kind: str
    starts_at: datetime
    ends_at: datetime

    @property
    def hours(self) -> float:
        return (self.ends_at - self.starts_at) / HOUR


@dataclass(frozen=True, slots=True)
class Stint:
    """A shift and how it was spent, as far as it has passed; with no shift (`planned` false), work done outside any."""

    member_id: int
    starts_at: datetime
    ends_at: datetime
    parts: tuple[Part, ...]
    breaks: float = 0.0
    planned: bool = True

    @property
    def hours(self) -> dict[str, float]:
        """Hours by kind; they add up to what has passed."""
        found = dict.fromkeys(COUNTED, 0.0)
        for part in self.parts:
            found[part.kind] += part.hours
        return found

    @property
    def worked(self) -> float:
        """Hours in a status of work."""
        return sum(part.hours for part in self.parts if part.kind in WORKING)

    @property
    def passed(self) -> float:
        """Hours of it that have passed."""
        return sum(part.hours for part in self.parts)

    @property
    def share(self) -> float | None:
        """What part of the time that was to be worked so far was worked; None where there was none."""
        due = self.passed - self.breaks
        return min(self.worked / due, 1.0) if self.planned and due > 1e-9 else None

    @property
    def first(self) -> datetime | None:
        """When work began."""
        return next((part.starts_at for part in self.parts if part.kind in WORKING), None)

    @property
    def last(self) -> datetime | None:
        """When work ended, or until when it is known to go on."""
        return next((part.ends_at for part in reversed(self.parts) if part.kind in WORKING), None)


@dataclass
class Account:
    """A member's stints in a span, in order, and their sums."""

    stints: list[Stint] = field(default_factory=list)

    @property
    def shifts(self) -> list[Stint]:
        return [one for one in self.stints if one.planned]

    @property
    def hours(self) -> dict[str, float]:
        """Hours by kind over all shifts."""
        return {kind: sum(one.hours[kind] for one in self.shifts) for kind in COUNTED}

    @property
    def planned(self) -> float:
        """Hours on the roster, those to come too."""
        return sum((one.ends_at - one.starts_at) / HOUR for one in self.shifts)

    @property
    def worked(self) -> float:
        return sum(one.worked for one in self.shifts)

    @property
    def outside(self) -> float:
        """Hours worked beside shifts."""
        return sum(one.worked for one in self.stints if not one.planned)

    @property
    def share(self) -> float | None:
        """What part of the time that was to be worked so far was worked."""
        due = sum(one.passed - one.breaks for one in self.shifts)
        return min(self.worked / due, 1.0) if due > 1e-9 else None


def accounts(start: datetime, end: datetime, *, at: datetime, members: Collection[int]) -> dict[int, Account]:
    """How each of these members spent the shifts that begin in a span, and what they worked beside shifts in it.

    The same three statements for any number of members.
    """
    shifts = list(
        Shift.objects.filter(member__in=members, starts_at__lt=end, ends_at__gt=start).order_by("starts_at")
    )
    frame = (min([start, *(one.starts_at for one in shifts)]), max([end, *(one.ends_at for one in shifts)]))
    spans, breaks = _spans(members, frame, at), _breaks(members, frame)
    found = {member_id: Account() for member_id in members}
    for shift in shifts:
        if start <= shift.starts_at:
            found[shift.member_id].stints.append(
                stint(shift, spans[shift.member_id], breaks[shift.member_id], at)
            )
    for member_id, account in found.items():
        rostered = [(one.starts_at, one.ends_at) for one in shifts if one.member_id == member_id]
        account.stints += _outside(member_id, spans[member_id], rostered, (start, min(end, at)))
        account.stints.sort(key=lambda one: one.starts_at)
    return found


def stint(shift: Shift, spans: Sequence[Part], breaks: Sequence[Span], at: datetime) -> Stint:
    """One shift, divided."""
    frame = within((shift.starts_at, shift.ends_at), (shift.starts_at, max(at, shift.starts_at)))
    if frame is None:
        return Stint(shift.member_id, shift.starts_at, shift.ends_at, ())
    pauses = [part for one in breaks if (part := within(one, frame))]
    parts = _parts(frame, spans, pauses)
    resting = sum((ends - begins) / HOUR for begins, ends in joined(pauses))
    return Stint(shift.member_id, shift.starts_at, shift.ends_at, tuple(parts), resting)


def _parts(frame: Span, spans: Sequence[Part], pauses: Sequence[Span]) -> list[Part]:
    """Work first, then breaks, then being away; what is left is absence."""
    working = [part for part in _inside(spans, frame) if part.kind in WORKING]
    away = [part for part in _inside(spans, frame) if part.kind == AWAY]
    found = list(working)
    taken = [(part.starts_at, part.ends_at) for part in working]
    for kind, wanted in (
        (BREAK, list(pauses)),
        (AWAY, [(part.starts_at, part.ends_at) for part in away]),
        (ABSENT, [frame]),
    ):
        left = [piece for span in joined(wanted) for piece in without(span, taken)]
        found += [Part(kind, *piece) for piece in left]
        taken += left
    return sorted(found, key=lambda part: part.starts_at)


def _outside(member_id: int, spans: Sequence[Part], shifts: Sequence[Span], frame: Span) -> list[Stint]:
    working = [part for part in _inside(spans, frame) if part.kind in WORKING]
    pieces = [
        Part(part.kind, *piece)
        for part in working
        for piece in without((part.starts_at, part.ends_at), shifts)
    ]
    return [
        Stint(member_id, part.starts_at, part.ends_at, (part,), planned=False)
        for part in pieces
        if part.hours > 0
    ]


def _inside(spans: Iterable[Part], frame: Span) -> Iterable[Part]:
    for part in spans:
        shown = within((part.starts_at, part.ends_at), frame)
        if shown:
            yield Part(part.kind, *shown)


def _spans(members: Collection[int], frame: Span, at: datetime) -> Mapping[int, list[Part]]:
    rows = PresenceSpan.objects.filter(member__in=members, starts_at__lt=min(frame[1], at))
    rows = rows.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=frame[0])).order_by("starts_at", "pk")
    found: dict[int, list[Part]] = defaultdict(list)
    for member_id, status, begins, ends in rows.values_list("member_id", "status", "starts_at", "ends_at"):
        found[member_id].append(Part(status, begins, min(ends or at, at)))
    return found


def _breaks(members: Collection[int], frame: Span) -> Mapping[int, list[Span]]:
    rows = ShiftBreak.objects.filter(
        planned__member__in=members,
        planned__cancelled=False,
        starts_at__lt=frame[1],
        ends_at__gt=frame[0],
    )
    found: dict[int, list[Span]] = defaultdict(list)
    for member_id, begins, ends in rows.values_list("planned__member_id", "starts_at", "ends_at"):
        found[member_id].append((begins, ends))
    return found
