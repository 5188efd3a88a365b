"""Complaint 10: no record of who was online when: worked hours per shift cannot be counted, nor who is busy now."""

from __future__ import annotations

import pytest

from fengong.desk.models import Ticket
from fengong.dispatch import queries
from fengong.rota.reading.status import accounts
from tests.scenarios.acts import HOUR, MINUTE, give, say
from tests.world import World


def test_10_the_worked_hours_of_a_shift_are_what_was_spent_online_in_it(world: World):
    """A shift of eight hours from 10:00: here from 10:30, away for an hour, gone an hour before its end."""
    begins = world.now - 4 * HOUR
    for hours, status in ((0.5, "online"), (3, "away"), (4, "online"), (7, "offline")):
        say(world.li_na, status, at=begins + hours * HOUR)
    found = accounts(begins, begins + 24 * HOUR, at=begins + 24 * HOUR, members=[world.li_na.pk])
    (shift,) = [stint for stint in found[world.li_na.pk].stints if stint.planned]
    assert shift.worked == pytest.approx(5.5)
    assert shift.hours["away"] == pytest.approx(1)
    assert shift.hours["absent"] == pytest.approx(1.5)
    assert sum(shift.hours.values()) == pytest.approx(8)


def test_10_while_the_shift_runs_it_is_counted_as_far_as_it_has_come(world: World):
    begins = world.now - 4 * HOUR
    say(world.li_na, "online", at=begins)
    found = accounts(begins, begins + 24 * HOUR, at=world.now, members=[world.li_na.pk])
    (shift,) = found[world.li_na.pk].stints
    assert shift.worked == pytest.approx(4)


def test_10_every_change_is_kept_in_order_with_its_moment(world: World):
    begins = world.now - 4 * HOUR
    told = [("online", 0.0), ("away", 2.0), ("online", 2.25)]
    for status, hours in told:
        say(world.li_na, status, at=begins + hours * HOUR)
    found = accounts(begins, begins + 24 * HOUR, at=world.now, members=[world.li_na.pk])
    (shift,) = found[world.li_na.pk].stints
    assert [(part.kind, (part.starts_at - begins) / HOUR) for part in shift.parts] == told


def test_10_who_is_online_and_who_is_busy_is_seen_at_one_glance(world: World):
    say(world.li_na, "online", at=world.now)
    say(world.sun_hao, "away", at=world.now)
    for number in range(12):
        give(world, world.ticket(f"#{number}"), world.li_na)
    rows = {row.member: row for row in queries.board(world.now).rows}
    assert (rows[world.li_na].status, rows[world.li_na].share) == ("online", 1.0)
    assert (rows[world.sun_hao].status, rows[world.sun_hao].share) == ("away", 0.0)
    assert rows[world.he_jie].status == "offline"
    assert rows[world.li_na].off_at == world.now + 4 * HOUR


def test_10_how_long_a_conversation_lasted_with_whom_can_be_told(world: World):
    ticket = give(world, world.ticket(channel="chat"), world.li_na, at=world.now + MINUTE)
    row = Ticket.objects.get(pk=ticket.pk)
    assert row.assigned_at == world.now + MINUTE
    decision = queries.decisions_of(row).get()
    assert (decision.winner, decision.at) == (world.li_na, world.now + MINUTE)
