"""The roster: its week, its day, its need, and what is done on it by hand, each with its undo."""

from __future__ import annotations

import html
import json
import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fengong.kernel.actor import SYSTEM
from fengong.people.models import Member
from fengong.rota.actions.breaks import set_breaks
from fengong.rota.actions.leave import request_leave
from fengong.rota.actions.shifts import plan_shift
from fengong.rota.models import Shift, ShiftBreak, Standby
from fengong.rota.reading.weeks import Pause
from fengong.web.roster.asked import Asked
from fengong.web.roster.need import Need
from tests.world import World

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TUESDAY = "2027-03-09"
TYPED = {"day": TUESDAY, "starts": "09:00", "ends": "18:00", "breaks": "12:00-13:00"}


@pytest.fixture
def start(world: World) -> datetime:
    """That Tuesday at 9:00 in Shanghai."""
    return datetime(2027, 3, 9, 1, tzinfo=world.now.tzinfo)


def _shift(world: World, start: datetime, name: str = "li_na") -> Shift:
    return plan_shift(
        actor=SYSTEM, member=world.members[name], starts_at=start, ends_at=start + 9 * HOUR, at=world.now
    )


def _times(member: Member, start: datetime) -> list[tuple[datetime, datetime]]:
    found = Shift.objects.filter(member=member, starts_at__gt=start - 9 * DAY).order_by("starts_at")
    return list(found.values_list("starts_at", "ends_at"))


def _undo(client: Any, page: str) -> Any:
    """Press the undo of a toast."""
    where = re.search(r'hx-post="([^"]+)"', page)
    values = re.search(r"hx-vals='([^']*)'", page)
    assert where, page
    assert values, page
    return client.do(where.group(1), **json.loads(html.unescape(values.group(1))))


def test_a_shift_is_planned_with_its_break_and_the_undo_takes_it_away(world: World, reader, start: datetime):
    client = reader(world.wang_fang)
    answer = client.do("/roster/shifts/new", member=world.li_na.pk, **TYPED)
    assert answer.status_code == 200
    assert _times(world.li_na, start) == [(start, start + 9 * HOUR)]
    assert ShiftBreak.objects.get().starts_at == start + 3 * HOUR
    assert ">09:00–18:00</button>" in client.get(f"/roster?day={TUESDAY}").text
    _undo(client, answer.text)
    assert _times(world.li_na, start) == []


def test_a_night_ends_on_the_next_day(world: World, reader, start: datetime):
    night = {**TYPED, "starts": "22:00", "ends": "06:00", "breaks": "01:00-01:30"}
    reader(world.wang_fang).do("/roster/shifts/new", member=world.li_na.pk, **night)
    assert _times(world.li_na, start) == [(start + 13 * HOUR, start + 21 * HOUR)]
    assert ShiftBreak.objects.get().starts_at == start + 16 * HOUR


def test_what_is_typed_wrong_is_refused_by_a_sentence_and_nothing_is_planned(world: World, reader, start):
    client = reader(world.wang_fang)
    for wrong in ({"breaks": "noon"}, {"breaks": "19:00-20:00"}, {"day": "soon"}, {"starts": ""}):
        answer = client.do("/roster/shifts/new", **{**TYPED, "member": world.li_na.pk, **wrong})
        assert answer.status_code == 422
        assert "toast" in answer.text
    assert _times(world.li_na, start) == []


def test_a_dropped_shift_moves_at_its_time_on_the_clock_and_back(world: World, reader, start: datetime):
    client, shift = reader(world.wang_fang), _shift(world, start)
    to = {"member": world.li_na.pk, "day": "2027-03-11"}
    answer = client.do(f"/roster/shifts/{shift.pk}/place", **to)
    assert _times(world.li_na, start) == [(start + 2 * DAY, start + 2 * DAY + 9 * HOUR)]
    _undo(client, answer.text)
    assert _times(world.li_na, start) == [(start, start + 9 * HOUR)]


def test_a_shift_dropped_on_a_colleague_is_theirs_and_comes_back(world: World, reader, start: datetime):
    client, shift = reader(world.wang_fang), _shift(world, start)
    answer = client.do(f"/roster/shifts/{shift.pk}/place", member=world.sun_hao.pk, day=TUESDAY)
    assert (_times(world.li_na, start), len(_times(world.sun_hao, start))) == ([], 1)
    _undo(client, answer.text)
    assert (len(_times(world.li_na, start)), _times(world.sun_hao, start)) == (1, [])


def test_the_dialog_changes_time_and_breaks_together(world: World, reader, start: datetime):
    client, shift = reader(world.wang_fang), _shift(world, start)
    assert 'value="09:00"' in client.fragment(f"/roster/shifts/{shift.pk}").text
    changed = {**TYPED, "starts": "10:00", "breaks": "13:00-13:30; 16:00-16:10"}
    client.do(f"/roster/shifts/{shift.pk}", member=world.li_na.pk, **changed)
    assert _times(world.li_na, start) == [(start + HOUR, start + 9 * HOUR)]
    assert ShiftBreak.objects.count() == 2


def test_a_cancelled_shift_comes_back_by_its_undo(world: World, reader, start: datetime):
    client, shift = reader(world.wang_fang), _shift(world, start)
    answer = client.do(f"/roster/shifts/{shift.pk}/cancellation")
    assert _times(world.li_na, start) == []
    _undo(client, answer.text)
    assert _times(world.li_na, start) == [(start, start + 9 * HOUR)]


