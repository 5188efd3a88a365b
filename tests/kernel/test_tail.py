"""Following the spine."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from fengong.kernel.actor import SYSTEM
from fengong.kernel.models import Event, EventSubject
from fengong.kernel.tail import LOOK_BACK, WIDEST_GAP, Tail, notes_after, settled_seq
from tests.world import NOW

pytestmark = pytest.mark.django_db


class Stopwatch:
    """Seconds that pass when told to."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


def write(*numbers: int, age: float = 0.0) -> None:
    """Make facts with these numbers visible, as if their transactions had just committed."""
    for seq in numbers:
        event = Event.objects.create(
            seq=seq, at=NOW - timedelta(seconds=age), actor=SYSTEM.ref, verb="ticket.opened", data={}
        )
        EventSubject.objects.create(event=event, kind="ticket", ref=seq * 10)


def followed(tail: Tail) -> list[int]:
    return [note.seq for note in tail.poll()]


def test_it_begins_at_the_end_and_tells_what_comes_then_once() -> None:
    write(1, 2)
    tail = Tail()
    tail.start(at=NOW)
    assert followed(tail) == []
    write(3)
    (note,) = tail.poll()
    assert (note.seq, note.verb, note.subjects) == (3, "ticket.opened", (("ticket", 30),))
    assert followed(tail) == []
    assert tail.mark == 3


def test_a_late_fact_is_told_and_holds_the_mark_until_then() -> None:
    tail = Tail()
    tail.start(at=NOW)
    write(1, 4)
    assert followed(tail) == [1, 4]
    assert tail.mark == 1
    write(3)
    assert followed(tail) == [3]
    assert tail.mark == 1
    write(2, 5)
    assert followed(tail) == [2, 5]
    assert tail.mark == 5


def test_a_number_that_never_comes_is_given_up_after_a_while() -> None:
    watch = Stopwatch()
    tail = Tail(patience=10, clock=watch)
    tail.start(at=NOW)
    write(1, 3)
    assert followed(tail) == [1, 3]
    watch.seconds += 9
    assert followed(tail) == []
    assert tail.mark == 1
    watch.seconds += 2
    assert followed(tail) == []
    assert tail.mark == 3


def test_one_that_begins_in_the_middle_of_an_open_transaction_waits_for_it() -> None:
    write(1, 2, age=60)
    write(4)
    tail = Tail()
    tail.start(at=NOW)
    assert tail.mark == 2
    write(3)
    assert followed(tail) == [3]


def test_a_page_resumes_from_the_newest_fact() -> None:
    assert settled_seq(at=NOW) == 0
    write(1, 2, 3)
    assert settled_seq(at=NOW) == 3


def test_numbers_missing_for_long_are_not_waited_for() -> None:
    write(1, 5, age=60)
    write(6)
    assert settled_seq(at=NOW) == 6


@pytest.mark.postgres
def test_what_a_page_resumes_from_is_the_mark_of_a_tail_that_starts_then(
    django_assert_num_queries: object,
) -> None:
    assert settled_seq(at=NOW) == 0
    for seed in range(60):
        dice, seq = random.Random(seed), 0
        Event.objects.all().delete()
        for _ in range(dice.randint(1, 12)):
            seq += dice.choice([1, 1, 1, 2, 5, WIDEST_GAP, WIDEST_GAP + 1])
            write(seq, age=dice.choice([0.0, 9.9, 60.0]))
        tail = Tail()
        tail.start(at=NOW)
        with django_assert_num_queries(1):
            assert settled_seq(at=NOW) == tail.mark, seed


@pytest.mark.postgres
def test_a_page_drawn_during_an_open_transaction_resumes_before_it() -> None:
    write(*range(1, LOOK_BACK + 2), age=60)
    write(LOOK_BACK + 3)
    assert settled_seq(at=NOW) == LOOK_BACK + 1


def test_a_reset_of_the_sequence_is_no_gap() -> None:
    write(1)
    tail = Tail()
    tail.start(at=NOW)
    write(1 + WIDEST_GAP * 2)
    assert followed(tail) == [1 + WIDEST_GAP * 2]
    assert tail.mark == 1 + WIDEST_GAP * 2


def test_a_long_way_is_told_in_pieces() -> None:
    tail = Tail(limit=2)
    tail.start(at=NOW)
    write(1, 2, 3)
    assert [followed(tail), followed(tail)] == [[1, 2], [3]]
    assert [note.seq for note in notes_after(1, limit=10)] == [2, 3]


def test_a_look_at_a_quiet_spine_is_one_query(django_assert_num_queries: object) -> None:
    tail = Tail()
    tail.start(at=NOW)
    with django_assert_num_queries(1):
        tail.poll()
