"""Search over subjects and messages, in Chinese and English: what is found, in which order, and on which plan."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from fengong.desk.actions.drafting import Matter
from fengong.desk.actions.importing import PastMessage, PastTicket, bring_in
from fengong.desk.actions.intake import open_tickets
from fengong.desk.actions.messages import add_note, receive_message, reply
from fengong.desk.models import Ticket
from fengong.desk.queries import matching
from fengong.desk.reading import lists, words
from fengong.kernel.actor import SYSTEM
from fengong.kernel.search import indexed, sought
from tests.world import World


def _found(world: World, text: str) -> list[int]:
    """What the list finds, which must be what the condition alone finds."""
    page = lists.listed(lists.Wanted(world.li_na, world.now, query=text))
    ids = [row.pk for row in page.rows]
    assert set(ids) == {row.pk for row in matching(text, member=world.li_na, at=world.now)}
    return ids


def test_words_are_found_in_subject_messages_notes_and_the_customers_name(world: World):
    ticket, other = world.ticket("发票抬头写错"), world.ticket("Webhook retries")
    reply(actor=world.li_na, ticket=ticket, member=world.li_na, body="请提供税号。", at=world.now)
    add_note(actor=world.li_na, ticket=ticket, member=world.li_na, body="已转财务 ledger", at=world.now)
    receive_message(actor=SYSTEM, ticket=other, contact=world.customer, body="Still failing", at=world.now)
    for text in ("发票", "抬头写错", "税号", "转财务", "LEDGER"):
        assert _found(world, text) == [ticket.pk], text
    assert _found(world, "failing") == [other.pk]
    assert _found(world, "王强") == _found(world, "北风商贸") == [other.pk, ticket.pk]


def test_words_may_stand_in_different_messages_and_a_quotation_may_not(world: World):
    ticket = world.ticket("登录失败", body="今天上午开始")
    assert _found(world, "失败 上午") == [ticket.pk]
    assert _found(world, '"失败 上午"') == []
    assert _found(world, '"登录失败"') == [ticket.pk]


def test_a_word_is_not_found_in_another_order_of_its_characters(world: World):
    world.ticket("海上")
    assert _found(world, "上海") == []


def test_one_character_a_full_width_word_and_a_beginning_are_found(world: World):
    ticket = world.ticket("退款到账", body="ＡＰＩ timeouts")
    for text in ("退", "款", "api", "API", "timeo*", "TIMEOUTS"):
        assert _found(world, text) == [ticket.pk], text
    assert _found(world, "timeo") == []


def test_a_word_wrapped_at_the_end_of_a_line_is_found(world: World):
    ticket = world.ticket(body="我们的电子发\n票没有收到")
    assert _found(world, "电子发票") == [ticket.pk]


def test_the_newest_ticket_stands_first_and_pages_follow(world: World):
    made = [world.ticket("退款", at=world.now + timedelta(minutes=n)).pk for n in range(7)]
    wanted = lists.Wanted(world.li_na, world.now, query="退款")
    first = lists.listed(wanted, limit=4)
    rest = lists.listed(wanted, after=first.after, limit=4)
    assert [row.pk for row in first.rows + rest.rows] == made[::-1]
    assert rest.after == ""


def test_words_and_conditions_go_together(world: World, monkeypatch: pytest.MonkeyPatch):
    urgent = [world.ticket("退款", priority=4).pk for _ in range(3)]
    world.ticket("退款")
    world.ticket("别的", priority=4)
    for few in (words.FEW, 0):  # each ticket asked, and the walk down the words
        monkeypatch.setattr(words, "FEW", few)
        assert _found(world, "退款 priority:urgent") == urgent[::-1]
        assert _found(world, "退款 org:北风 -channel:mail priority:urgent") == urgent[::-1]
        assert _found(world, "退款 (status:waiting OR tag:x) opened<1d")[1:] == urgent[::-1]


def test_words_are_left_out_and_chosen_between(world: World):
    refund, invoice, both = world.ticket("退款"), world.ticket("发票"), world.ticket("退款发票")
    assert _found(world, "退款 -发票") == [refund.pk]
    assert _found(world, "退款 OR 发票") == [both.pk, invoice.pk, refund.pk]


def test_tickets_written_down_many_at_once_are_found(world: World):
    matters = [Matter(world.customer, f"批量 {n}", "内容", "api", "", None, None, 2, "") for n in range(3)]
    open_tickets(actor=SYSTEM, matters=matters, at=world.now)
    assert len(_found(world, "批量 内容")) == 3


def test_imported_tickets_are_found(world: World):
    said = PastMessage("m", body="旧系统里的咨询", at=world.now, contact=world.customer)
    past = PastTicket("t", world.customer, "历史工单", world.now, messages=[said])
    bring_in(actor=world.admin, past=[past], source="zendesk", at=world.now)
    assert len(_found(world, "历史工单")) == len(_found(world, "旧系统")) == 1


def test_a_message_that_is_rolled_back_is_not_found(world: World):
    ticket = world.ticket()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        reply(actor=world.li_na, ticket=ticket, member=world.li_na, body="不会发出", at=world.now)
        raise ZeroDivisionError
    assert _found(world, "不会发出") == []


def test_the_palette_finds_a_number_first_and_takes_anything_for_words(world: World):
    first = world.ticket("订单 77")
    second = world.ticket("webhook: 404")

    def search(text: str) -> list[int]:
        return [row.pk for row in lists.search(text, member=world.li_na, at=world.now)]

    assert search(f"#{first.pk}") == search(f" {first.pk}")[:1] == [first.pk]
    assert search("webhook:404") == [second.pk]
    assert search('"webhook') == [second.pk]
    assert search("  ") == []


def test_the_longest_log_in_one_message_is_taken(world: World):
    log = "\n".join(f"line{number} 错误{number}" for number in range(30_000))
    ticket = world.ticket(body=log)
    assert _found(world, "line7") == [ticket.pk]


@pytest.mark.sqlite
def test_a_common_word_is_walked_down_from_the_newest_ticket_and_nothing_is_sorted(world: World):
    Ticket.objects.filter(pk=world.ticket("退款").pk).update(status="resolved")
    with connection.cursor() as cursor:
        cursor.execute(
            "EXPLAIN QUERY PLAN SELECT desk_ticket.id FROM desk_ticketwords CROSS JOIN desk_ticket"
            " WHERE desk_ticketwords MATCH %s AND desk_ticketwords.rowid < 99"
            " AND desk_ticket.id = desk_ticketwords.rowid ORDER BY desk_ticketwords.rowid DESC LIMIT 40",
            ['"退款"'],
        )
        plan = [row[3] for row in cursor.fetchall()]
    assert plan[0].startswith("SCAN desk_ticketwords VIRTUAL TABLE INDEX")
    assert plan[1].startswith("SEARCH desk_ticket USING INTEGER PRIMARY KEY")
    assert not any("TEMP B-TREE" in step for step in plan)


@given(st.text(max_size=40), st.text(max_size=40))
def test_what_is_sought_of_a_part_is_indexed_of_the_whole(before: str, part: str):
    runs = f"{before} {part} "
    assert {word for word in sought(part) if not word.endswith("*")} <= set(indexed(runs))
