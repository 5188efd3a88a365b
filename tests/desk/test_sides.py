"""Talks with outsiders about a ticket."""

from __future__ import annotations

import pytest

from fengong.desk.actions.sides import close_side, receive_side, reply_side, start_side
from fengong.desk.models import Message, SideConversation
from fengong.desk.queries import thread
from fengong.desk.reading.sides import side_by_token, side_of_message, sides_of
from fengong.kernel.actor import SYSTEM
from fengong.kernel.errors import Invalid
from fengong.kernel.models import Event
from tests.world import World


def start(world: World, **more) -> SideConversation:
    given = {
        "ticket": world.ticket(),
        "subject": "77 号包裹",
        "participants": ["kuaidi@example.com", " ops@example.com "],
        "body": "请查一下。",
        "at": world.now,
        **more,
    }
    return start_side(actor=world.li_na, member=world.li_na, **given)


def test_a_talk_with_outsiders_has_its_own_turns_and_an_address_nobody_guesses(world: World) -> None:
    side = start(world)
    reply_side(actor=world.zhou_min, side=side, member=world.zhou_min, body="还有照片", at=world.now)
    assert side.participants == ["kuaidi@example.com", "ops@example.com"]
    assert side_by_token(side.token.upper()) == side
    assert side_by_token("") is None
    turns = [turn.message.body for talk in sides_of(side.ticket) for turn in talk.turns.all()]
    assert turns == ["请查一下。", "还有照片"]
    assert set(Message.objects.filter(side__conversation=side).values_list("kind", flat=True)) == {"side"}
    verbs = list(Event.objects.filter(verb__contains="side").order_by("seq").values_list("verb", flat=True))
    assert verbs == ["ticket.side_started", "ticket.side_replied"]


def test_an_outsiders_answer_comes_in_once_and_opens_a_closed_talk(world: World) -> None:
    side = start(world)
    close_side(actor=world.li_na, side=side, member=world.li_na, at=world.now)
    answers = [
        receive_side(
            actor=SYSTEM,
            side=side,
            address="new@example.com",
            name="小哥",
            body="找到了",
            at=world.now,
            external_id="<1@example.com>",
        )
        for _ in range(2)
    ]
    assert answers[0] == answers[1]
    row = SideConversation.objects.get(pk=side.pk)
    assert row.closed_at is None
    assert row.participants[-1] == "new@example.com"
    assert side_of_message(answers[0]) == side
    assert answers[0].author_name == "小哥"


def test_the_customer_and_what_is_no_address_cannot_be_written_to_on_the_side(world: World) -> None:
    for participants in ([], ["nobody"], [world.customer.email.upper()], ["a@example.com"] * 1 + ["x"]):
        with pytest.raises(Invalid) as refusal:
            start(world, participants=participants)
        assert refusal.value.field == "participants"
    with pytest.raises(Invalid):
        start(world, subject=" ")


def test_a_talk_on_the_side_is_no_part_of_what_the_customer_reads(world: World) -> None:
    side = start(world)
    public = [message.body for message in thread(side.ticket) if message.kind == "public"]
    assert public == ["请帮我看看。"]
