"""Rosters from files: every kind of bad line is told with its number, the rest goes on, and a second run is a no-op."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from fengong.kernel.errors import Denied, Invalid
from fengong.kernel.models import Event
from fengong.rota.actions.importing import Report, import_roster
from fengong.rota.actions.shifts import move_shift
from fengong.rota.models import Leave, PlannedShift, Shift, ShiftBreak, Standby
from fengong.rota.reading.feed import calendar_of
from tests.rota.rosters import DAY, HOUR, everything
from tests.world import World

HEAD = "member,kind,start,end,breaks,answers_within,key\n"
GOOD = HEAD + (
    "Sun Hao,shift,2026-03-10 09:00,18:00,12:00-12:30; 15:00-15:10,,a\n"
    "li_na@example.test,,2026-03-10 22:00,2026-03-11 06:00,02:00-02:30,,b\n"
    "周敏,standby,2026-03-10T01:00:00Z,2026-03-10T03:00:00Z,,15,c\n"
    "Sun Hao,annual,2026-03-12,2026-03-13,,,d\n"
)
BAD = {
    "Nobody,shift,2026-03-10 09:00,18:00,,,k": "member",
    ",shift,2026-03-10 09:00,18:00,,,k": "member",
    "Sun Hao,party,2026-03-10 09:00,18:00,,,k": "kind",
    "Sun Hao,shift,10 March,18:00,,,k": "start",
    "Sun Hao,shift,2026-02-30 09:00,18:00,,,k": "start",
    "Sun Hao,shift,1026-03-10 09:00,18:00,,,k": "start",
    "Sun Hao,shift,2026-03-10 25:00,18:00,,,k": "start",
    "Sun Hao,shift,2026-03-10 09:00,,,,k": "end",
    "Sun Hao,shift,2026-03-10 09:00,2026-03-10 08:00,,,k": "end",
    "Sun Hao,shift,2026-03-10 09:00,2026-03-11,,,k": "end",
    "Sun Hao,shift,2026-03-10 09:00,18:00,noon,,k": "breaks",
    "Sun Hao,shift,2026-03-10 09:00,18:00,20:00-20:30,,k": "breaks",
    "Sun Hao,shift,2026-03-10 09:00,18:00,12:00-13:00;12:30-14:00,,k": "breaks",
    "Sun Hao,standby,2026-03-10 09:00,18:00,,soon,k": "answers_within",
    "Sun Hao,shift,2026-03-10 09:00,18:00,,,k,more": "",
    "何洁,shift,2026-03-10 09:00,18:00,,,k": "",
    "li_na@example.test,shift,2026-03-02 12:00,13:00,,,k": "starts_at",
    "Sun Hao,shift,2026-03-14 09:00,18:00,,,good": "key",
}


def take(world: World, text: str, *, form: str = "csv", by: str = "wang_fang", dry: bool = False) -> Report:
    return import_roster(
        actor=world.members[by],
        content=text.encode(),
        form=form,
        zone="Asia/Shanghai",
        at=world.now,
        dry=dry,
    )


def test_a_table_brings_shifts_breaks_standby_and_leave(world: World):
    report = take(world, GOOD)
    assert (report.counts["added"], report.refused) == (4, [])
    ten = datetime(2026, 3, 10, 1, tzinfo=UTC)
    assert Shift.objects.filter(member=world.sun_hao, starts_at=ten, ends_at=ten + 9 * HOUR).exists()
    assert Shift.objects.filter(
        member=world.li_na, starts_at=ten + 13 * HOUR, ends_at=ten + 21 * HOUR
    ).exists()
    assert ShiftBreak.objects.filter(starts_at=ten + 17 * HOUR).exists()
    assert Standby.objects.get().answers_within == 15
    leave = Leave.objects.get()
    assert (leave.state, leave.ends_at - leave.starts_at) == ("approved", 2 * DAY)


def test_a_second_run_changes_nothing_and_a_changed_line_only_its_own(world: World):
    take(world, GOOD)
    before, told = everything(), Event.objects.count()
    assert take(world, GOOD).counts["same"] == 4
    assert (everything(), Event.objects.count()) == (before, told)
    report = take(world, GOOD.replace("09:00,18:00", "10:00,18:00"))
    assert (report.counts["changed"], report.counts["same"]) == (1, 3)


def test_a_dry_run_reports_the_same_and_writes_nothing(world: World):
    before = (everything(), Event.objects.count())
    report = take(world, GOOD + next(iter(BAD)) + "\n", dry=True)
    assert (report.counts["added"], [one.line for one in report.refused]) == (4, [6])
    assert (everything(), Event.objects.count()) == before
    assert not Leave.objects.exists()


@pytest.mark.parametrize("bad", BAD)
def test_a_bad_line_is_told_with_its_number_and_column_and_the_rest_goes_on(world: World, bad: str):
    good = "Sun Hao,shift,2026-03-{day} 09:00,18:00,,,{key}\n"
    text = HEAD + good.format(day=11, key="good") + bad + "\n" + good.format(day=12, key="after")
    report = take(world, text)
    assert [(one.line, one.column) for one in report.refused] == [(3, BAD[bad])]
    assert report.refused[0].reason
    assert report.counts["added"] == 2


def test_what_was_changed_by_hand_is_kept(world: World):
    take(world, GOOD)
    plan = PlannedShift.objects.get(key="a")
    shift = Shift.objects.get(planned=plan)
    later = plan.starts_at + HOUR
    move_shift(actor=world.wang_fang, shift=shift, starts_at=later, ends_at=plan.ends_at, at=world.now)
    assert take(world, GOOD).counts["kept"] == 1
    assert PlannedShift.objects.get(key="a").starts_at == later


@pytest.mark.parametrize("text", ["", "name,from\n", "member,start\n"])
def test_a_table_without_the_columns_it_needs_is_refused_as_a_whole(world: World, text: str):
    with pytest.raises(Invalid):
        take(world, text)


@pytest.mark.parametrize("name", ["li_na", "qian_wei", "tang_yun"])
def test_only_those_who_plan_shifts_bring_in_files(world: World, name: str):
    with pytest.raises(Denied):
        take(world, GOOD, by=name)


def event(*lines: str, uid: str = "one", who: str = "mailto:sun_hao@example.test") -> str:
    named = [f"UID:{uid}"] if uid else []
    about = [f"ATTENDEE:{who}"] if who else []
    return "\r\n".join(["BEGIN:VEVENT", *named, *about, *lines, "END:VEVENT", ""])


def calendar(*events: str) -> str:
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//t//t//EN\r\n" + "".join(events) + "END:VCALENDAR\r\n"


TIMES = ("DTSTART:20260310T010000Z", "DTEND:20260310T100000Z")
BAD_EVENTS = {
    "no uid": event(*TIMES, uid=""),
    "repeats": event(*TIMES, "RRULE:FREQ=DAILY", uid="x"),
    "no start": event(TIMES[1], uid="x"),
    "no end": event(TIMES[0], uid="x"),
    "backwards": event("DTSTART:20260310T010000Z", "DTEND:20260309T010000Z", uid="x"),
    "no time": event("DTSTART:tomorrow", TIMES[1], uid="x"),
    "a day and a time": event("DTSTART;VALUE=DATE:20260310", TIMES[1], uid="x"),
    "nobody": event(*TIMES, uid="x", who="mailto:nobody@example.test"),
    "no member": event(*TIMES, uid="x", who=""),
    "another word": event(*TIMES, "CATEGORIES:party", uid="x"),
    "overlap": event(*TIMES, uid="x"),
    "same uid": event(*TIMES, uid="one"),
    "no line ends": event(*TIMES, uid="x").replace("END:VEVENT\r\n", ""),
}


@pytest.mark.parametrize("bad", BAD_EVENTS)
def test_a_bad_event_is_told_with_the_line_it_begins_on_and_the_rest_goes_on(world: World, bad: str):
    later = event("DTSTART;TZID=Asia/Shanghai:20260311T090000", "DURATION:PT8H", uid="two")
    report = take(world, calendar(event(*TIMES), BAD_EVENTS[bad], later), form="icalendar")
    assert [one.line for one in report.refused] == [10]
    assert report.counts["added"] == 2


def test_events_become_shifts_leave_and_standby_and_a_cancelled_one_goes(world: World):
    away = event("DTSTART;VALUE=DATE:20260312", "DTEND;VALUE=DATE:20260314", "CATEGORIES:sick", uid="two")
    called = event(*TIMES, "CATEGORIES:standby", uid="three")
    text = calendar(event(*TIMES), away, called)
    assert take(world, text, form="icalendar").counts["added"] == 3
    assert Leave.objects.get().ends_at - Leave.objects.get().starts_at == 2 * DAY
    gone = calendar(event(*TIMES, "STATUS:CANCELLED"))
    assert take(world, gone, form="icalendar").counts["cancelled"] == 1
    assert not Shift.objects.filter(member=world.sun_hao, starts_at__gt=world.now).exists()


@pytest.mark.parametrize("text", ["", "hello", "BEGIN:VCARD\r\nEND:VCARD\r\n"])
def test_what_is_no_calendar_is_refused_as_a_whole(world: World, text: str):
    with pytest.raises(Invalid):
        take(world, text, form="icalendar")


def test_a_members_calendar_holds_their_shifts_standby_and_leave_and_can_be_read_again(world: World):
    take(world, GOOD)
    start, end = world.now, world.now + timedelta(days=30)
    with translation.override("en"):
        text = calendar_of(world.sun_hao, start, end, at=world.now).decode()
    assert text.count("BEGIN:VEVENT") == 3
    assert "CATEGORIES:annual" in text and "DTSTART:20260310T010000Z" in text and "Breaks: " in text
    assert (
        "CATEGORIES:annual"
        not in calendar_of(world.sun_hao, start, end, at=world.now, with_leave=False).decode()
    )
    PlannedShift.objects.all().delete()
    Leave.objects.all().delete()
    again = import_roster(
        actor=world.admin, content=text.encode(), form="icalendar", zone="Asia/Shanghai",
        at=world.now, member=world.sun_hao,
    )  # fmt: skip
    assert (again.counts["added"], again.refused) == (3, [])
