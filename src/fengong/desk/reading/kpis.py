"""What is recorded of those who hold a position, beside the targets of their duties."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import quantiles

from django.db.models import Avg, Case, Value, When

from fengong.desk.models import Rating, Survey, Ticket
from fengong.kernel.models import Event, EventSubject
from fengong.people.models import Duty, DutyList

FEWER_IS_BETTER = frozenset(
    {
        Duty.Kpi.FIRST_RESPONSE_P50,
        Duty.Kpi.FIRST_RESPONSE_P90,
        Duty.Kpi.RESOLUTION_P50,
        Duty.Kpi.RESOLUTION_P90,
        Duty.Kpi.REOPENED,
    }
)
SATISFIED = 4


@dataclass(frozen=True, slots=True)
class KpiValue:
    """A target of a duty and how it stands; `value` and `met` are None where nothing was recorded."""

    task: str
    key: str
    unit: str
    source: str
    target: float
    value: float | None
    met: bool | None


@dataclass(frozen=True, slots=True)
class _Record:
    """What happened in a span: seconds to first answers and to resolutions, tickets resolved and those reopened."""

    first: list[float]
    resolution: list[float]
    resolved: set[int]
    reopened: set[int]
    kept: list[bool]
    csat: float | None
    person_days: float


def kpi_values(
    edition: DutyList, member_ids: Iterable[int], start: datetime, end: datetime
) -> list[KpiValue]:
    """Each KPI of an edition with its value over what these members did from `start` until before `end`.

    Whom to ask about is the caller's choice: for a position it is those who hold it today, with all they did in the
    span, in whatever position they did it; who held it then and does not now is left out. A ticket resolved more than
    once counts once, with its last resolution; it counts as reopened where that happened in the span too and after
    one of these members had resolved it. Promises are read from tickets as they stand today. A ticket that is no
    longer in the table counts as resolved, but has no times and no promises.
    """
    found = _recorded(sorted(set(member_ids)), start, end)
    values = {key: figure(found) for key, figure in FIGURES.items()}
    return [
        _beside(duty.task, kpi, values.get(kpi["key"]) if kpi["source"] == "spine" else None)
        for duty in edition.duties.all()
        for kpi in duty.kpis
    ]


def _beside(task: str, kpi: dict[str, object], value: float | None) -> KpiValue:
    key, target = str(kpi["key"]), float(str(kpi["target"]))
    met = None if value is None else value <= target if key in FEWER_IS_BETTER else value >= target
    return KpiValue(task, key, str(kpi["unit"]), str(kpi["source"]), target, value, met)


def _recorded(members: list[int], start: datetime, end: datetime) -> _Record:
    first: dict[int, datetime] = {}
    solved: dict[int, datetime] = {}
    since: dict[int, int] = {}
    for seq, verb, at, data in _facts("member", members, ("ticket.replied", "ticket.resolved"), start, end):
        if verb == "ticket.resolved":
            solved[data["ticket"]] = at
            since.setdefault(data["ticket"], seq)
        elif data["first"]:
            first[data["ticket"]] = at
    tickets = {row.pk: row for row in _tickets({*first, *solved})}
    again = _facts("ticket", list(solved), ("ticket.reopened",), start, end)
    promised = [row for pk, row in tickets.items() if pk in solved and _is_promised(row)]
    return _Record(
        first=_seconds(first, tickets),
        resolution=_seconds(solved, tickets),
        resolved=set(solved),
        reopened={data["ticket"] for seq, _verb, _at, data in again if seq > since[data["ticket"]]},
        kept=[not (row.first_response_broken or row.resolution_broken) for row in promised],
        csat=_satisfied(members, start, end),
        person_days=(end - start) / timedelta(days=1) * len(members),
    )


def _facts(
    kind: str, refs: list[int], verbs: tuple[str, ...], start: datetime, end: datetime
) -> Iterable[tuple[int, str, datetime, dict[str, int]]]:
    about = EventSubject.objects.filter(kind=kind, ref__in=refs).values("event_id")
    found = Event.objects.filter(pk__in=about, verb__in=verbs, at__gte=start, at__lt=end)
    return found.order_by("seq").values_list("seq", "verb", "at", "data")


def _seconds(moments: dict[int, datetime], tickets: dict[int, Ticket]) -> list[float]:
    """From the opening of each ticket to its moment."""
    return [(at - tickets[pk].opened_at).total_seconds() for pk, at in moments.items() if pk in tickets]


def _is_promised(ticket: Ticket) -> bool:
    return bool(ticket.first_response_due or ticket.resolution_due)


def _tickets(ids: set[int]) -> Iterable[Ticket]:
    named = (
        "opened_at",
        "first_response_due",
        "resolution_due",
        "first_response_broken",
        "resolution_broken",
    )
    return Ticket.objects.filter(pk__in=ids).only(*named)


def _satisfied(members: list[int], start: datetime, end: datetime) -> float | None:
    rated = Rating.objects.filter(
        survey__kind=Survey.Kind.CSAT, member__in=members, answered_at__gte=start, answered_at__lt=end
    )
    good = Case(When(score__gte=SATISFIED, then=Value(1.0)), default=Value(0.0))
    share: float | None = rated.aggregate(share=Avg(good))["share"]
    return share


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _percentile(seconds: list[float], percent: int) -> float | None:
    """Linear between the nearest two; of a single one itself."""
    if len(seconds) < 2:
        return seconds[0] if seconds else None
    return quantiles(seconds, n=100, method="inclusive")[percent - 1]


FIGURES: dict[str, Callable[[_Record], float | None]] = {
    Duty.Kpi.FIRST_RESPONSE_P50: lambda found: _percentile(found.first, 50),
    Duty.Kpi.FIRST_RESPONSE_P90: lambda found: _percentile(found.first, 90),
    Duty.Kpi.RESOLUTION_P50: lambda found: _percentile(found.resolution, 50),
    Duty.Kpi.RESOLUTION_P90: lambda found: _percentile(found.resolution, 90),
    Duty.Kpi.RESOLVED: lambda found: len(found.resolved) / found.person_days if found.person_days else None,
    Duty.Kpi.REOPENED: lambda found: _share(len(found.reopened), len(found.resolved)),
    Duty.Kpi.KEPT: lambda found: _share(sum(found.kept), len(found.kept)),
    Duty.Kpi.CSAT: lambda found: found.csat,
}
