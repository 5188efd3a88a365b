"""CSV and XLSX: encodings, delimiters, columns guessed or said, rows with one id as turns, refusals by line."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from openpyxl import Workbook

from fengong.desk.models import Ticket
from fengong.integrations.imports import queries
from fengong.integrations.imports.readers.table import guess
from tests.integrations.imports.conftest import Bring
from tests.world import World

WALL_TIME = datetime(2025, 5, 1, 8, 30, tzinfo=UTC).replace(tzinfo=None)
"""A spreadsheet keeps times without a zone."""
CHINESE = (
    "编号,标题,描述,客户,客户邮箱,状态,优先级,标签,负责人,创建时间,解决时间\n"
    "8,打印机坏了,不出纸,王五,wu@example.test,已解决,高,硬件；急,li_na@example.test,2025-03-01 09:00,2025-03-01 11:00\n"
    '9,"登录,失败","第一行\n第二行",王五,wu@example.test,处理中,,,,2025/03/02 10:00,\n'
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_chinese_table_is_understood_by_its_names(world: World, bring: Bring, encoding: str):
    run = bring("table", CHINESE.encode(encoding), name="t.csv", zone="Asia/Shanghai")
    first = Ticket.objects.get(external_id="table:acme:t8")
    assert (run.counts["new"], run.refused) == (2, 0)
    assert (first.status, first.priority, first.owner) == ("resolved", 3, world.li_na)
    assert first.opened_at == datetime(2025, 3, 1, 1, 0, tzinfo=UTC)
    assert {tagging.tag.name for tagging in first.taggings.all()} == {"硬件", "急"}
    assert Ticket.objects.get(external_id="table:acme:t9").messages.get().body == "第一行\n第二行"


def test_columns_may_be_said(world: World, bring: Bring):
    table = b"a;b;c;d\nOdd;2025-01-02T03:04:05Z;ann@example.test;A-7\n"
    columns = {"a": "subject", "b": "opened_at", "c": "customer_email", "d": "field.order_no"}
    bring("table", table, name="t.csv", columns=columns)
    ticket = Ticket.objects.get(subject="Odd")
    assert (ticket.fields, ticket.customer.email) == ({"order_no": "A-7"}, "ann@example.test")


def test_rows_with_one_id_are_turns_of_one_ticket(world: World, bring: Bring):
    table = (
        "id,subject,body,email,author,created\n"
        "1,Hello,first,ann@example.test,,2025-01-01 10:00\n"
        "1,Hello,answer,ann@example.test,li_na@example.test,2025-01-01 11:00\n"
    )
    bring("table", table.encode(), name="t.csv")
    ticket = Ticket.objects.get(external_id="table:acme:t1")
    assert [message.body for message in ticket.messages.order_by("at")] == ["first", "answer"]


def test_a_bad_row_is_named_by_line_and_column_and_the_others_come_in(world: World, bring: Bring):
    table = (
        "id,subject,email,created\n"
        '1,"two\nlines",ann@example.test,2025-01-01\n'
        "2,Bad time,ann@example.test,2025-13-01\n"
        "3,,ann@example.test,2025-01-01\n"
        "4,Good,ann@example.test,2025-01-01\n"
    )
    run = bring("table", table.encode(), name="t.csv")
    assert [(r.line, r.column, r.external_id) for r in queries.refusals(run)] == [
        (4, "created", "2"), (5, "subject", "3"),
    ]  # fmt: skip
    assert run.counts["new"] == 2


def test_a_workbook_is_read_with_its_own_dates(world: World, bring: Bring):
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Subject", "Email", "Created", "Status"])
    sheet.append(["From a sheet", "ann@example.test", WALL_TIME, "closed"])
    held = io.BytesIO()
    book.save(held)
    bring("table", held.getvalue(), name="t.xlsx", zone="UTC")
    ticket = Ticket.objects.get(subject="From a sheet")
    assert (ticket.opened_at, ticket.status) == (datetime(2025, 5, 1, 8, 30, tzinfo=UTC), "resolved")


def test_a_table_without_the_needed_columns_says_which(world: World, bring: Bring):
    run = bring("table", b"foo,bar\n1,2\n", name="t.csv")
    assert "subject" in queries.refusals(run).get().reason


def test_names_are_guessed_once_each():
    assert guess(["Title", "Subject", "Field Order No", "Unknown"]) == {
        "Title": "subject", "Field Order No": "field.order_no",
    }  # fmt: skip
