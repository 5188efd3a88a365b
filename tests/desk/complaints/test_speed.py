"""Complaint 23: desks that slow down with people, customers and years. Shown by what is asked of the database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from fengong.customers.models import Contact
from fengong.desk.models import Ticket
from fengong.desk.queries import tickets
from fengong.desk.reading import counting, lists, words
from fengong.desk.reading.lists import Wanted
from fengong.people.actions.accounts import note_seen
from fengong.people.models import Account, Member
from tests.world import World


def _asked(act: Callable[[], Any]) -> list[str]:
    """The statements that something takes, apart from those that only begin and end transactions."""
    with CaptureQueriesContext(connection) as captured:
        act()
    frame = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
    return [query["sql"] for query in captured.captured_queries if not query["sql"].startswith(frame)]


def _plan(sql: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + sql.replace("%", "%%"))
        return "\n".join(row[3] for row in cursor.fetchall())


def _tickets(world: World, count: int, **more: Any) -> None:
    made = {"customer": world.customer, "waiting_since": world.now, **more}
    Ticket.objects.bulk_create(
        Ticket(subject=f"t{n}", opened_at=world.now - timedelta(minutes=n), **made) for n in range(count)
    )


@pytest.mark.parametrize(
    "path", ["/tickets?view=all", "/tickets?view=team", "/tickets?view=all&q=status:open"]
)
def test_23_a_list_asks_as_much_of_ten_tickets_as_of_three_hundred(world: World, reader: Any, path: str):
    client = reader(world.li_na)
    costs = []
    for more in (10, 290):
        _tickets(world, more, status="open", owner=world.li_na)
        client.get(path)
        costs.append(len(_asked(lambda: client.get(path))))
    assert costs[0] == costs[1]


def test_23_members_and_contacts_are_never_all_loaded_to_choose_one(world: World, reader: Any):
    Contact.objects.bulk_create(Contact(display_name=f"客户{n}", email=f"c{n}@x.example") for n in range(300))
    positions = {"position": world.positions["l1"], "team": world.teams["north"]}
    Member.objects.bulk_create(Member(display_name=f"成员{n}", **positions) for n in range(300))
    client = reader(world.li_na)
    for path in (
        "/tickets?view=all",
        "/tickets/suggestions?q=owner:成",
        "/tickets/suggestions?q=customer:客",
        "/search?q=客户",
    ):
        page = client.fragment(path).text
        assert page.count("客户") + page.count("成员") <= 40, path


def test_23_a_proposal_reads_no_more_names_than_it_shows(world: World, reader: Any):
    client = reader(world.li_na)
    client.fragment("/tickets/suggestions?q=customer:王")
    asked = _asked(lambda: client.fragment("/tickets/suggestions?q=customer:王"))
    contacts = [sql for sql in asked if "customers_contact" in sql]
    assert contacts
    assert all("LIMIT" in sql for sql in contacts)


def test_23_being_seen_is_one_statement_and_not_at_every_click(world: World):
    account = Account.objects.get(email="li_na@example.test")
    asked = _asked(lambda: note_seen(account=account, at=world.now))
    assert len(asked) == 1
    account.refresh_from_db()
    assert _asked(lambda: note_seen(account=account, at=world.now)) == []


def test_23_all_tabs_are_counted_in_one_statement_that_stops_at_a_hundred(world: World):
    _tickets(world, 150, status="waiting")
    asked = _asked(lambda: counting.of_tabs(world.li_na, [], at=world.now))
    assert len(asked) == 1
    assert asked[0].count(f"LIMIT {counting.BOUND}") == 3
    assert counting.of_tabs(world.li_na, [], at=world.now)["unassigned"] == counting.BOUND


def test_23_resolved_tickets_of_past_years_are_not_counted(world: World):
    _tickets(world, 50, status="resolved", resolved_at=world.now)
    assert set(counting.of_tabs(world.li_na, [], at=world.now).values()) == {0}


@pytest.mark.sqlite
@pytest.mark.parametrize("query", ["", "owner:me", "-snoozed:yes", "tier:1"])
def test_23_the_newest_tickets_come_from_an_index_and_nothing_is_sorted(world: World, query: str):
    asked = _asked(lambda: lists.listed(Wanted(world.li_na, world.now, query=query)))
    plan = _plan(asked[-1])
    assert "USING INDEX ticket_newest" in plan or "USING INDEX ticket_owner_newest" in plan, plan
    assert "TEMP B-TREE" not in plan


@pytest.mark.sqlite
def test_23_counting_live_tickets_never_scans_the_whole_table(world: World):
    asked = _asked(lambda: counting.of_tabs(world.li_na, [], at=world.now))
    assert "SCAN U0" not in _plan(asked[0])
    assert "SCAN desk_ticket" not in _plan(asked[0])


@pytest.mark.sqlite
def test_23_a_search_never_reads_the_texts_of_messages(world: World):
    for number in range(20):
        world.ticket(f"退款 {number}")
    asked = _asked(lambda: words.with_words(tickets(), ("退款",), Q(), past=None, limit=5))
    assert not any("desk_message" in sql or "LIKE" in sql for sql in asked)
    assert any("desk_ticketwords MATCH" in sql for sql in asked)


def test_23_the_next_page_begins_at_a_place_and_skips_no_rows(world: World):
    _tickets(world, 100, status="resolved", resolved_at=world.now)
    first = lists.listed(Wanted(world.li_na, world.now), limit=40)
    asked = _asked(lambda: lists.listed(Wanted(world.li_na, world.now), after=first.after, limit=40))
    assert not any("OFFSET" in sql for sql in asked)
