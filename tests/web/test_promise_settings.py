"""Settings of promised times: policies, calendars, days and files of days."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fengong.desk.actions.service_policies import Rung
from fengong.desk.models import Calendar, CalendarDay, ServicePolicy
from fengong.desk.reading import promises as reading
from tests.desk.promised import calendar, policy, when
from tests.world import World

POLICY = {
    "name": "VIP",
    "condition": "priority:urgent",
    "position": "0",
    "calendar": "",
    "pauses": ["customer", "snoozed"],
    "first_response_4": "15m",
    "resolution_4": "1h 30m",
    "update_2": "2d",
    "ownership_1": "4h",
    "step_1_target": "resolution",
    "step_1_number": "30",
    "step_1_way": "before",
    "step-1-deed-0": "notify",
    "step-1-deed-0-who": "owner",
    "step-1-deed-0-text": "半小时内",
    "step-1-deed-1": "set_priority",
    "step-1-deed-1-priority": "4",
    "step_2_target": "resolution",
    "step_2_number": "150",
    "step_2_way": "percent",
}
WEEK = {f"day_{number}": "09:00-12:00, 13:30-18:00" for number in range(5)} | {"day_5": "22:00-06:00"}
OFFICE: dict[str, Any] = {"name": "Office", "zone": "Asia/Shanghai", "region": "CN", "makes_up": "on", **WEEK}


@pytest.fixture
def admin(reader: Any, world: World) -> Any:
    return reader(world.admin)


def test_an_administrator_writes_a_policy_with_its_targets_tiers_and_ladder(admin: Any, world: World):
    assert admin.get("/settings/promises/new").status_code == 200
    assert admin.post("/settings/promises/new", POLICY).status_code == 302
    made = ServicePolicy.objects.get(name="VIP")
    levels = {level.priority: level for level in made.levels.all()}
    assert (levels[4].first_response_minutes, levels[4].resolution_minutes) == (15, 90)
    assert (levels[2].update_minutes, levels[2].first_response_minutes) == (2880, None)
    assert (made.pauses, made.ownership_1, made.ownership_2) == (["customer", "snoozed"], 240, None)
    steps = [(step.target, step.percent, step.minutes, step.deeds) for step in made.steps.all()]
    does = [
        {"deed": "notify", "who": "owner", "text": "半小时内"},
        {"deed": "set_priority", "priority": 4},
    ]
    assert steps == [("resolution", None, -30, does), ("resolution", 150, 0, [])]
    page = admin.get(f"/settings/promises/{made.pk}").content.decode()
    assert 'value="1h 30m"' in page and 'value="2d"' in page
    assert "VIP" in admin.get("/settings/promises").content.decode()


def test_saving_a_policy_unchanged_changes_no_step_of_its_ladder(admin: Any, world: World):
    admin.post("/settings/promises/new", POLICY)
    made = ServicePolicy.objects.get(name="VIP")
    before = list(made.steps.values_list("pk", "since"))
    admin.post(f"/settings/promises/{made.pk}", POLICY)
    assert list(made.steps.values_list("pk", "since")) == before


def test_deeds_of_a_step_are_added_moved_and_removed_and_nothing_typed_is_lost(admin: Any, world: World):
    add = {"op": "step-2-add", "step-2-new": "note", "name": "", "first_response_4": "soon"}
    answer = admin.post("/settings/promises/new", POLICY | add)
    page = answer.content.decode()
    assert answer.status_code == 200 and not ServicePolicy.objects.filter(is_default=False).exists()
    assert 'name="step-2-deed-0" value="note"' in page and 'value="soon"' in page and "半小时内" in page
    assert 'class="errorlist"' not in page
    page = admin.post("/settings/promises/new", POLICY | {"op": "step-1-up-1"}).content.decode()
    assert 'name="step-1-deed-0" value="set_priority"' in page and "半小时内" in page
    page = admin.post("/settings/promises/new", POLICY | {"op": "step-1-remove-0"}).content.decode()
    assert 'name="step-1-deed-0" value="set_priority"' in page and "step-1-deed-1" not in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"condition": "priority:nonsense"}, "nonsense"),
        ({"condition": ""}, "Say which tickets it is for"),
        ({"first_response_4": "soon"}, "Write a time such as 30m, 4h or 2d."),
        ({"step-1-deed-1-priority": "9"}, "There is no such choice."),
        ({"step-1-deed-0-text": ""}, "Write something first."),
        ({"step_1_target": ""}, "Say which promise this step is about"),
        ({"name": "Default"}, "There is a policy of this name already."),
    ],
)
def test_a_policy_that_cannot_be_is_refused_with_everything_typed(admin: Any, wrong: Any, said: str):
    answer = admin.post("/settings/promises/new", POLICY | wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page and 'value="1h 30m"' in page and 'value="owner" selected' in page
    assert not ServicePolicy.objects.filter(is_default=False).exists()


def test_the_default_policy_can_be_changed_and_not_removed(admin: Any, world: World):
    default = policy(first_response=60, rungs=(Rung("first_response", percent=80),))
    page = admin.get(f"/settings/promises/{default.pk}").content.decode()
    assert 'name="condition"' not in page
    assert admin.post(f"/settings/promises/{default.pk}/removal").status_code == 409
    admin.post(f"/settings/promises/{default.pk}", {"name": "Everybody", "first_response_2": "2h"})
    default.refresh_from_db()
    assert (default.name, default.is_default) == ("Everybody", True)
    assert default.levels.get(priority=2).first_response_minutes == 120


def test_a_policy_can_be_removed(admin: Any, world: World):
    admin.post("/settings/promises/new", POLICY)
    made = ServicePolicy.objects.get(name="VIP")
    assert admin.post(f"/settings/promises/{made.pk}/removal").status_code == 302
    assert not ServicePolicy.objects.filter(name="VIP").exists()


def test_a_calendar_is_written_in_hours_of_the_day(admin: Any, world: World):
    assert admin.get("/settings/calendars/new").status_code == 200
    assert admin.post("/settings/calendars/new", OFFICE).status_code == 302
    made = Calendar.objects.get(name="Office")
    assert made.week == [[[540, 720], [810, 1080]]] * 5 + [[[1320, 1800]], []]
    page = admin.get(f"/settings/calendars/{made.pk}").content.decode()
    assert "09:00-12:00, 13:30-18:00" in page and "22:00-06:00" in page
    assert "Office" in admin.get("/settings/calendars").content.decode()


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        ("9-12", "is not a time of day"),
        ("09:00-13:00, 12:00-18:00", "overlap"),
        ("25:00-26:00", "beyond the end"),
    ],
)
def test_hours_that_cannot_be_are_refused(admin: Any, world: World, hours: str, said: str):
    answer = admin.post("/settings/calendars/new", OFFICE | {"day_0": hours})
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_the_year_shows_holidays_made_up_weekends_and_days_of_ones_own(admin: Any, world: World):
    office = calendar(region="CN")
    day = {"date": "2026-02-25", "kind": "hours", "hours": "10:00-12:00", "name": "盘点"}
    assert admin.post(f"/settings/calendars/{office.pk}/days", day).status_code == 302
    page = admin.get(f"/settings/calendars/{office.pk}?year=2026").content.decode()
    for shown in ("2026-02-14", "2026-02-17", "春节", "盘点", "10:00-12:00"):
        assert shown in page
    admin.post(f"/settings/calendars/{office.pk}/days/2026-02-25/clearing")
    assert "盘点" not in admin.get(f"/settings/calendars/{office.pk}?year=2026").content.decode()


def test_a_year_the_libraries_do_not_know_is_said_so_and_never_guessed(admin: Any, world: World):
    office = calendar(region="CN")
    assert reading.days_of(office, 2027) == []
    assert reading.unknown_from(office, when("2026-09-01 12:00")) is None
    assert reading.unknown_from(office, when("2026-11-01 12:00")) == 2027
    assert "no holidays are known" in admin.get(f"/settings/calendars/{office.pk}?year=2027").content.decode()


def test_days_of_a_year_come_from_a_table_and_the_lines_that_cannot_be_read_are_told(
    admin: Any, world: World
):
    office = calendar(region="CN")
    table = "日期,类型,名称\n2027-01-01,休,元旦\n2027-01-02,上班,调休\n2027-13-01,休,错\n2027/1/4,10:00-12:00,半天\nx,y"
    file = SimpleUploadedFile("2027.csv", table.encode("gb18030"))
    answer = admin.post(f"/settings/calendars/{office.pk}/files", {"file": file})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Line 4" in page and "2027-13-01" in page and "Line 6" in page and "Line 5" not in page
    found = {day.date: day.kind for day in office.days.all()}
    assert found == {date(2027, 1, 1): "closed", date(2027, 1, 2): "like", date(2027, 1, 4): "hours"}
    assert reading.unknown_from(office, when("2026-11-01 12:00")) is None


def test_days_of_a_year_come_from_a_calendar_feed(admin: Any, world: World):
    office = calendar(region="CN")
    event = "BEGIN:VEVENT\r\nUID:{0}\r\nDTSTART;VALUE=DATE:{0}\r\nDTEND;VALUE=DATE:{1}\r\nSUMMARY:{2}\r\nEND:VEVENT\r\n"
    events = event.format("20270101", "20270104", "元旦") + event.format("20270109", "20270110", "元旦 补班")
    feed = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:test\r\n{events}END:VCALENDAR\r\n"
    admin.post(
        f"/settings/calendars/{office.pk}/files", {"file": SimpleUploadedFile("cn.ics", feed.encode())}
    )
    kinds = list(office.days.values_list("date__day", "kind", "source"))
    assert kinds == [
        (1, "closed", "import"),
        (2, "closed", "import"),
        (3, "closed", "import"),
        (9, "like", "import"),
    ]


def test_a_calendar_in_use_is_not_removed(admin: Any, world: World):
    office = calendar()
    policy(calendar=office, first_response=60)
    assert admin.post(f"/settings/calendars/{office.pk}/removal").status_code == 409
    policy(calendar=None, first_response=60)
    assert admin.post(f"/settings/calendars/{office.pk}/removal").status_code == 302


@pytest.mark.parametrize("name", ["li_na", "wang_fang", "qian_wei"])
def test_only_an_administrator_enters_these_pages(reader: Any, world: World, name: str):
    office = calendar()
    somebody = reader(world.members[name])
    for path in (
        "/settings/promises",
        "/settings/promises/new",
        "/settings/calendars",
        "/settings/calendars/new",
    ):
        assert somebody.get(path).status_code == 403
    day = {"date": "2026-02-25", "kind": "closed"}
    assert somebody.post(f"/settings/calendars/{office.pk}/days", day).status_code == 403
    assert somebody.post("/settings/promises/new", POLICY).status_code == 403
    assert not CalendarDay.objects.exists()
