"""One's own shifts, leave, patterns, files, and how shifts were spent, as pages."""

from __future__ import annotations

import csv
import io
import re
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fengong.kernel.actor import SYSTEM
from fengong.kernel.clock import now
from fengong.rota.actions.breaks import set_breaks
from fengong.rota.actions.leave import request_leave
from fengong.rota.actions.presence import set_presence
from fengong.rota.actions.shifts import plan_shift
from fengong.rota.models import Leave, Pattern, Shift, ShiftBreak
from fengong.rota.reading.weeks import Pause
from tests.web.test_roster import _undo
from tests.world import World

ZONE = ZoneInfo("Asia/Shanghai")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
DAYS = {f"w0_{day}": "09:00-18:00" for day in range(5)} | {"w0_5": "", "w0_6": ""}
PATTERN = {
    "name": "Office",
    "starts_on": "2027-03-08",
    "zone": "Asia/Shanghai",
    "breaks": "12:00-13:00 in 11:30-14:00",
    "weeks": 1,
    **DAYS,
}
LINES = (
    "member,kind,start,end,key\n李娜,shift,2027-03-09 09:00,18:00,a\nNobody,shift,2027-03-09 09:00,18:00,b\n"
)


@pytest.fixture
def start() -> datetime:
    """The next full hour from tomorrow on."""
    return now().replace(minute=0, second=0, microsecond=0) + DAY


def _shift(world: World, start: datetime, name: str = "li_na") -> Shift:
    return plan_shift(
        actor=SYSTEM, member=world.members[name], starts_at=start, ends_at=start + 8 * HOUR, at=world.now
    )


def test_members_see_their_own_shifts_and_move_a_break_within_its_window(world: World, reader, start):
    shift = _shift(world, start)
    window = (start + HOUR, start + 6 * HOUR)
    pause = Pause(start + 2 * HOUR, start + 3 * HOUR, window)
    set_breaks(actor=SYSTEM, shift=shift, breaks=[pause], at=world.now)
    client, held = reader(world.li_na), ShiftBreak.objects.get()
    page = client.get("/roster/mine").text
    assert f'hx-post="/roster/breaks/{held.pk}"' in page
    clock = (start + 4 * HOUR).astimezone(ZONE).strftime("%H:%M")
    answer = client.do(f"/roster/breaks/{held.pk}", starts=clock)
    assert ShiftBreak.objects.get().starts_at == start + 4 * HOUR
    _undo(client, answer.text)
    assert ShiftBreak.objects.get().starts_at == start + 2 * HOUR


def test_leave_is_asked_for_approved_and_the_decision_undone(world: World, reader, start: datetime):
    _shift(world, start)
    day = start.astimezone(ZONE).date().isoformat()
    asked = reader(world.li_na).post(
        "/roster/leave/new", {"kind": "annual", "first_day": day, "last_day": day, "note": "旅行"}
    )
    assert asked.headers["Location"] == "/roster/leave"
    leave, lead = Leave.objects.get(), reader(world.wang_fang)
    assert "旅行" in lead.get("/roster/leave").text
    answer = lead.do(f"/roster/leave/{leave.pk}/decision", state="approved", answer="OK")
    assert not Shift.objects.filter(member=world.li_na, starts_at=start).exists()
    _undo(lead, answer.text)
    assert Shift.objects.filter(member=world.li_na, starts_at=start).exists()
    assert Leave.objects.get().state == "requested"


def test_some_hours_of_a_day_are_leave_too(world: World, reader):
    typed = {"kind": "training", "first_day": "2027-03-09", "starts": "14:00", "ends": "16:00"}
    reader(world.li_na).post("/roster/leave/new", typed)
    leave = Leave.objects.get()
    assert (leave.ends_at - leave.starts_at, leave.whole_days) == (2 * HOUR, False)
    refused = reader(world.li_na).post("/roster/leave/new", {**typed, "ends": ""})
    assert refused.status_code == 422
    assert 'value="14:00"' in refused.text


