"""What is done on an open ticket, and what happens to the text when it cannot be done."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from fengong.desk.actions.messages import receive_message, reply
from fengong.desk.models import Load, Message, Ticket
from fengong.desk.reading.freshness import heard_of
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.dispatch.actions.matching import match_waiting
from fengong.kernel.actor import MATCHER
from tests.world import World


@pytest.fixture
def mine(world: World) -> Ticket:
    """A ticket of 周敏's."""
    world.go_online()
    given = world.ticket("Webhook 重试后订单重复", topic="api", difficulty=2)
    return assign_ticket(actor=world.wang_fang, ticket=given, member=world.zhou_min, at=world.now)


def _now(ticket: Ticket) -> Ticket:
    return Ticket.objects.get(pk=ticket.pk)


def test_a_reply_is_sent_and_the_ticket_comes_back(world: World, reader, mine: Ticket):
    answer = reader(world.zhou_min).do(f"/tickets/{mine.pk}/replies", body="您好", seen=mine.version)
    assert answer.status_code == 200
    assert 'id="talk"' in answer.text
    assert Message.objects.filter(ticket=mine, member=world.zhou_min).count() == 1


def test_a_reply_can_resolve_or_wait_in_one_step(world: World, reader, mine: Ticket):
    client = reader(world.zhou_min)
    client.do(f"/tickets/{mine.pk}/replies", body="请看一下", seen=mine.version, then="pause")
    assert _now(mine).status == "pending"
    client.do(f"/tickets/{mine.pk}/replies", body="好了", seen=_now(mine).version, then="resolve")
    assert _now(mine).status == "resolved"


def test_a_reply_that_waits_on_a_ticket_that_waits_already_is_sent_once(world: World, reader, mine: Ticket):
    client = reader(world.zhou_min)
    for _ in range(2):
        seen = _now(mine).version
        answer = client.do(f"/tickets/{mine.pk}/replies", body="请看一下", seen=seen, then="pause")
        assert answer.status_code == 200
    assert _now(mine).status == "pending"
    assert Message.objects.filter(ticket=mine, member=world.zhou_min).count() == 2


def test_a_reply_is_not_sent_when_what_should_follow_is_refused(world: World, reader, mine: Ticket):
    client = reader(world.zhou_min)
    client.do(f"/tickets/{mine.pk}/resolution")
    answer = client.do(f"/tickets/{mine.pk}/replies", body="还在吗", seen=_now(mine).version, then="pause")
    assert answer.status_code == 409
    assert "还在吗" in answer.text
    assert 'value="pause"' not in answer.text
    assert not Message.objects.filter(ticket=mine, member=world.zhou_min).exists()


def test_taking_is_offered_only_where_there_is_room(world: World, reader, mine: Ticket):
    client, path = reader(world.he_jie), f"/tickets/{mine.pk}"
    waiting = world.ticket("接口超时", topic="api", difficulty=2)
    assert 'data-key="i"' in client.fragment(f"/tickets/{waiting.pk}").text
    Load.objects.filter(member=world.he_jie).update(effort=F("capacity"))
    assert 'data-key="i"' not in client.fragment(f"/tickets/{waiting.pk}").text
    assert 'data-key="i"' not in reader(world.wang_fang).fragment(path).text


def test_a_reply_to_a_ticket_that_changed_is_stopped_with_the_change_and_the_text(
    world: World, reader, mine: Ticket
):
    at, heard = world.now + timedelta(minutes=1), heard_of(mine)
    receive_message(actor=world.customer, ticket=mine, contact=world.customer, body="还有一件事", at=at)
    client, path = reader(world.zhou_min), f"/tickets/{mine.pk}/replies"
    answer = client.do(path, body="我写的话", seen=mine.version, heard=heard)
    assert answer.status_code == 409
    assert "我写的话" in answer.text
    stopped = answer.text.partition('role="alert"')[2].partition("</ul>")[0]
    assert "王强 wrote again" in stopped
    assert "还有一件事" in stopped
    assert not Message.objects.filter(ticket=mine, member=world.zhou_min).exists()
    now_heard = re.search(r'name="heard" value="(\d+)"', answer.text)[1]
    assert client.do(path, body="我写的话", heard=now_heard).status_code == 200


def test_a_program_that_names_only_the_version_is_stopped_too(world: World, reader, mine: Ticket):
    receive_message(actor=world.customer, ticket=mine, contact=world.customer, body="还有", at=world.now)
    answer = reader(world.zhou_min).do(f"/tickets/{mine.pk}/replies", body="x", seen=mine.version)
    assert answer.status_code == 409


