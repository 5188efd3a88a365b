"""Facts that become visible late, behind facts with higher numbers."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction

from fengong.kernel.actor import SYSTEM
from fengong.kernel.clock import now
from fengong.kernel.spine import last_seq, record
from fengong.people.events import TopicDefined
from tests.live.conftest import cookie_of, listening
from tests.serving import Server
from tests.world import World


class LateWriter:
    """A transaction in a thread that takes its number at once and commits, or rolls back, when told to."""

    def __init__(self, topic: int) -> None:
        self.seq = 0
        self._topic = topic
        self._numbered, self._end, self._fails = threading.Event(), threading.Event(), False
        self._thread = threading.Thread(target=self._write)
        self._thread.start()
        assert self._numbered.wait(20)

    def _write(self) -> None:
        try:
            with transaction.atomic():
                record(TopicDefined(topic=self._topic), actor=SYSTEM, at=now())
                self.seq = last_seq()
                self._numbered.set()
                self._end.wait(30)
                transaction.set_rollback(self._fails)
        finally:
            connection.close()

    def end(self, *, fails: bool = False) -> None:
        self._fails = fails
        self._end.set()
        self._thread.join()


@pytest.mark.postgres
def test_the_late_fact_is_heard_and_the_mark_waits_for_it(cast: World, web: Server) -> None:
    cookies = cookie_of(cast.li_na)
    with listening(web, cookies, "people") as ear:
        ear.settle()
        late = LateWriter(topic=1)
        record(TopicDefined(topic=2), actor=SYSTEM, at=now())
        early = last_seq()
        assert 0 < late.seq < early
        assert ear.next().id == 2
        assert int(ear.settle()) < late.seq
        late.end()
        assert ear.next().id == 1
        assert int(ear.settle()) == early


@pytest.mark.postgres
def test_a_client_that_leaves_between_the_two_hears_both_on_its_return(cast: World, web: Server) -> None:
    cookies = cookie_of(cast.li_na)
    with listening(web, cookies, "people") as ear:
        ear.settle()
        late = LateWriter(topic=1)
        record(TopicDefined(topic=2), actor=SYSTEM, at=now())
        assert ear.next().id == 2
        mark = ear.settle()
    late.end()
    with listening(web, cookies, "people", **{"Last-Event-ID": mark}) as ear:
        assert {ear.next().id, ear.next().id} == {1, 2}


@pytest.mark.postgres
def test_a_stream_opened_between_the_two_hears_the_late_one(cast: World, web: Server) -> None:
    late = LateWriter(topic=1)
    record(TopicDefined(topic=2), actor=SYSTEM, at=now())
    with listening(web, cookie_of(cast.li_na), "people") as ear:
        ear.settle()
        late.end()
        assert ear.next().id == 1


@pytest.mark.postgres
def test_a_number_that_was_rolled_back_holds_nobody_up(cast: World, web: Server) -> None:
    with listening(web, cookie_of(cast.li_na), "people") as ear:
        ear.settle()
        late = LateWriter(topic=1)
        record(TopicDefined(topic=2), actor=SYSTEM, at=now())
        late.end(fails=True)
        record(TopicDefined(topic=3), actor=SYSTEM, at=now())
        assert [ear.next().id, ear.next().id] == [2, 3]
