"""A reader of the spine with a bookmark: nothing missed, also after a crash and beside a second reader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest

from fengong.kernel.actor import SYSTEM
from fengong.kernel.following import Follower
from fengong.kernel.models import Bookmark
from fengong.kernel.spine import Fact, last_seq, record
from tests.world import NOW

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Happened(Fact):
    verb = "test.happened"
    about = ("test",)
    test: int


def _happen(*numbers: int) -> list[int]:
    """Facts so old that nobody waits for the numbers other tests took before them; gives their own numbers."""
    for number in numbers:
        record(Happened(test=number), actor=SYSTEM, at=NOW - timedelta(minutes=1))
    newest = last_seq()
    return list(range(newest - len(numbers) + 1, newest + 1))


@pytest.fixture(autouse=True)
def begun() -> None:
    """Something has happened before: on PostgreSQL numbers of transactions taken back stand before the first."""
    _happen(0)


def test_a_reader_begins_at_the_end_and_reads_what_follows():
    _happen(1, 2)
    reader = Follower("x")
    assert reader.poll() == []
    reader.begin(at=NOW)
    seqs = _happen(3, 4)
    assert [note.seq for note in reader.poll()] == seqs
    assert reader.poll() == []


def test_after_a_crash_what_was_not_dealt_with_comes_again():
    Follower("x").begin(at=NOW)
    first = Follower("x")
    seqs = _happen(1, 2)
    first.poll()
    assert [note.seq for note in Follower("x").poll()] == seqs
    first.keep_place()
    assert Follower("x").poll() == []


def test_what_could_not_be_dealt_with_is_handed_out_again():
    reader = Follower("x")
    reader.begin(at=NOW)
    seqs = _happen(1)
    reader.poll()
    reader.forget()
    assert [note.seq for note in reader.poll()] == seqs


def test_a_second_reader_that_is_ahead_sets_the_place():
    one, two = Follower("x"), Follower("x")
    one.begin(at=NOW)
    _happen(1)
    one.poll()
    one.keep_place()
    _happen(2, 3)
    two.poll()
    two.keep_place()
    last = _happen(4)
    assert [note.seq for note in one.poll()] == last


def test_a_long_absence_is_read_in_stretches():
    reader = Follower("x", limit=3)
    reader.begin(at=NOW)
    seqs = _happen(*range(7))
    found = []
    while notes := reader.poll():
        found += [note.seq for note in notes]
        reader.keep_place()
    assert found == seqs
    assert Bookmark.objects.get(name="x").seq == seqs[-1]


def test_a_jump_leaves_the_past_unread():
    reader = Follower("x")
    reader.begin(at=NOW)
    _happen(1, 2)
    reader.jump(at=NOW)
    assert reader.poll() == []
