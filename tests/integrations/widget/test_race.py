"""A window that sends the same words over two lines at once, or its first two words together."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from fengong.customers.actions.sign_in import give_link, sign_in_by_link
from fengong.desk.models import Message, Ticket
from fengong.integrations.widget.actions.chats import say
from fengong.integrations.widget.actions.visitors import greet_visitor
from fengong.integrations.widget.actions.widgets import add_widget
from fengong.kernel.actor import SYSTEM
from fengong.kernel.errors import Conflict
from tests.world import World, build_world

AT_ONCE = 4


@pytest.fixture
def cast(transactional_db: None) -> World:
    return build_world(accounts=False)


def _together(do: Callable[[int], object]) -> list[object]:
    """Do it in several threads at the same moment; what each came to."""
    start = Barrier(AT_ONCE)

    def run(number: int) -> object:
        try:
            start.wait(10)
            return do(number)
        except Conflict as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(run, range(AT_ONCE)))


@pytest.mark.parametrize("same", [True, False])
def test_words_sent_together_make_one_ticket_and_each_stands_once(cast: World, same: bool):
    widget = add_widget(actor=SYSTEM, values={"name": "Shop"}, at=cast.now)
    visitor, _secret = greet_visitor(actor=SYSTEM, widget=widget, at=cast.now)

    def send(number: int) -> int:
        mark = "one-mark" if same else f"mark-000{number}"
        return say(actor=SYSTEM, visitor=visitor, body=f"words {mark}", mark=mark, at=cast.now).pk

    said = _together(send)
    assert Ticket.objects.count() == 1
    assert Message.objects.count() == len(set(said)) == (1 if same else AT_ONCE)


def test_one_link_signs_in_one_of_those_who_press_together(cast: World):
    secret = give_link(actor=SYSTEM, contact=cast.customer, at=cast.now)
    came = _together(lambda _number: sign_in_by_link(actor=SYSTEM, secret=secret, at=cast.now))
    assert sorted(isinstance(one, Conflict) for one in came) == [False] + [True] * (AT_ONCE - 1)