def test_who_decides_sees_who_else_is_away(world: World, reader, start: datetime):
    for name in ("li_na", "sun_hao"):
        member = world.members[name]
        span = {"starts_at": start, "ends_at": start + DAY, "at": world.now}
        request_leave(actor=member, member=member, kind="annual", **span)
    page = reader(world.wang_fang).get("/roster/leave").text
    assert page.count("Away in the team meanwhile:") == 2
    assert "Sun Hao" not in reader(world.zhou_min).get("/roster/leave").text


def test_an_agent_does_not_decide_about_leave(world: World, reader, start: datetime):
    span = {"starts_at": start, "ends_at": start + DAY, "at": world.now}
    leave = request_leave(actor=world.li_na, member=world.li_na, kind="annual", **span)
    for name in ("li_na", "zhou_min"):
        answer = reader(world.members[name]).do(f"/roster/leave/{leave.pk}/decision", state="approved")
        assert answer.status_code == 403


def test_a_calendar_program_reads_the_roster_by_a_link_alone(world: World, reader, start: datetime):
    _shift(world, start)
    client = reader(world.li_na)
    page = client.post("/roster/mine/link", follow=True).text
    address = re.search(r"/roster/calendars/[\w-]+\.ics", page)
    assert address
    feed = Client().get(address.group(0))
    assert feed.headers["Content-Type"].startswith("text/calendar")
    assert f"DTSTART:{start:%Y%m%dT%H%M%SZ}" in feed.text
    assert address.group(0) not in client.get("/roster/mine").text
    client.post("/roster/mine/link", {"remove": "1"})
    assert Client().get(address.group(0)).status_code == 404


def test_a_pattern_is_written_down_in_words_changed_and_removed(world: World, reader):
    client = reader(world.wang_fang)
    answer = client.post("/roster/patterns/new", {**PATTERN, "whose": f"member:{world.sun_hao.pk}"})
    assert answer.status_code == 302, answer.text
    held = Pattern.objects.get()
    assert held.weeks == [[[[540, 1080]]] * 5 + [[], []]]
    assert held.breaks == [{"begins": 720, "minutes": 60, "window": [690, 840]}]
    assert "Mon–Fri 09:00-18:00" in client.get("/roster/patterns").text
    form = client.get(f"/roster/patterns/{held.pk}").text
    assert "12:00-13:00 in 11:30-14:00" in form
    client.post(f"/roster/patterns/{held.pk}", {**PATTERN, "w0_0": "22:00-06:00"})
    assert Pattern.objects.get().weeks[0][0] == [[1320, 1800]]
    client.post(f"/roster/patterns/{held.pk}/removal")
    assert not Pattern.objects.exists()


def test_weeks_that_take_turns_have_their_own_fields(world: World, reader):
    page = reader(world.wang_fang).get("/roster/patterns/new?weeks=3").text
    assert 'name="w2_6"' in page
    assert 'name="w3_0"' not in page


def test_what_is_typed_wrong_in_a_pattern_stays_to_be_mended(world: World, reader):
    client = reader(world.wang_fang)
    whose = f"member:{world.sun_hao.pk}"
    answer = client.post("/roster/patterns/new", {**PATTERN, "whose": whose, "w0_2": "nine to five"})
    assert answer.status_code == 422
    assert "nine to five" in answer.text
    outside = client.post("/roster/patterns/new", {**PATTERN, "whose": whose, "breaks": "20:00-21:00"})
    assert outside.status_code == 422
    others = client.post("/roster/patterns/new", {**PATTERN, "whose": f"member:{world.he_jie.pk}"})
    assert others.status_code == 422
    assert not Pattern.objects.exists()


