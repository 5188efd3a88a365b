"""Answers that are sent later."""

from __future__ import annotations

from datetime import timedelta

import pytest

from fengong.desk.actions.messages import receive_message
from fengong.desk.actions.scheduled import cancel_scheduled, change_scheduled, schedule_reply, send_due
from fengong.desk.models import Draft, Message, ScheduledReply, Ticket
from fengong.desk.reading.scheduled import scheduled_on
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.kernel.actor import SYSTEM
from fengong.kernel.errors import Conflict, Denied, Invalid
from fengong.kernel.models import Event
from tests.world import World

HOUR = timedelta(hours=1)


@pytest.fixture
def ticket(world: World) -> Ticket:
    world.go_online()
    return assign_ticket(actor=world.wang_fang, ticket=world.ticket(), member=world.li_na, at=world.now)


def plan(world: World, ticket: Ticket, **more) -> ScheduledReply:
    given = {"body": "明早好", "due_at": world.now + HOUR, "at": world.now, **more}
    return schedule_reply(actor=world.li_na, ticket=ticket, member=world.li_na, **given)


def sent() -> list[str]:
    return list(Message.objects.filter(member__isnull=False).values_list("body", flat=True))


def test_an_answer_is_sent_when_its_time_has_come_and_only_once(world: World, ticket: Ticket) -> None:
    plan(world, ticket)
    assert send_due(actor=SYSTEM, at=world.now + HOUR / 2) == 0
    assert sent() == []
    assert [send_due(actor=SYSTEM, at=world.now + HOUR) for _ in range(3)] == [1, 0, 0]
    assert sent() == ["明早好"]
    replied = Event.objects.get(verb="ticket.replied")
    assert replied.actor == world.li_na.ref


def test_what_follows_an_answer_happens_with_it(world: World, ticket: Ticket) -> None:
    plan(world, ticket, then="resolve")
    send_due(actor=SYSTEM, at=world.now + HOUR)
    assert Ticket.objects.get(pk=ticket.pk).status == "resolved"


def test_it_becomes_a_draft_again_when_the_customer_writes_before(world: World, ticket: Ticket) -> None:
    plan(world, ticket)
    receive_message(
        actor=world.customer, ticket=ticket, contact=world.customer, body="等等", at=world.now + HOUR / 2
    )
    assert send_due(actor=SYSTEM, at=world.now + HOUR / 2) == 0
    draft = Draft.objects.get()
    assert (draft.member, draft.kind, draft.body, draft.notice) == (
        world.li_na,
        "reply",
        "明早好",
        "overtaken",
    )
    assert send_due(actor=SYSTEM, at=world.now + HOUR) == 0
    assert sent() == []
    assert Event.objects.get(verb="ticket.reply_unscheduled").data["reason"] == "overtaken"


def test_what_its_writer_has_typed_meanwhile_is_kept_beside_it(world: World, ticket: Ticket) -> None:
    planned = plan(world, ticket)
    Draft.objects.create(member=world.li_na, ticket=ticket, kind="reply", body="新的", updated_at=world.now)
    cancel_scheduled(actor=world.li_na, scheduled=planned, at=world.now)
    assert Draft.objects.get().body == "新的\n\n明早好"


def test_it_can_be_changed_and_cancelled_until_it_is_sent(world: World, ticket: Ticket) -> None:
    planned = plan(world, ticket)
    later = world.now + 2 * HOUR
    change_scheduled(actor=world.li_na, scheduled=planned, body="后天好", due_at=later, at=world.now)
    assert send_due(actor=SYSTEM, at=world.now + HOUR) == 0
    assert [row.body for row in scheduled_on(ticket)] == ["后天好"]
    send_due(actor=SYSTEM, at=later)
    with pytest.raises(Conflict):
        cancel_scheduled(actor=world.li_na, scheduled=planned, at=later)
    assert sent() == ["后天好"]


def test_what_cannot_be_sent_goes_back_to_the_drafts(world: World, ticket: Ticket) -> None:
    plan(world, ticket, then="resolve")
    assign_ticket(actor=world.wang_fang, ticket=ticket, member=world.zhou_min, at=world.now)
    assert send_due(actor=SYSTEM, at=world.now + HOUR) == 0
    assert sent() == []
    assert Draft.objects.get().notice == "refused"


def test_a_time_gone_by_no_words_and_strangers_are_refused(world: World, ticket: Ticket) -> None:
    with pytest.raises(Invalid):
        plan(world, ticket, due_at=world.now)
    with pytest.raises(Invalid):
        plan(world, ticket, body=" ")
    planned = plan(world, ticket)
    with pytest.raises(Denied):
        cancel_scheduled(actor=world.zhou_min, scheduled=planned, at=world.now)
