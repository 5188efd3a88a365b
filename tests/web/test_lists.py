"""The list of tickets: tabs, filters, places, and how many statements it takes."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fengong.dispatch.actions.assignments import assign_ticket
from tests.world import World


def _ids(page: str) -> list[int]:
    return [int(found) for found in re.findall(r'id="row-(\d+)"', page)]


def _fill(world: World, count: int) -> None:
    for number in range(count):
        world.ticket(f"matter {number}", at=world.now + timedelta(minutes=number), difficulty=1 + number % 3)


def test_each_tab_holds_its_tickets_and_counts_them(world: World, reader):
    world.go_online()
    mine, free = world.ticket("mine"), world.ticket("free")
    assign_ticket(actor=world.zhou_min, ticket=mine, member=world.zhou_min, at=world.now)
    client = reader(world.zhou_min)
    found = {
        view: _ids(client.fragment(f"/tickets?view={view}").text)
        for view in ("mine", "team", "unassigned", "all")
    }
    assert found == {"mine": [mine.pk], "team": [mine.pk], "unassigned": [free.pk], "all": [free.pk, mine.pk]}
    assert re.findall(r'class="count">(\d+)<', client.fragment("/tickets").text) == ["1", "1", "1"]


@pytest.mark.parametrize("view", ["unassigned", "all"])
def test_turning_the_pages_shows_every_ticket_once(world: World, reader, view: str):
    _fill(world, 95)
    client, path, seen = reader(world.li_na), f"/tickets?view={view}", []
    while path:
        page = client.fragment(path).text
        seen += _ids(page)
        more = re.search(r'hx-get="(/tickets\?[^"]*after=[^"]*)"', page)
        path = more.group(1).replace("&amp;", "&") if more else ""
    assert len(seen) == 95
    assert len(set(seen)) == 95


def test_what_was_shown_is_shown_again_when_the_list_refreshes(world: World, reader):
    _fill(world, 95)
    assert len(_ids(reader(world.li_na).fragment("/tickets?view=all&shown=80").text)) == 80


def test_filters_narrow_and_stay_in_every_address(world: World, reader):
    _fill(world, 9)
    page = reader(world.li_na).fragment("/tickets?view=all&q=matter&difficulty=3").text
    assert len(_ids(page)) == 3
    assert "view=team&amp;q=matter&amp;difficulty=3" in page.replace(
        "q=matter&difficulty=3&view=team", ""
    ) or ("q=matter&amp;difficulty=3&amp;view=team" in page)


def test_an_address_that_makes_no_sense_shows_the_list_all_the_same(world: World, reader):
    world.ticket()
    client = reader(world.li_na)
    for query in (
        "view=nonsense",
        "view=all&topic=x&difficulty=9",
        "view=all&after=%00_x",
        "view=all&after=2026-03-02_5",
        "view=all&q=%00",
        "view=all&shown=-3",
    ):
        assert client.get(f"/tickets?{query}").status_code == 200


@pytest.mark.parametrize("path", ["/tickets?view=all", "/tickets?view=unassigned"])
def test_a_longer_list_takes_no_more_statements(world: World, reader, path: str):
    client = reader(world.li_na)
    client.get(path)
    counts = []
    for more in (5, 30):
        _fill(world, more)
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 14


def test_the_palette_finds_by_number_and_by_words(world: World, reader):
    first, second = world.ticket("发票抬头写错"), world.ticket("webhook retries")
    client = reader(world.li_na)
    assert f"#{first.pk} " in client.fragment(f"/search?q=%23{first.pk}").text
    assert f"#{second.pk} " in client.fragment("/search?q=webhook").text
    assert client.fragment("/search?q=").text.strip() == ""
    assert "No ticket found." in client.fragment("/search?q=%23999999").text
    assert client.fragment("/search?q=%00").text.strip() == ""


def test_one_ticket_alone_opens_beside_its_list(world: World, reader):
    ticket = world.ticket()
    client = reader(world.li_na)
    assert client.get(f"/tickets/{ticket.pk}").headers["Location"] == f"/tickets?view=all&ticket={ticket.pk}"
    assert client.get("/tickets/999999", follow=True).status_code == 404
    assert client.fragment("/tickets/999999").status_code == 404