def test_a_week_is_copied_into_the_next_and_taken_back(world: World, reader, start: datetime):
    client = reader(world.wang_fang)
    _shift(world, start)
    _shift(world, start, "he_jie")
    answer = client.do("/roster/copies", source="2027-03-08", target="2027-03-15")
    assert "1 shift was copied." in answer.text
    assert len(_times(world.li_na, start)) == 2
    _undo(client, answer.text)
    assert len(_times(world.li_na, start)) == 1


def test_standby_is_planned_cancelled_and_planned_again(world: World, reader):
    client = reader(world.wang_fang)
    typed = {
        "member": world.li_na.pk,
        "day": TUESDAY,
        "starts": "18:00",
        "ends": "09:00",
        "answers_within": 15,
    }
    client.do("/roster/standby/new", **typed)
    standby = Standby.objects.get()
    assert standby.ends_at - standby.starts_at == 15 * HOUR
    answer = client.do(f"/roster/standby/{standby.pk}/cancellation")
    assert not Standby.objects.exists()
    _undo(client, answer.text)
    again = Standby.objects.get()
    assert (again.starts_at, again.ends_at, again.answers_within) == (standby.starts_at, standby.ends_at, 15)


def test_agents_see_the_week_but_change_nothing(world: World, reader, start: datetime):
    client, shift = reader(world.zhou_min), _shift(world, start)
    page = client.get(f"/roster?day={TUESDAY}").text
    assert "09:00–18:00</span>" in page
    assert 'draggable="true"' not in page
    assert client.do(f"/roster/shifts/{shift.pk}/cancellation").status_code == 403
    assert (
        client.do(f"/roster/shifts/{shift.pk}/place", member=world.li_na.pk, day=TUESDAY).status_code == 403
    )
    assert client.fragment("/roster/shifts/new").status_code == 403


def test_a_lead_changes_only_their_own_team(world: World, reader, start: datetime):
    shift = _shift(world, start, "he_jie")
    client = reader(world.wang_fang)
    assert client.do(f"/roster/shifts/{shift.pk}/cancellation").status_code == 403
    page = client.get(f"/roster?day={TUESDAY}&team=all").text
    assert f'data-member="{world.li_na.pk}"' in page
    assert f'data-member="{world.he_jie.pk}"' not in page


def test_who_may_not_see_the_roster_comes_to_their_own_shifts(world: World, reader):
    client = reader(world.tang_yun)
    assert client.get("/roster").headers["Location"] == "/roster/mine"
    assert client.get("/roster/day").status_code == 403
    assert client.get("/roster/need").status_code == 403


def test_why_somebody_is_away_is_told_only_to_who_may_know(world: World, reader, start: datetime):
    span = {"starts_at": start, "ends_at": start + DAY, "at": world.now}
    request_leave(actor=world.li_na, member=world.li_na, kind="sick", **span)
    assert "Sick leave" in reader(world.wang_fang).get(f"/roster?day={TUESDAY}").text
    for path in (f"/roster?day={TUESDAY}", f"/roster/day?day={TUESDAY}"):
        assert "is-leave" not in reader(world.zhou_min).get(path).text.replace("i class", "")


def test_strain_is_told_in_place(world: World, reader, start: datetime):
    _shift(world, start)
    _shift(world, start + 15 * HOUR)
    assert "Only 6 h of rest before" in reader(world.wang_fang).get(f"/roster?day={TUESDAY}").text


def test_the_day_shows_who_is_on_it_and_who_is_not(world: World, reader, start: datetime):
    shift = _shift(world, start)
    set_breaks(actor=SYSTEM, shift=shift, breaks=[Pause(start + 3 * HOUR, start + 4 * HOUR)], at=world.now)
    page = reader(world.wang_fang).get(f"/roster/day?day={TUESDAY}").text
    assert '<rect class="is-shift" x="375.0" width="375.0"' in page
    assert '<rect class="is-break" x="500.0" width="41.67"' in page
    assert "Not on the roster:" in page


def test_the_need_of_an_hour_is_the_effort_that_usually_comes_in_it(world: World, start: datetime):
    for week in range(1, 5):
        for _ in range(6):
            world.ticket(topic="api", difficulty=2, at=start - week * 7 * DAY)
    _shift(world, start)
    asked = Asked(start.date(), start.date(), None, "Asia/Shanghai", start)
    need = Need(asked)
    tuesday = need.days[1][1]
    assert (tuesday[9].staff, tuesday[9].needed, tuesday[9].state) == (1.0, 4, "late")
    assert (tuesday[10].needed, tuesday[10].state) == (0, "fine")
    assert need.worst == (start.date(), tuesday[9])
    assert need.short == 3.0


@pytest.mark.parametrize("path", ["/roster", "/roster/day", "/roster/need"])
def test_a_fuller_roster_takes_no_more_statements(world: World, reader, start: datetime, path: str):
    client, counts = reader(world.admin), []
    client.get(path)
    for offset, names in ((0, ["li_na"]), (1, [*world.members])):
        for name in names:
            shift = _shift(world, start + offset * DAY, name)
            pause = Pause(shift.starts_at, shift.starts_at + HOUR)
            set_breaks(actor=SYSTEM, shift=shift, breaks=[pause], at=world.now)
        with CaptureQueriesContext(connection) as queries:
            client.get(f"{path}?day={TUESDAY if not offset else '2027-03-10'}&team=all")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 14
