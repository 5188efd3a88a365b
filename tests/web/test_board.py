"""The dispatcher board and Today."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from fengong.desk.models import Ticket
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.dispatch.actions.matching import match_waiting
from fengong.kernel.actor import MATCHER
from fengong.kernel.clock import now
from fengong.kernel.spine import last_seq
from fengong.web.division import views
from fengong.web.division.board import Drawn, gini
from fengong.web.today.day import Day
from tests.world import World


def test_the_board_shows_everybody_with_their_tickets_and_what_waits(world: World, reader):
    world.go_online("zhou_min")
    held, waits = (
        world.ticket("held", topic="api", difficulty=2),
        world.ticket("waits", topic="invoices", difficulty=3),
    )
    match_waiting(actor=MATCHER, at=world.now)
    page = reader(world.wang_fang).get("/division").text
    assert f'id="part-{held.pk}"' in page
    assert f'id="wait-{waits.pk}"' in page
    assert page.count('<tr id="member-') == 5


def test_lanes_share_one_scale_and_parts_add_up(world: World):
    world.go_online()
    for _ in range(3):
        ticket = world.ticket(topic="api", difficulty=2)
        assign_ticket(actor=world.wang_fang, ticket=ticket, member=world.zhou_min, at=world.now)
    lane = next(lane for lane in Drawn(world.now).lanes if lane.row.member == world.zhou_min)
    assert lane.full == 90
    assert sum(part.share for part in lane.parts) == 45


def test_a_bigger_board_takes_no_more_statements(world: World, reader):
    world.go_online()
    client, counts = reader(world.wang_fang), []
    client.fragment("/division")
    for more in (2, 12):
        for _ in range(more):
            world.ticket(topic="api", difficulty=2)
        match_waiting(actor=MATCHER, at=world.now)
        with CaptureQueriesContext(connection) as queries:
            client.fragment("/division")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 16


def test_a_dropped_ticket_changes_hands_and_can_go_back(world: World, reader):
    world.go_online()
    ticket = world.ticket(topic="api", difficulty=2)
    assign_ticket(actor=world.wang_fang, ticket=ticket, member=world.zhou_min, at=world.now)
    answer = reader(world.wang_fang).do("/division/assignments", ticket=ticket.pk, member=world.chen_li.pk)
    assert Ticket.objects.get(pk=ticket.pk).owner == world.chen_li
    assert "Undo" in answer.text


def test_an_agent_may_look_but_not_move_others_work(world: World, reader):
    world.go_online()
    ticket = world.ticket(topic="api", difficulty=2)
    assign_ticket(actor=world.wang_fang, ticket=ticket, member=world.zhou_min, at=world.now)
    client = reader(world.li_na)
    assert client.get("/division").status_code == 200
    assert client.do("/division/assignments", ticket=ticket.pk, member=world.li_na.pk).status_code == 403
    assert Ticket.objects.get(pk=ticket.pk).owner == world.zhou_min


def test_a_stale_drop_is_refused_with_a_sentence(world: World, reader):
    world.go_online()
    ticket = world.ticket(topic="api", difficulty=2)
    answer = reader(world.wang_fang).do(
        "/division/assignments", ticket=ticket.pk, member=world.chen_li.pk, seen=99
    )
    assert answer.status_code == 409
    assert "has changed" in answer.text


@pytest.mark.parametrize(
    ("values", "expected"), [([], 0), ([3, 3, 3], 0), ([0, 0, 0, 8], 0.75), ([1, 3], 0.25)]
)
def test_the_spread_of_load_is_the_gini_coefficient(values: list[float], expected: float):
    assert gini(values) == pytest.approx(expected)


def test_today_puts_broken_promises_first_then_what_is_due_soon_then_the_longest_wait(world: World):
    at = now()
    ages = {"fine": 5, "late": 90, "soon": 40, "older": 20}
    for name, minutes in ages.items():
        priority = 1 if name in ("fine", "older") else 2
        ticket = world.ticket(name, at=at - timedelta(minutes=minutes), priority=priority)
        assign_ticket(actor=world.wang_fang, ticket=ticket, member=world.zhou_min, at=at)
    day = Day(world.zhou_min, at)
    assert [ticket.subject for ticket, _reason in day.next] == ["late", "soon", "older", "fine"]
    assert day.counts == {"open": 4, "late": 1, "soon": 1}
    with override("en"):
        assert day.next[0][1] == "First response is overdue"


def test_a_fuller_day_takes_no_more_statements(world: World, reader):
    client, counts = reader(world.zhou_min), []
    client.fragment("/today")
    for more in (1, 6):
        for _ in range(more):
            ticket = world.ticket(topic="accounts", difficulty=2)
            assign_ticket(actor=world.wang_fang, ticket=ticket, member=world.zhou_min, at=world.now)
        with CaptureQueriesContext(connection) as queries:
            client.fragment("/today")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 16


def test_a_lead_sees_what_presses_in_the_team(world: World, reader):
    world.go_online()
    ticket = world.ticket("pressing", topic="api", difficulty=2)
    assign_ticket(actor=world.wang_fang, ticket=ticket, member=world.zhou_min, at=world.now)
    page = reader(world.wang_fang).get("/today").text
    assert "Most pressing in the team" in page
    assert f"/tickets?view=team&amp;ticket={ticket.pk}" in page


def test_today_tells_a_lead_about_the_team_and_an_agent_about_the_load(world: World, reader):
    world.go_online()
    assert "My team now" in reader(world.wang_fang).get("/today").text
    agent = reader(world.zhou_min).get("/today").text
    assert "My load" in agent
    assert "My team now" not in agent


def test_the_effect_shown_before_a_drop_says_whom_the_matcher_would_choose(world: World, reader):
    world.go_online()
    ticket = world.ticket(topic="api", difficulty=3)
    page = reader(world.wang_fang).get(f"/tickets/{ticket.pk}/assignment?from=board").text
    first = page[page.index("data-member=") :][: page.index("data-sentence=") + 200]
    assert f'data-member="{world.he_jie.pk}"' in first
    assert page.count("the matcher&#x27;s first choice") >= 1


def test_what_happens_while_the_page_is_drawn_is_heard_by_its_stream(world: World, reader, monkeypatch):
    """The rows are read before the page says from where it listens; nothing may fall in between."""
    before = last_seq()
    drawn = views.Drawn

    def drawn_slowly(at):
        found = drawn(at)
        world.ticket(topic="api", difficulty=2)
        return found

    monkeypatch.setattr(views, "Drawn", drawn_slowly)
    page = reader(world.wang_fang).get("/division", HTTP_ACCEPT="text/html,application/xhtml+xml").text
    since = int(re.search(r"since=(\d+)", page)[1])
    assert since < last_seq()
    assert since >= before
