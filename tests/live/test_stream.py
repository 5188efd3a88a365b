"""The stream over real HTTP: who hears what, and that nothing is missed."""

from __future__ import annotations

import signal
from pathlib import Path

import httpx
import pytest
from django.contrib.sessions.models import Session

from fengong.desk.actions.messages import reply
from fengong.desk.models import Ticket
from fengong.kernel.actor import SYSTEM
from fengong.kernel.clock import now
from fengong.kernel.spine import record_all
from fengong.people.events import TopicDefined
from tests.live.conftest import cookie_of, listening
from tests.serving import Server, wait_for, web_process
from tests.world import World


def answer_customer(cast: World, ticket: Ticket, body: str) -> None:
    """One more reply by the same member."""
    reply(actor=cast.zhou_min, member=cast.zhou_min, ticket=ticket, body=body, at=cast.now)


def ask(server: Server, path: str, cookies: dict[str, str]) -> httpx.Response:
    """What a request gets that opens no stream."""
    return server.get(path, cookies=cookies)


def test_a_change_is_heard_on_the_topics_it_touches_without_its_content(cast: World, web: Server) -> None:
    ticket = cast.ticket("秘密的主题")
    with listening(web, cookie_of(cast.li_na), f"ticket:{ticket.pk},tickets,board") as ear:
        ear.settle()
        answer_customer(cast, ticket, "secret words")
        heard = [ear.next() for _ in range(3)]
        assert {message.topic for message in heard} == {f"ticket:{ticket.pk}", "tickets", "board"}
        assert {message.event for message in heard} == {"ticket.replied"}
        assert {message.id for message in heard} == {ticket.pk}
        assert len({message.seq for message in heard}) == 1


def test_other_tickets_are_not_heard_on_the_topic_of_one(cast: World, web: Server) -> None:
    mine, other = cast.ticket(), cast.ticket("别的事情")
    with listening(web, cookie_of(cast.li_na), f"ticket:{mine.pk}") as ear:
        ear.settle()
        answer_customer(cast, other, "好的")
        answer_customer(cast, mine, "好的")
        assert ear.next().topic == f"ticket:{mine.pk}"


@pytest.mark.parametrize(
    ("name", "topics", "status"),
    [
        ("li_na", "tickets,board,people", 200),
        ("wang_fang", "board", 200),
        ("admin", "spine", 200),
        ("li_na", "spine", 403),
        ("qian_wei", "tickets", 403),
        ("qian_wei", "board", 403),
        ("tang_yun", "ticket:1", 403),
        ("li_na", "ticket:999999", 403),
        ("admin", "account:1", 400),
        ("li_na", "", 400),
        ("li_na", "ticket", 400),
        ("li_na", "board:1", 400),
        ("li_na", "desk", 400),
        ("li_na", "Ticket:1;--", 400),
        ("li_na", ",".join(f"ticket:{n}" for n in range(1, 60)), 400),
    ],
)
def test_each_topic_has_its_listeners(cast: World, web: Server, name: str, topics: str, status: int) -> None:
    cookies = cookie_of(cast.members[name])
    with httpx.stream("GET", f"{web.address}/live?topics={topics}", cookies=cookies) as response:
        assert response.status_code == status
        if status != 200:
            assert response.headers["content-type"] == "application/problem+json"


def test_members_hear_themselves_and_the_signed_out_hear_nothing(cast: World, web: Server) -> None:
    path = f"/live?topics=member:{cast.qian_wei.pk}"
    with listening(web, cookie_of(cast.tang_yun), f"member:{cast.tang_yun.pk}") as ear:
        ear.settle()
    assert ask(web, path, cookie_of(cast.tang_yun)).status_code == 403
    assert ask(web, path, {}).status_code == 401
    assert httpx.post(web.address + path).status_code == 405


def test_what_was_missed_comes_after_a_reconnect(cast: World, web: Server) -> None:
    ticket, cookies = cast.ticket(), cookie_of(cast.li_na)
    with listening(web, cookies, f"ticket:{ticket.pk}") as ear:
        mark = ear.settle()
    answer_customer(cast, ticket, "一")
    answer_customer(cast, ticket, "二")
    with listening(web, cookies, f"ticket:{ticket.pk}", **{"Last-Event-ID": mark}) as ear:
        assert [ear.next().event for _ in range(2)] == ["ticket.replied"] * 2
        while int(ear.settle()) == int(mark):  # until the hub has looked too, which tells both once more
            pass
    with listening(web, cookies, f"ticket:{ticket.pk}&since={mark}") as ear:
        assert ear.next().event == "ticket.replied"


@pytest.mark.parametrize("mark", ["99999999", "-3", "abc"])
def test_a_mark_that_was_never_given_means_look_again(cast: World, web: Server, mark: str) -> None:
    with listening(web, cookie_of(cast.li_na), "board,tickets", **{"Last-Event-ID": mark}) as ear:
        assert [(m.event, m.topic) for m in (ear.next(), ear.next())] == [
            ("resync", "board"),
            ("resync", "tickets"),
        ]


def test_more_than_a_stream_can_hold_becomes_one_word_per_topic(cast: World, web: Server) -> None:
    with listening(web, cookie_of(cast.li_na), "people,board") as ear:
        ear.settle()
        record_all([(TopicDefined(topic=1), SYSTEM) for _ in range(300)], at=now())
        assert [(m.event, m.topic) for m in (ear.next(), ear.next())] == [
            ("resync", "board"),
            ("resync", "people"),
        ]


def test_streams_are_bounded_and_given_back_when_the_client_goes(cast: World, tmp_path: Path) -> None:
    cookies = cookie_of(cast.li_na)
    with web_process(tmp_path / "log", FENGONG_LIVE_CLIENTS="2") as web:
        with listening(web, cookies, "board") as one, listening(web, cookies, "board") as two:
            one.settle(), two.settle()
            full = ask(web, "/live?topics=board", cookies)
            assert full.status_code == 503
            assert full.headers["retry-after"] == "5"
        wait_for(lambda: _opens(web, cookies))


def _opens(web: Server, cookies: dict[str, str]) -> bool:
    with httpx.stream("GET", f"{web.address}/live?topics=board", cookies=cookies, timeout=20) as response:
        return response.status_code == 200


@pytest.mark.parametrize("how", ["session", "member"])
def test_the_stream_ends_soon_after_the_right_to_listen(cast: World, tmp_path: Path, how: str) -> None:
    with web_process(tmp_path / "log", FENGONG_LIVE_RECHECK="0.3") as web:
        cookies = cookie_of(cast.li_na)
        with listening(web, cookies, "board") as ear:
            ear.settle()
            if how == "session":
                Session.objects.all().delete()
            else:
                cast.li_na.active = False
                cast.li_na.save(update_fields=["active"])
            with pytest.raises(EOFError):
                for _ in range(20):
                    ear.settle()
        assert ask(web, "/live?topics=board", cookies).status_code == 401


def test_an_open_stream_does_not_keep_the_server_from_stopping(cast: World, tmp_path: Path) -> None:
    with web_process(tmp_path / "log") as web, listening(web, cookie_of(cast.li_na), "board") as ear:
        ear.settle()
        web.process.send_signal(signal.SIGTERM)
        with pytest.raises(EOFError):
            ear.next()
        web.process.wait(20)
