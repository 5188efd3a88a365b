"""Messages: planned once for each event, tried as the specification plans it, and never lost with a worker."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest
from standardwebhooks import Webhook

from fengong.desk.actions.priorities import set_priority
from fengong.desk.actions.tickets import resolve_ticket
from fengong.integrations.webhooks.actions import planning
from fengong.integrations.webhooks.actions.deliveries import forget_old, ping, redeliver
from fengong.integrations.webhooks.actions.endpoints import switch_endpoint
from fengong.integrations.webhooks.actions.sending import WAITS, Sender, retry_after
from fengong.integrations.webhooks.models import Delivery
from fengong.integrations.webhooks.wire.signing import secret_of
from fengong.kernel.errors import Conflict
from fengong.kernel.following import Follower
from fengong.kernel.models import Bookmark, Event
from tests.integrations.webhooks.conftest import land
from tests.serving import wait_for


def _states() -> list[str]:
    return list(Delivery.objects.order_by("id").values_list("state", flat=True))


def _next(world, delivery: Delivery) -> float:
    delivery.refresh_from_db()
    return (delivery.next_try_at - world.now) / timedelta(seconds=1)


def test_what_an_endpoint_listens_to_arrives_signed_with_the_ticket(world, receiver, endpoint, worker):
    ticket = world.ticket("发票抬头")
    worker.work()
    ((path, headers, body),) = receiver.requests
    named = {name.lower(): value for name, value in headers.items()}
    assert path == "/hook?desk=1"
    signature = named["webhook-signature"].split(",")[1]
    said = json.loads(body)
    assert (said["type"], said["data"]["ticket"]["id"]) == ("ticket.opened", ticket.pk)
    assert said["data"]["ticket"]["subject"] == "发票抬头"
    assert said["timestamp"] == "2026-03-02T06:00:00.000Z"
    at = datetime.fromtimestamp(int(named["webhook-timestamp"]), tz=world.now.tzinfo)
    expected = Webhook(secret_of(endpoint.salt)).sign(named["webhook-id"], at, body.decode())
    assert f"v1,{signature}" == expected
    assert _states() == ["done"]


def test_events_it_does_not_listen_to_and_those_before_it_stay_away(world, receiver, endpoint, worker):
    world.ticket()
    worker.work()
    assert len(receiver.requests) == 1
    endpoint.refresh_from_db()
    set_priority(actor=world.li_na, ticket=world.ticket(at=world.now), priority=4, at=world.now)
    worker.work()
    assert [json.loads(body)["type"] for _path, _headers, body in receiver.requests] == ["ticket.opened"] * 2


def test_an_event_read_twice_is_planned_once(world, endpoint):
    world.ticket()
    assert planning.plan(at=world.now) == 1
    Bookmark.objects.filter(name="webhooks").update(seq=0)
    planning.SPINE.forget()
    assert planning.plan(at=world.now) == 0
    assert Delivery.objects.count() == 1


def test_a_failure_is_tried_again_as_the_specification_plans_it_with_the_same_id(
    world, receiver, endpoint, worker
):
    for _ in range(10):
        receiver.will(500)
    world.ticket()
    worker.work()
    (delivery,) = Delivery.objects.all()
    at, planned = 0.0, [wait.total_seconds() for wait in WAITS]
    assert planned == [0, 5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400]
    for wait in planned[1:]:
        due = _next(world, delivery)
        assert abs(due - at - wait) <= 0.1 * wait + 0.01
        worker.work(minutes=(due - 0.5) / 60)
        assert len(receiver.requests) == delivery.tries
        at = due
        worker.work(minutes=due / 60)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.tries, len(delivery.log)) == ("failed", 10, 10)
    ids = {headers["webhook-id"] for _path, headers, _body in receiver.requests}
    assert (len(receiver.requests), len(ids)) == (10, 1)


def test_an_overloaded_receiver_is_left_alone_for_as_long_as_it_asks(world, receiver, endpoint, worker):
    receiver.will(429, Retry_After="120")
    world.ticket()
    worker.work()
    (first,) = Delivery.objects.all()
    assert _next(world, first) == 120
    world.ticket()
    worker.work(minutes=1)
    assert len(receiver.requests) == 1
    worker.work(minutes=2)
    assert _states() == ["done", "done"]


def test_a_receiver_that_is_gone_is_not_told_any_more(world, receiver, endpoint, worker):
    receiver.will(410)
    world.ticket()
    worker.work()
    endpoint.refresh_from_db()
    assert (endpoint.active, endpoint.disabled_reason) == (False, "gone")
    world.ticket()
    worker.work()
    assert (len(receiver.requests), _states()) == (1, ["failed"])
    assert Event.objects.filter(verb="endpoint.disabled").count() == 1


def test_a_redirect_counts_as_a_failure(world, receiver, endpoint, worker):
    receiver.will(301, Location="https://example.com/")
    world.ticket()
    worker.work()
    (delivery,) = Delivery.objects.all()
    assert (delivery.state, delivery.log[0]["status"]) == ("waiting", 301)


def test_an_endpoint_that_failed_for_three_days_is_switched_off(world, receiver, endpoint, worker):
    receiver.will(500)
    world.ticket()
    planning.plan(at=world.now)
    Delivery.objects.update(tries=9)
    worker.work(minutes=4 * 24 * 60)
    endpoint.refresh_from_db()
    assert (endpoint.active, endpoint.disabled_reason, _states()) == (False, "failing", ["failed"])


def test_a_worker_killed_while_sending_leaves_the_message_to_the_next_one(world, receiver, endpoint, worker):
    world.ticket()
    planning.plan(at=world.now)
    dead = Sender()
    dead.look(at=world.now)  # claims and sends; it dies before it hears the answer
    wait_for(lambda: len(receiver.requests) == 1)
    worker.work(minutes=0.5)
    (delivery,) = Delivery.objects.all()
    assert delivery.state == "waiting"
    worker.work(minutes=1.1)
    assert _states() == ["done"]
    ids = {headers["webhook-id"] for _path, headers, _body in receiver.requests}
    assert (len(receiver.requests), len(ids)) == (2, 1)


def test_an_answer_that_comes_after_the_claim_ran_out_changes_nothing(world, receiver, endpoint, worker):
    receiver.will(500, held=True)
    world.ticket()
    planning.plan(at=world.now)
    slow = Sender()
    slow.look(at=world.now)
    wait_for(lambda: len(receiver.requests) == 1)
    worker.work(minutes=1.1)
    assert _states() == ["done"]
    receiver.release()
    land(slow, world.now + timedelta(minutes=2))
    (delivery,) = Delivery.objects.all()
    assert (delivery.state, [entry["status"] for entry in delivery.log]) == ("done", [200])


def test_a_worker_killed_while_planning_goes_on_where_it_stood(world, endpoint, monkeypatch):
    world.ticket()
    with monkeypatch.context() as patch:
        patch.setattr(Follower, "keep_place", _killed)
        with pytest.raises(KeyboardInterrupt):
            planning.plan(at=world.now)
    monkeypatch.setattr(planning, "SPINE", Follower("webhooks"))
    world.ticket()
    planning.plan(at=world.now)
    assert Delivery.objects.count() == 2


def _killed(_self: Follower) -> None:
    raise KeyboardInterrupt


def test_one_slow_receiver_does_not_hold_up_the_others(world, receiver, endpoint, second_endpoint, worker):
    receiver.will(200, held=True)
    world.ticket()
    planning.plan(at=world.now)
    worker.sender.look(at=world.now)
    wait_for(lambda: len(receiver.requests) == 1)
    second_endpoint("other", receiver.url)
    world.ticket()
    planning.plan(at=world.now)

    def others() -> bool:
        worker.sender.look(at=world.now)
        return _states().count("done") == 2

    wait_for(others)
    assert sorted(_states()) == ["done", "done", "waiting"]
    receiver.release()
    worker.work()
    assert set(_states()) == {"done"}


def test_a_message_is_sent_again_by_hand_under_its_own_id(world, receiver, endpoint, worker):
    world.ticket()
    worker.work()
    (delivery,) = Delivery.objects.all()
    redeliver(actor=world.admin, delivery=delivery, at=world.now)
    worker.work()
    ids = {headers["webhook-id"] for _path, headers, _body in receiver.requests}
    assert (len(receiver.requests), len(ids), _states()) == (2, 1, ["done"])
    delivery.refresh_from_db()
    assert len(delivery.log) == 2


def test_a_ping_says_nothing_and_shows_that_it_arrives(world, receiver, endpoint, worker):
    ping(actor=world.admin, endpoint=endpoint, at=world.now)
    worker.work()
    assert json.loads(receiver.requests[0][2])["type"] == "endpoint.ping"
    assert _states() == ["done"]


def test_messages_that_ended_a_month_ago_are_forgotten(world, receiver, endpoint, worker):
    world.ticket()
    worker.work()
    assert forget_old(at=world.now + timedelta(days=29)) == 0
    assert forget_old(at=world.now + timedelta(days=31)) == 1


def test_nothing_is_sent_to_an_endpoint_that_is_switched_off(world, endpoint):
    off = switch_endpoint(actor=world.admin, endpoint=endpoint, active=False, at=world.now)
    with pytest.raises(Conflict):
        ping(actor=world.admin, endpoint=off, at=world.now)
    world.ticket()
    assert planning.plan(at=world.now) == 0


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("120", 120), ("0", 0), ("999999", 86400), ("soon", None), ("", None),
     ("Mon, 02 Mar 2026 06:01:00 GMT", 60), ("Sun, 01 Mar 2026 06:01:00 GMT", 0)],
)  # fmt: skip
def test_how_long_a_receiver_asks_to_wait_is_understood(world, text, seconds):
    found = retry_after(text, world.now)
    assert found == (None if seconds is None else timedelta(seconds=seconds))


def test_a_resolution_is_another_message_than_the_opening(world, receiver, endpoint, worker):
    ticket = world.ticket()
    resolve_ticket(actor=world.wang_fang, ticket=ticket, at=world.now)
    worker.work()
    types = sorted(json.loads(body)["type"] for _path, _headers, body in receiver.requests)
    assert types == ["ticket.opened", "ticket.resolved"]