def test_a_file_is_checked_before_it_is_written_with_the_line_that_is_refused(world: World, reader):
    client = reader(world.wang_fang)

    def send(**more: str) -> str:
        file = SimpleUploadedFile("r.csv", LINES.encode())
        return client.do("/roster/files", file=file, zone="Asia/Shanghai", **more).text

    checked = send()
    assert "1 added" in checked
    assert "<td>3</td>" in checked
    assert "Nobody here is called" in checked
    assert not Shift.objects.filter(starts_at__year=2027).exists()
    send(write="on")
    assert Shift.objects.get(starts_at__year=2027).member == world.li_na


@pytest.fixture
def spent(world: World) -> datetime:
    """A shift of yesterday, half of which was worked."""
    start = now().replace(minute=0, second=0, microsecond=0) - 2 * DAY
    _shift(world, start)
    set_presence(actor=SYSTEM, member=world.li_na, status="online", at=start)
    set_presence(actor=SYSTEM, member=world.li_na, status="offline", at=start + 4 * HOUR)
    return start


def _table(answer: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_the_table_of_status_has_a_line_for_each_shift(world: World, reader, spent: datetime):
    client, day = reader(world.wang_fang), spent.date() - DAY
    rows = _table(client.get(f"/roster/status.csv?from={day}&to={day + 4 * DAY}"))
    told = next(row for row in rows if row["hours on the roster"] == "8.00" and row["member"] == "李娜")
    assert (told["hours online"], told["hours not here"], told["share worked"]) == ("4.00", "4.00", "0.500")
    assert told["start"] == f"{spent.astimezone(ZONE):%Y-%m-%d %H:%M:%S}"
    assert client.get(f"/roster/status.csv?from={day}&to={day + 200 * DAY}").status_code == 422


def test_the_time_line_of_a_member_shows_the_week_and_its_sums(world: World, reader, spent: datetime):
    day = spent.astimezone(ZONE).date()
    page = reader(world.wang_fang).get(f"/roster/status/{world.li_na.pk}?day={day}").text
    assert 'class="is-online"' in page
    assert 'class="is-absent"' in page
    assert "<td>50 %</td>" in page
    assert "<td>50 %</td>" in reader(world.wang_fang).get(f"/roster/status?day={day}").text


def test_how_shifts_were_spent_is_told_to_who_may_know(world: World, reader, spent: datetime):
    colleague, own = reader(world.zhou_min), f"/roster/status/{world.zhou_min.pk}"
    assert colleague.get("/roster/status").headers["Location"] == own
    assert colleague.get(own).status_code == 200
    assert colleague.get(f"/roster/status/{world.li_na.pk}").status_code == 403
    assert colleague.get(f"/roster/status.csv?member={world.li_na.pk}").status_code == 403
    assert {row["member"] for row in _table(colleague.get("/roster/status.csv?team=all"))} <= {"周敏"}
    assert reader(world.qian_wei).get(f"/roster/status/{world.li_na.pk}").status_code == 200


@pytest.mark.parametrize("path", ["/roster/mine", "/roster/leave", "/roster/patterns", "/roster/status"])
def test_more_to_show_takes_no_more_statements(world: World, reader, start: datetime, path: str):
    client, counts = reader(world.wang_fang), []
    client.get(path)
    for offset, names in ((0, ["wang_fang"]), (9, ["wang_fang", "li_na", "sun_hao", "zhou_min"])):
        for name in names:
            member = world.members[name]
            at = start + offset * DAY
            shift = _shift(world, at, name)
            set_breaks(actor=SYSTEM, shift=shift, breaks=[Pause(at, at + HOUR)], at=world.now)
            span = {"starts_at": at + DAY, "ends_at": at + 2 * DAY, "at": world.now}
            request_leave(actor=SYSTEM, member=member, kind="annual", **span)
            lasting = {**PATTERN, "starts_on": f"20{40 + offset}-01-01", "ends_on": f"20{40 + offset}-12-01"}
            client.post("/roster/patterns/new", {**lasting, "whose": f"member:{member.pk}"})
            set_presence(actor=SYSTEM, member=member, status="online", at=world.now)
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 15
