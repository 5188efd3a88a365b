"""What is done to those selected in the list: the bar, and the dialog of each deed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from fengong.desk.actions.drafts import keep_draft
from fengong.desk.actions.messages import reply
from fengong.dispatch.actions.assignments import assign_ticket
from tests.world import World


@pytest.mark.parametrize(
    ("deed", "asks"),
    [
        ("assign", 'name="member"'),
        ("priority", 'name="priority" value="4"'),
        ("topic", 'name="topic"'),
        ("tags", 'name="add"'),
        ("type", 'name="type"'),
        ("snooze", 'name="until"'),
        ("merge", 'name="into"'),
    ],
)
def test_each_deed_asks_for_what_it_needs(world: World, reader, deed: str, asks: str):
    page = reader(world.zhou_min).fragment(f"/tickets/deeds/{deed}").text
    assert asks in page
    assert f'name="deed" value="{deed}"' in page


def test_a_deed_that_does_not_exist_is_refused(world: World, reader):
    assert reader(world.zhou_min).fragment("/tickets/deeds/nothing").status_code == 404


def test_every_row_can_be_selected_and_the_bar_stands_ready(world: World, reader):
    ticket = world.ticket()
    page = reader(world.zhou_min).fragment("/tickets?view=all").text
    assert f'type="checkbox" value="{ticket.pk}"' in page
    assert page.count("/tickets/deeds/") == 7
    assert 'role="toolbar"' in page


def test_colleagues_who_are_here_come_first(world: World, reader):
    world.go_online("he_jie")
    page = reader(world.wang_fang).fragment("/tickets/deeds/assign").text
    assert page.index("何洁") < page.index("李娜")
    ticket = world.ticket("回调重复", topic="api", difficulty=2)
    page = reader(world.wang_fang).fragment(f"/tickets/{ticket.pk}/assignment").text
    assert page.index("何洁") < page.index("周敏")


def test_a_row_tells_that_the_customer_wrote_last_and_that_one_has_begun_to_answer(world: World, reader):
    ticket = world.ticket("回调重复", topic="api", difficulty=2)
    mine = assign_ticket(actor=world.wang_fang, ticket=ticket, member=world.zhou_min, at=world.now)
    client, author = reader(world.zhou_min), {"actor": world.zhou_min, "member": world.zhou_min}
    assert "New message from the customer" in client.fragment("/tickets").text
    keep_draft(**author, ticket=mine, kind="reply", body="您好", at=world.now)
    assert "Your draft" in client.fragment("/tickets").text
    reply(**author, ticket=mine, body="您好", at=world.now + timedelta(minutes=1))
    assert "New message from the customer" not in client.fragment("/tickets").text
