"""The verb that looks at what comes in: calls a surge, and calls it off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from fengong.emergency import queries
from fengong.emergency.actions.measures import take_measure, withdraw_all
from fengong.emergency.bridge import Past, Watched, began_at, expected_in, minutes_after
from fengong.emergency.events import SurgeEnded, SurgeFound
from fengong.emergency.models import Stream, Surge
from fengong.emergency.policies import require_commanding
from fengong.emergency.reading import arrivals
from fengong.emergency.reading.arrivals import HOUR, MINUTE, WEEK_HOURS, hour_of, minute_of
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Refused
from fengong.kernel.spine import record
from fengong.people import queries as people
from fengong.people.models import Topic

ALL = "all"
LONGEST_GAP = timedelta(hours=3)
"""After a longer silence of the worker, what came in meanwhile is past and no surge any more."""
GRADED_WITHIN = timedelta(seconds=5)
SETTLES = timedelta(minutes=30)
"""Over what time the present rate is told."""


def watch(*, actor: Actor, at: datetime) -> list[Surge]:
    """Look at every full minute since the last time, and at the part of the present one; returns the surges found."""
    require_commanding(actor)
    with transaction.atomic():
        streams = _streams(at)
        _expect(streams, at)
        watched = Watched(streams, queries.readiness().quiet_days)
        before = watched.surging
        _look(watched, streams, at)
        watched.pack()
        Stream.objects.bulk_update(streams, ["standing", "expected", "upto"])
        fresh = _told_apart(watched.surging - before, watched.surging)
        found = [_found(stream, actor, at) for stream in streams if stream.key in fresh]
        over = before - watched.surging
        ended = [_ended(surge, actor, at) for surge in _running() if key_of(surge.topic_id) in over]
    for surge in ended:
        withdraw_all(actor=actor, surge=surge, at=at)
    for surge in found:
        _answer(surge, actor, at)
    return found


def declare_surge(*, actor: Actor, topic: Topic | None, at: datetime) -> Surge:
    """Say that there is a surge before, or without, the detector; the one that runs already is returned."""
    require_commanding(actor)
    with transaction.atomic():
        streams = _streams(at)
        stream = next(one for one in streams if one.key == key_of(topic.pk if topic else None))
        if known := _running_of(topic):
            return known
        _expect([stream], at)
        _declare(stream, surging=True)
        surge = _found(stream, actor, at)
    _answer(surge, actor, at)
    return surge


def end_surge(*, actor: Actor, surge: Surge, at: datetime) -> Surge:
    """Say that a surge is over; what was done because of it is taken back."""
    require_commanding(actor)
    with transaction.atomic():
        row = Surge.objects.select_for_update().get(pk=surge.pk)
        if not row.is_running:
            return row
        for stream in Stream.objects.select_for_update().filter(key=key_of(row.topic_id)):
            _declare(stream, surging=False)
        _ended(row, actor, at)
    withdraw_all(actor=actor, surge=row, at=at)
    return row


def key_of(topic: int | None) -> str:
    """The name of a stream."""
    return ALL if topic is None else f"topic:{topic}"


def _streams(at: datetime) -> list[Stream]:
    """All streams, locked; those of new topics begin now."""
    wanted: dict[str, Topic | None] = {ALL: None} | {key_of(topic.pk): topic for topic in people.topics()}
    known = set(Stream.objects.values_list("key", flat=True))
    fresh = [
        Stream(key=key, topic=topic, upto=minute_of(at)) for key, topic in wanted.items() if key not in known
    ]
    Stream.objects.bulk_create(fresh, ignore_conflicts=True)
    return list(Stream.objects.select_for_update().order_by("id"))


def _expect(streams: Sequence[Stream], at: datetime) -> None:
    """Where a new hour has begun, work out what it should bring."""
    hour = hour_of(at)
    stale = [stream for stream in streams if stream.expected.get("hour") != hour.isoformat()]
    first = arrivals.first_ticket_at() if stale else None
    if first is None:
        return
    start = hour - HOUR * 6 * WEEK_HOURS
    counts, surged = arrivals.by_hour(start, hour), arrivals.surging_hours(start, hour)
    for stream in stale:
        left_out = frozenset(surged[stream.topic_id])
        known_from = hour_of(first) + HOUR  # the first hour was not a whole one
        stream.expected = expected_in(hour, Past(counts.get(stream.topic_id, {}), known_from, left_out))


def _look(watched: Watched, streams: Sequence[Stream], at: datetime) -> None:
    """Full minutes change what is known for good; the part of the present one only where it raises an alarm."""
    upto = min(stream.upto for stream in streams)
    start = max(upto, minute_of(at) - LONGEST_GAP)
    counts = arrivals.by_minute(start, at)
    end = minute_of(at - GRADED_WITHIN)
    for minute in minutes_after(start, end):
        watched.step(minute, counts)
    for stream in streams:
        stream.upto = max(start, end)
    before = watched.surging
    tried = watched.copy()
    for minute in minutes_after(max(start, end), minute_of(at)):
        tried.step(minute, counts)
    tried.step(minute_of(at), counts, part=max((at - minute_of(at)) / MINUTE, 0.05))
    for key in tried.surging - before:
        watched.adopt(tried, key)


def _told_apart(fresh: set[str], surging: set[str]) -> set[str]:
    """Where one topic surges, so does everything together: then it is the topic that is told of."""
    return fresh - {ALL} if surging - {ALL} else fresh


def _found(stream: Stream, actor: Actor, at: datetime) -> Surge:
    mean, ceiling = stream.expected.get("mean", 0.0), stream.expected.get("ceiling", 0.0)
    began = began_at(stream, at)
    surge = Surge.objects.create(
        topic=stream.topic,
        by=actor.ref,
        began_at=began,
        found_at=at,
        expected=mean,
        ceiling=ceiling,
        observed=rate_now(stream.topic_id, began, at),
    )
    fact = SurgeFound(surge=surge.pk, topic=surge.topic_id, expected=mean, observed=round(surge.observed, 2))
    record(fact, actor=actor, at=at)
    return surge


def rate_now(topic: int | None, began: datetime, at: datetime) -> float:
    """Tickets an hour since a surge began, over five minutes at least and half an hour at most."""
    start = max(min(began, at - 5 * MINUTE), at - SETTLES)
    came = sum(arrivals.by_minute(start, at).get(topic, {}).values())
    return round(came * (HOUR / (at - start)), 2)


def _ended(surge: Surge, actor: Actor, at: datetime) -> Surge:
    surge.ended_at, surge.ended_by = at, actor.ref
    surge.save(update_fields=["ended_at", "ended_by"])
    record(SurgeEnded(surge=surge.pk, topic=surge.topic_id), actor=actor, at=at)
    return surge


def _answer(surge: Surge, actor: Actor, at: datetime) -> None:
    """Take the measures that are to be taken at once; one that cannot be does not keep the others from it."""
    for kind in queries.readiness().automatic:
        try:
            take_measure(actor=actor, surge=surge, kind=kind, at=at)
        except Refused:
            continue


def _declare(stream: Stream, *, surging: bool) -> None:
    watched = Watched([stream], queries.readiness().quiet_days)
    watched.declare(stream.key, surging=surging)
    watched.pack()
    stream.save(update_fields=["standing", "expected"])


def _running() -> list[Surge]:
    return list(Surge.objects.filter(ended_at__isnull=True))


def _running_of(topic: Topic | None) -> Surge | None:
    return Surge.objects.filter(ended_at__isnull=True, topic=topic).first()
