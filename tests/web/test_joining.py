"""Merging, splitting, linking and child tickets from the ticket's own page; snoozing and why it rests."""

from __future__ import annotations

from datetime import timedelta

import pytest

from fengong.desk.actions.messages import receive_message
from fengong.desk.models import Link, Message, Ticket
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.kernel.clock import now
from tests.world import World


@pytest.fixture
def mine(world: World) -> Ticket:
    """A ticket of 周敏's."""
    ticket = world.ticket("回调重复", topic="api", difficulty=2)
    return assign_ticket(actor=world.wang_fang, ticket=ticket, member=world.zhou_min, at=world.now)


def _now(ticket: Ticket) -> Ticket:
    return Ticket.objects.get(pk=ticket.pk)


def test_a_merge_shows_its_result_before_and_can_be_taken_back(world: World, reader, mine: Ticket):
    client, other = reader(world.zhou_min), world.ticket("另一件")
    preview = client.fragment(f"/tickets/{mine.pk}/merge?into=%23{other.pk}").text
    assert f"Merge into #{other.pk}" in preview
    assert "read together" in preview
    answer = client.do(f"/tickets/{mine.pk}/merge", other=other.pk)
    assert answer.status_code == 200
    assert _now(mine).merged_into_id == other.pk
    assert "Undo" in answer.text
    client.do(f"/tickets/{mine.pk}/merge", "delete")
    assert _now(mine).merged_into_id is None


def test_a_merge_of_two_customers_warns_first(world: World, reader, mine: Ticket):
    from_elsewhere = Ticket.objects.get(pk=world.ticket("另一件").pk)
    from_elsewhere.customer = type(world.customer).objects.create(display_name="赵六")
    from_elsewhere.save(update_fields=["customer"])
    page = reader(world.zhou_min).fragment(f"/tickets/{mine.pk}/merge?into={from_elsewhere.pk}").text
    assert "different customers" in page


def test_the_other_ticket_is_found_by_number_or_words(world: World, reader, mine: Ticket):
    other = world.ticket("Invoice title is wrong")
    client = reader(world.zhou_min)
    for words in (f"%23{other.pk}", str(other.pk), "invoice"):
        assert f'data-value="#{other.pk}"' in client.fragment(f"/tickets/others?q={words}").text
    assert client.do(f"/tickets/{mine.pk}/merge", other="999999").status_code == 404


def test_messages_are_split_off_into_a_ticket_of_their_own(world: World, reader, mine: Ticket):
    receive_message(
        actor=world.customer, ticket=mine, contact=world.customer, body="另外发票也错了", at=world.now
    )
    last = Message.objects.filter(ticket=mine).latest("id")
    client = reader(world.zhou_min)
    assert "另外发票也错了" in client.fragment(f"/tickets/{mine.pk}/split").text
    client.do(f"/tickets/{mine.pk}/split", subject="发票抬头", messages=[last.pk])
    split_off = Ticket.objects.get(subject="发票抬头")
    assert Message.objects.get(pk=last.pk).ticket_id == split_off.pk


def test_two_tickets_are_linked_and_the_link_taken_away(world: World, reader, mine: Ticket):
    other, client = world.ticket("另一件"), reader(world.zhou_min)
    client.do(f"/tickets/{mine.pk}/links", other=f"#{other.pk}", relation="blocks")
    link = Link.objects.get(source=mine, target=other)
    assert f"#{other.pk} 另一件" in client.fragment(f"/tickets/{mine.pk}/aside").text
    client.delete(f"/tickets/{mine.pk}/links?link={link.pk}", headers={"HX-Request": "true"})
    assert not Link.objects.exists()


def test_a_child_ticket_gets_its_own_owner_and_shows_how_far_it_is(world: World, reader, mine: Ticket):
    client = reader(world.zhou_min)
    answer = client.do(f"/tickets/{mine.pk}/children", subject="核对日志", body="请查 11 月 20 日的回调")
    assert answer.status_code == 200
    child = Ticket.objects.get(parent=mine)
    assert child.subject == "核对日志"
    assert "0 of 1 child tickets done" in client.fragment(f"/tickets/{mine.pk}/aside").text


def test_a_ticket_is_snoozed_by_a_preset_and_woken_again(world: World, reader, mine: Ticket):
    client = reader(world.zhou_min)
    page = client.fragment(f"/tickets/{mine.pk}").text
    assert "Tomorrow morning" in page
    until = now() + timedelta(hours=3)
    answer = client.do(f"/tickets/{mine.pk}/snooze", until=until.isoformat())
    assert answer.status_code == 200
    assert "Snoozed until" in answer.text
    assert _now(mine).snoozed_until == until
    client.do(f"/tickets/{mine.pk}/snooze", "delete")
    assert _now(mine).snoozed_until is None
    assert client.do(f"/tickets/{mine.pk}/snooze", until="never").status_code == 422


def test_a_ticket_says_why_it_rests_and_how_it_ended(world: World, reader, mine: Ticket):
    client = reader(world.zhou_min)
    assert "Waiting for somebody else" in client.do(f"/tickets/{mine.pk}/pause", reason="third_party").text
    client.do(f"/tickets/{mine.pk}/pause", "delete")
    assert _now(mine).status == "open"
    assert "Spam" in client.do(f"/tickets/{mine.pk}/resolution", reason="spam").text
    assert _now(mine).reason == "spam"