@pytest.mark.parametrize(
    ("noun", "data", "kept"),
    [
        ("replies", {"body": "   "}, "Write something first."),
        ("notes", {"body": ""}, "Write something first."),
        ("escalation", {"tried": "看过日志", "found": "", "wanted": "帮忙"}, "看过日志"),
    ],
)
def test_what_is_incomplete_is_refused_and_kept(
    reader, mine: Ticket, noun: str, data: dict[str, str], kept: str
):
    answer = reader(mine.owner).do(f"/tickets/{mine.pk}/{noun}", **data)
    assert answer.status_code == 422
    assert kept in answer.text


def test_escalating_moves_it_up_with_all_three_parts(world: World, reader, mine: Ticket):
    parts = {"tried": "核对日志", "found": "重试用了新 id", "wanted": "请接口组判断"}
    answer = reader(world.zhou_min).do(f"/tickets/{mine.pk}/escalation", seen=mine.version, **parts)
    assert answer.status_code == 200
    assert all(part in answer.text for part in parts.values())
    assert (_now(mine).tier, _now(mine).status) == (3, "waiting")


def test_resolving_offers_to_undo_and_undoing_opens_it_again(world: World, reader, mine: Ticket):
    client = reader(world.zhou_min)
    answer = client.do(f"/tickets/{mine.pk}/resolution")
    assert _now(mine).status == "resolved"
    assert f'hx-delete="/tickets/{mine.pk}/resolution"' in answer.text
    assert client.do(f"/tickets/{mine.pk}/resolution", "delete").status_code == 200
    assert _now(mine).status == "open"


def test_somebody_elses_ticket_is_not_settled_by_an_agent(world: World, reader, mine: Ticket):
    client = reader(world.li_na)
    page = client.fragment(f"/tickets/{mine.pk}").text
    assert "/resolution" not in page
    answer = client.do(f"/tickets/{mine.pk}/resolution")
    assert answer.status_code == 403
    assert "Take the ticket first" in answer.text
    assert _now(mine).status == "open"


def test_handing_over_shows_effects_first_and_refuses_what_does_not_fit(world: World, reader, mine: Ticket):
    client = reader(world.zhou_min)
    Load.objects.filter(member=world.he_jie).update(effort=F("capacity"))
    page = client.fragment(f"/tickets/{mine.pk}/assignment").text
    assert "No room: 230 of 200 min" in page
    assert "30 of 180 min after" in page
    assert "No skill in API" in page
    answer = client.do(f"/tickets/{mine.pk}/assignment", member=world.he_jie.pk, seen=mine.version)
    assert answer.status_code == 409
    assert "no capacity left" in answer.text


def test_handing_over_takes_a_note_along_and_can_be_undone_by_a_lead(world: World, reader, mine: Ticket):
    client = reader(world.wang_fang)
    answer = client.do(
        f"/tickets/{mine.pk}/assignment", member=world.chen_li.pk, note="客户很急", seen=mine.version
    )
    assert _now(mine).owner_id == world.chen_li.pk
    assert Message.objects.get(ticket=mine, kind="handover").body == "客户很急"
    assert f'"member": {world.zhou_min.pk}' in answer.text.replace("&quot;", '"')


def test_without_scripts_a_form_still_works(world: World, reader, mine: Ticket):
    answer = reader(world.zhou_min).post(f"/tickets/{mine.pk}/notes", {"body": "记一下"}, follow=True)
    assert answer.redirect_chain == [(f"/tickets?ticket={mine.pk}", 302)]
    assert "Note saved." in answer.text


def test_why_this_person_is_told_in_words_with_those_left_out(world: World, reader):
    world.go_online()
    ticket = world.ticket("webhook", topic="api", difficulty=2)
    match_waiting(actor=MATCHER, at=world.now)
    page = reader(world.wang_fang).fragment(f"/tickets/{ticket.pk}").text
    assert f"Why {_now(ticket).owner.display_name}" in page
    assert "Points of disadvantage" in page
    assert "left out" in page


def test_why_it_waits_is_told_too(world: World, reader):
    ticket = world.ticket()
    match_waiting(actor=MATCHER, at=world.now)
    page = reader(world.li_na).fragment(f"/tickets/{ticket.pk}").text
    assert "Nobody can take it now" in page
    assert "Not here now: 5" in page


def test_a_longer_conversation_takes_no_more_statements(world: World, reader, mine: Ticket):
    client, counts = reader(world.zhou_min), []
    client.fragment(f"/tickets/{mine.pk}")
    for more in (2, 20):
        for minute in range(more):
            at = world.now + timedelta(minutes=minute)
            receive_message(actor=world.customer, ticket=mine, contact=world.customer, body="还有", at=at)
            reply(actor=world.zhou_min, ticket=mine, member=world.zhou_min, body="好的", at=at)
        with CaptureQueriesContext(connection) as queries:
            client.fragment(f"/tickets/{mine.pk}")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20


def test_only_what_may_have_changed_is_read_again_on_news(world: World, reader, mine: Ticket):
    page = reader(world.zhou_min).fragment(f"/tickets/{mine.pk}?part=live").text
    assert 'hx-target="#thread"' in page
    assert "<textarea" not in page
