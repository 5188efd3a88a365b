"""Pieces that are drawn once: they depend on nothing but their values, the language and the zone."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation
from django.utils.safestring import SafeString

from fengong.desk.actions.views import save_view
from fengong.desk.reading import lists
from fengong.web.drawing import drawn
from fengong.web.promises import Promise
from fengong.web.tickets.rowing import Reader, rows_of
from tests.world import World

FACE = "parts/face.html"
ROW = "tickets/row.html"


def test_the_same_values_look_different_in_another_language_and_zone(world: World):
    world.ticket("x")
    shown = lists.listed(lists.Wanted(world.li_na, world.now))
    (row,) = rows_of(shown.rows, Reader(world.li_na, "view=all", None))
    promise = Promise("resolution", world.now, "late", "1 h")
    found = set()
    for language in ("en", "zh-hans"):
        for zone in ("Asia/Shanghai", "Europe/Berlin"):
            with translation.override(language), timezone.override(ZoneInfo(zone)):
                found.add(drawn(ROW, row=replace(row, promise=promise)))
    assert len(found) == 4


def test_text_is_escaped_however_it_was_drawn_before():
    harmful = "<b>x</b>"
    assert harmful not in drawn(FACE, name=harmful)
    with pytest.raises(TypeError):
        drawn(FACE, name=SafeString(harmful))
    assert harmful not in drawn(FACE, name=harmful)


def test_a_row_changes_with_each_thing_it_shows(world: World, reader):
    ticket = world.ticket("the old subject")
    client = reader(world.li_na)
    assert "the old subject" in client.fragment("/tickets?view=all").text
    type(ticket).objects.filter(pk=ticket.pk).update(
        subject="a new one", last_member_at=world.now + timedelta(1)
    )
    page = client.fragment("/tickets?view=all").text
    assert "a new one" in page
    assert "the old subject" not in page
    assert "data-new" not in page


def test_no_row_of_one_member_is_shown_to_another_as_theirs(world: World, reader):
    world.go_online()
    ticket = world.ticket("x")
    type(ticket).objects.filter(pk=ticket.pk).update(owner=world.zhou_min, status="open")
    mine = reader(world.zhou_min).fragment("/tickets?view=all").text
    others = reader(world.li_na).fragment("/tickets?view=all").text
    assert world.zhou_min.display_name not in mine
    assert world.zhou_min.display_name in others


def test_saved_views_are_counted_when_their_menu_is_opened(world: World, reader):
    for number in range(3):
        world.ticket(f"urgent {number}")
    view = save_view(
        actor=world.li_na, name="Waiting", query="status:waiting", member=world.li_na, at=world.now
    )
    client = reader(world.li_na)
    listed, opened = (
        client.fragment("/tickets?view=all").text,
        client.fragment("/tickets/views?view=all").text,
    )
    counts = [re.findall(rf'view=v{view.pk}"[^>]*>.*?push">(\d+)<', page, re.S) for page in (listed, opened)]
    assert counts == [[], ["3"]]
