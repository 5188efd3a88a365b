"""The search box of the list: queries, their errors, their completion, and views that keep them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fengong.desk.actions.views import save_view
from fengong.desk.models import View
from tests.world import World


def _ids(page: str) -> list[int]:
    return [int(found) for found in re.findall(r'id="row-(\d+)"', page)]


def _options(page: str) -> list[tuple[str, ...]]:
    return re.findall(r'data-value="([^"]*)" data-from="(\d+)" data-to="(\d+)"', page)


def test_the_list_answers_a_query(world: World, reader: Any):
    urgent, _other = world.ticket("付款失败", priority=4), world.ticket("付款成功")
    page = reader(world.li_na).fragment("/tickets?view=all&q=priority:urgent+付款").text
    assert _ids(page) == [urgent.pk]
    assert "view=team" in page


def test_a_bad_query_is_explained_and_its_text_is_kept(world: World, reader: Any):
    world.ticket()
    page = reader(world.li_na).fragment("/tickets?view=all&q=stauts:open").text
    assert _ids(page) == []
    assert "Character 1: There is no word “stauts”." in page
    assert 'value="stauts:open"' in page


def test_words_and_then_their_values_are_proposed_where_the_cursor_stands(world: World, reader: Any):
    client = reader(world.li_na)
    assert ("status:", "0", "2") in _options(client.fragment("/tickets/suggestions?q=st").text)
    assert ("status:", "0", "1") in _options(client.fragment("/tickets/suggestions?q=状").text)
    assert _options(client.fragment("/tickets/suggestions?q=status:op").text) == [("open", "7", "9")]
    assert ("pending", "12", "12") in _options(client.fragment("/tickets/suggestions?q=status:open,").text)
    assert ("李娜", "6", "7") in _options(client.fragment("/tickets/suggestions?q=owner:李").text)
    assert ("accounts", "6", "6") in _options(client.fragment("/tickets/suggestions?q=topic:").text)
    middle = client.fragment("/tickets/suggestions?q=sta+tier:2&at=3").text
    assert ("status:", "0", "3") in _options(middle)


def test_completion_survives_anything(world: World, reader: Any):
    client = reader(world.li_na)
    for text in ("%00", "owner:%22", "((((", "-", "tag:%EF%BC%8C", "field.x:1", "x" * 3000):
        for at in ("", "0", "-1", "99999", "x"):
            assert client.fragment(f"/tickets/suggestions?q={text}&at={at}").status_code == 200


def test_a_query_is_kept_as_a_view_and_becomes_a_tab(world: World, reader: Any):
    urgent = world.ticket(priority=4)
    world.ticket()
    client = reader(world.li_na)
    saved = client.post("/settings/views", {"name": "紧急", "query": "priority:urgent", "sort": "newest"})
    view = View.objects.get()
    assert saved.headers["Location"] == f"/tickets?view=v{view.pk}"
    page = client.fragment(f"/tickets?view=v{view.pk}").text
    assert _ids(page) == [urgent.pk]
    assert re.search(r'aria-current="page"[^>]*>紧急<span class="count">1<', page)


def test_a_view_nobody_can_read_is_refused_with_the_place(world: World, reader: Any):
    client = reader(world.li_na)
    answer = client.post("/settings/views", {"name": "x", "query": "status:nonsense"})
    assert answer.status_code == 422
    assert "Character 8:" in answer.text
    assert not View.objects.exists()


def test_a_view_is_changed_and_removed_on_its_page(world: World, reader: Any):
    client = reader(world.li_na)
    client.post("/settings/views", {"name": "a", "query": "tier:1"})
    pk = View.objects.get().pk
    assert "tier:1" in client.get(f"/settings/views/{pk}").text
    client.post(f"/settings/views/{pk}", {"name": "b", "query": "tier:2"})
    assert View.objects.get().name == "b"
    client.post(f"/settings/views/{pk}/removal")
    assert not View.objects.exists()


def test_an_agent_is_offered_only_views_of_their_own(world: World, reader: Any):
    assert "Everybody" not in reader(world.li_na).get("/settings/views").text
    assert "Everybody" in reader(world.wang_fang).get("/settings/views").text
    shared = save_view(actor=world.wang_fang, name="s", query="tier:1", at=world.now)
    answer = reader(world.li_na).post(f"/settings/views/{shared.pk}", {"name": "mine", "query": "tier:2"})
    assert View.objects.get().name == "s", answer.text


@pytest.mark.parametrize("saved", [0, 8])
def test_tabs_cost_the_same_however_many_views_there_are(world: World, reader: Any, saved: int):
    client = reader(world.li_na)
    for number in range(saved):
        save_view(actor=world.wang_fang, name=f"v{number}", query="status:open", at=world.now)
    client.get("/tickets?view=all")
    with CaptureQueriesContext(connection) as queries:
        client.get("/tickets?view=all")
    assert len(queries) <= 13
