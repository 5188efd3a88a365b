"""When a visitor has gone, the answers they have not read are handed over to mail; once each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from fengong.desk.actions.messages import add_note, reply
from fengong.desk.models import Message
from fengong.integrations.widget import queries
from fengong.integrations.widget.actions.chats import say
from fengong.integrations.widget.actions.visitors import note_presence, take_address
from fengong.integrations.widget.models import Visitor
from fengong.integrations.widget.tasks import follow_those_who_left
from fengong.kernel.actor import SYSTEM
from fengong.kernel.models import Event
from tests.world import World

MINUTE = timedelta(minutes=1)


@pytest.fixture
def chatting(world: World, visitor: Visitor) -> Visitor:
    """Somebody who has written and left an address."""
    take_address(actor=SYSTEM, visitor=visitor, email="ana@firm.example", at=world.now)
    say(actor=SYSTEM, visitor=visitor, body="hello", mark="", at=world.now)
    visitor.refresh_from_db()
    return visitor


def _answer(world: World, visitor: Visitor, minutes: float = 0) -> Message:
    at = world.now + minutes * MINUTE
    return reply(actor=world.li_na, ticket=visitor.ticket, member=world.li_na, body="好的", at=at)


def _handed() -> list[list[int]]:
    return [event.data["messages"] for event in Event.objects.filter(verb="widget.left").order_by("seq")]


def test_answers_to_somebody_who_has_gone_are_handed_to_mail_once(world: World, chatting: Visitor):
    first, second = _answer(world, chatting), _answer(world, chatting)
    assert follow_those_who_left(at=world.now + 5 * MINUTE) == 1
    assert follow_those_who_left(at=world.now + 6 * MINUTE) == 0
    third = _answer(world, chatting, 7)
    assert follow_those_who_left(at=world.now + 7 * MINUTE) == 1
    assert _handed() == [[first.pk, second.pk], [third.pk]]


def test_nothing_is_handed_over_while_the_visitor_is_there(world: World, chatting: Visitor):
    _answer(world, chatting)
    for minute in range(5):
        note_presence(actor=SYSTEM, visitor=chatting, at=world.now + minute * MINUTE)
        assert follow_those_who_left(at=world.now + minute * MINUTE + timedelta(seconds=40)) == 0
    assert follow_those_who_left(at=world.now + 6 * MINUTE) == 0
    assert follow_those_who_left(at=world.now + 7 * MINUTE) == 1


def test_what_was_read_is_not_handed_over(world: World, chatting: Visitor):
    read, unread = _answer(world, chatting), _answer(world, chatting)
    note_presence(actor=SYSTEM, visitor=chatting, read=read.pk, gone=True, at=world.now)
    follow_those_who_left(at=world.now + 3 * MINUTE)
    assert _handed() == [[unread.pk]]


def test_reading_is_never_taken_back(world: World, chatting: Visitor):
    newest = _answer(world, chatting)
    note_presence(actor=SYSTEM, visitor=chatting, read=newest.pk, at=world.now)
    note_presence(actor=SYSTEM, visitor=chatting, read=1, at=world.now)
    chatting.refresh_from_db()
    assert chatting.read == newest.pk


def test_notes_are_never_handed_over(world: World, chatting: Visitor):
    add_note(actor=world.li_na, ticket=chatting.ticket, member=world.li_na, body="内部", at=world.now)
    assert follow_those_who_left(at=world.now + 5 * MINUTE) == 0


def test_without_an_address_the_answers_wait_in_the_window(world: World, visitor: Visitor):
    say(actor=SYSTEM, visitor=visitor, body="hello", mark="", at=world.now)
    visitor.refresh_from_db()
    _answer(world, visitor)
    assert follow_those_who_left(at=world.now + 5 * MINUTE) == 0


def test_whoever_still_has_a_window_open_elsewhere_gets_no_mail(
    world: World, chatting: Visitor, visit: Callable[..., Visitor]
):
    _answer(world, chatting)
    other = visit(at=world.now + 5 * MINUTE)
    Visitor.objects.filter(pk=other.pk).update(ticket=chatting.ticket)
    assert follow_those_who_left(at=world.now + 5 * MINUTE) == 0


def test_a_closed_window_counts_as_gone_at_once_and_typing_as_long_as_it_lasts(
    world: World, chatting: Visitor
):
    ticket = chatting.ticket_id
    note_presence(actor=SYSTEM, visitor=chatting, typing=True, at=world.now)
    assert queries.is_present(ticket, at=world.now)
    assert queries.is_typing(ticket, at=world.now + timedelta(seconds=5))
    assert not queries.is_typing(ticket, at=world.now + timedelta(seconds=7))
    note_presence(actor=SYSTEM, visitor=chatting, gone=True, at=world.now)
    assert not queries.is_present(ticket, at=world.now)
