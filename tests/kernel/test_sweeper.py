"""What is due is run, by one holder at a time, and again later when it failed."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import pytest

from fengong.kernel import lease
from fengong.kernel.actor import SYSTEM
from fengong.kernel.jobs.sweeper import LEASE_SECONDS, Sweep, Sweeper
from fengong.kernel.models import Lease
from fengong.kernel.spine import record
from fengong.people.events import TopicDefined
from tests.world import NOW

calls: list[datetime] = []
HOUR = 3600.0


def note(*, at: datetime) -> None:
    calls.append(at)


def fail(*, at: datetime) -> None:
    calls.append(at)
    raise RuntimeError("the sweep is broken")


@pytest.fixture(autouse=True)
def fresh(db: None) -> None:
    calls.clear()


def sweeper(
    name: str = "note",
    holder: str = "worker:a",
    every: float = 1.0,
    wakes_on: tuple[str, ...] = (),
    *,
    alert: bool = False,
) -> Sweeper:
    sweep = Sweep(name, run=f"{__name__}.{name}", every=every, wakes_on=wakes_on)
    return Sweeper([sweep], holder=holder, alert=alert)


def later(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def test_a_sweep_runs_at_once_and_then_every_so_often() -> None:
    it = sweeper()
    for tenth in range(25):
        it.tick(at=later(tenth / 10))
    assert calls == [later(0), later(1), later(2)]


@pytest.mark.parametrize("wakes_on", ["topic", "topic.defined"])
def test_a_fact_calls_the_sweep_that_waits_for_it(wakes_on: str) -> None:
    it = sweeper(every=HOUR, wakes_on=(wakes_on,))
    it.tick(at=NOW)
    it.tick(at=later(1))
    record(TopicDefined(topic=1), actor=SYSTEM, at=NOW)
    it.tick(at=later(2))
    it.tick(at=later(3))
    assert calls == [NOW, later(2)]


def test_a_fact_that_it_does_not_wait_for_leaves_it_asleep() -> None:
    it = sweeper(every=HOUR, wakes_on=("ticket",))
    it.tick(at=NOW)
    record(TopicDefined(topic=1), actor=SYSTEM, at=NOW)
    it.tick(at=later(1))
    assert calls == [NOW]


def test_a_sweep_that_fails_waits_longer_each_time_and_facts_do_not_shorten_that() -> None:
    it = sweeper("fail", wakes_on=("topic",))
    for second in range(16):
        record(TopicDefined(topic=1), actor=SYSTEM, at=NOW)
        it.tick(at=later(second))
    assert calls == [later(0), later(2), later(6), later(14)]


def test_one_holder_at_a_time_and_the_next_when_it_falls_silent() -> None:
    first, second = sweeper(holder="worker:a"), sweeper(holder="worker:b")
    first.tick(at=NOW)
    second.tick(at=later(0.1))
    assert calls == [NOW]
    second.tick(at=later(LEASE_SECONDS + 1))
    assert len(calls) == 2
    first.tick(at=later(LEASE_SECONDS + 2))
    assert len(calls) == 2


def test_who_listens_all_the_time_is_followed_within_two_seconds() -> None:
    first, second = sweeper(holder="worker:a", alert=True), sweeper(holder="worker:b", alert=True)
    first.tick(at=NOW)
    for tenths in range(1, 20):
        second.tick(at=later(tenths / 10))
    assert len(calls) > 1


def test_the_lease_is_asked_for_a_few_times_in_its_span_not_at_each_look(
    django_assert_max_num_queries: object,
) -> None:
    it = sweeper(every=HOUR)
    it.tick(at=NOW)
    with django_assert_max_num_queries(0):
        it.tick(at=later(0.1))


@pytest.mark.django_db(transaction=True)
def test_a_sweeper_that_stops_gives_its_lease_back() -> None:
    it, stop = sweeper(), threading.Event()
    thread = threading.Thread(target=it.run, args=(stop,))
    thread.start()
    for _ in range(100):
        if calls:
            break
        stop.wait(0.05)
    stop.set()
    thread.join(5)
    assert calls
    assert not Lease.objects.exists()


def test_a_lease_is_kept_by_its_holder_and_free_after_it() -> None:
    assert lease.acquire(name="x", holder="a", at=NOW, seconds=3)
    assert lease.acquire(name="x", holder="a", at=later(1), seconds=3)
    assert not lease.acquire(name="x", holder="b", at=later(3), seconds=3)
    assert lease.acquire(name="x", holder="b", at=later(5), seconds=3)
    lease.release(name="x", holder="a")
    assert not lease.acquire(name="x", holder="a", at=later(5), seconds=3)


def test_a_stream_of_facts_leaves_a_slow_sweep_time_to_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = iter(range(0, 1000, 1))
    monkeypatch.setattr(
        "fengong.kernel.jobs.sweeper.time.monotonic", lambda: next(seconds)
    )  # each sweep takes 1 s
    it = sweeper(every=HOUR, wakes_on=("topic",))
    for second in range(7):
        record(TopicDefined(topic=1), actor=SYSTEM, at=NOW)
        it.tick(at=later(second))
    assert calls == [later(0), later(2), later(4), later(6)]


def test_what_changes_only_its_own_process_runs_in_each() -> None:
    for holder in ("worker:a", "worker:b"):
        Sweeper([Sweep("note", run=f"{__name__}.note", every=HOUR, alone=False)], holder=holder).tick(at=NOW)
    assert len(calls) == 2
    assert not Lease.objects.exists()
