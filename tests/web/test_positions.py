"""Positions and duties on their pages: from a template to an edition that its holders have read."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fengong.kernel.clock import now
from fengong.people import queries as people
from fengong.people.actions.members import add_member
from fengong.people.models import Duty, DutyList, Position
from fengong.people.reading import duties
from tests.world import World

ROOT = "/division/positions"
TODAY = {"effective_on": "2099-01-01"}


def typed(**more: Any) -> dict[str, Any]:
    """A duty as somebody fills the form in."""
    blank = {f"kpi_{n}{part}": "" for n in range(4) for part in ("", "_name", "_target")}
    return {**blank, "task_en": "Call back", "raci": ["R", "A"], "when": "always", **more}


@pytest.fixture
def described(world: World, reader: Callable[..., Any]) -> Any:
    """An administrator, with the duties of the three tiers published for today."""
    client = reader(world.admin)
    client.post(f"{ROOT}/templates/three-tier-desk")
    for slug in ("l1", "l2", "l3"):
        answer = client.post(
            f"{ROOT}/{world.positions[slug].pk}/publication",
            {"effective_on": timezone.localdate().isoformat()},
        )
        assert answer.status_code == 302
    return client


def test_a_template_makes_drafts_and_nothing_is_in_force_before_it_is_published(world: World, reader):
    client = reader(world.admin)
    client.post(f"{ROOT}/templates/three-tier-desk")
    assert duties.drafted() == {world.positions[slug].pk for slug in ("l1", "l2", "l3")}
    assert people.all_duties_in_force(now()) == []
    assert "Draft" in client.get(ROOT).text


def test_a_published_list_shows_its_duties_to_everybody(world: World, reader, described):
    page = reader(world.tang_yun).get(f"{ROOT}/{world.positions['l1'].pk}").text
    assert "Answer common questions" in page
    assert "15 min" in page


def test_a_duty_is_written_with_all_it_says(world: World, described):
    root = f"{ROOT}/{world.positions['l1'].pk}/draft"
    described.post(root)
    topic = world.topics["api"].pk
    week = {"when": "week", "day_0": "09:00-18:00", "day_6": "22:00-06:00"}
    kpi = {"kpi_0": "first_response_seconds_p50", "kpi_0_target": "2", "kpi_0_unit": "hours"}
    own = {"kpi_1": "own", "kpi_1_name": "calls", "kpi_1_target": "5", "kpi_1_unit": "per_day"}
    reach = {
        "topics": [topic],
        "difficulties": [2, 3],
        "channels": ["phone"],
        "hands_to_0": world.positions["l3"].pk,
    }
    answer = described.post(f"{root}/new", typed(**week, **kpi, **own, **reach))
    assert answer.status_code == 302, answer.text
    duty = Duty.objects.get(task="call-back")
    assert (duty.raci, duty.topics, duty.difficulties, duty.channels) == ("RA", [topic], [2, 3], ["phone"])
    assert duty.hours == [[[540, 1080]], [], [], [], [], [], [[1320, 1800]]]
    assert [kpi["target"] for kpi in duty.kpis] == [7200, 5]
    assert duty.hands_to == [world.positions["l3"].pk]
    again = described.get(f"{root}/call-back").text
    assert 'value="22:00-06:00"' in again
    assert described.post(f"{root}/call-back", typed(task_en="Call twice")).status_code == 302
    assert Duty.objects.get(task="call-back").task_en == "Call twice"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"task_en": ""}, "Say what the duty is"),
        ({"raci": []}, "A position is R, A, C or I"),
        ({"kpi_0": "csat"}, "Say the target."),
        ({"when": "calendar"}, "Choose a calendar."),
        ({"when": "week", "day_0": "never"}, "never"),
    ],
)
def test_a_duty_that_cannot_stand_says_why_and_keeps_what_was_typed(
    world: World, described, wrong: dict[str, Any], said: str
):
    root = f"{ROOT}/{world.positions['l1'].pk}/draft"
    described.post(root)
    answer = described.post(f"{root}/new", typed(task_zh="", **wrong))
    assert answer.status_code == 422
    assert said in answer.text


def test_two_who_write_one_draft_do_not_undo_each_other(world: World, described):
    root = f"{ROOT}/{world.positions['l1'].pk}/draft"
    described.post(root)
    seen = re.search(r'name="seen" value="([^"]+)"', described.get(f"{root}/new").text)
    assert seen is not None
    assert described.post(f"{root}/new", typed(seen=seen.group(1))).status_code == 302
    late = described.post(f"{root}/new", typed(task_en="Something else", seen=seen.group(1)))
    assert late.status_code == 422
    assert "Somebody changed this draft meanwhile" in late.text


def test_lines_of_a_draft_move_up_and_go(world: World, described):
    position = world.positions["l1"]
    root = f"{ROOT}/{position.pk}/draft"
    described.post(root)
    described.post(f"{root}/lines", {"op": "up hand-over"})
    described.post(f"{root}/lines", {"op": "remove solve-medium"})
    assert [duty.task for duty in people.duty_draft(position).duties.all()] == ["answer-common", "hand-over"]


def test_a_draft_shows_what_it_would_change_before_it_is_published(world: World, described):
    root = f"{ROOT}/{world.positions['l1'].pk}/draft"
    described.post(root)
    described.post(f"{root}/new", typed())
    described.post(f"{root}/answer-common", typed(task_en="Answer what is common", raci=["R"]))
    page = described.get(root).text
    assert re.findall(r'data-kind="(\w+)"', page) == ["added", "changed"]
    assert "<del>Answer common questions</del>" in page


def test_an_edition_says_how_it_differs_from_the_one_before(world: World, described):
    position = world.positions["l1"]
    described.post(f"{ROOT}/{position.pk}/draft")
    described.post(f"{ROOT}/{position.pk}/draft/lines", {"op": "remove solve-medium"})
    described.post(f"{ROOT}/{position.pk}/publication", TODAY)
    latest = people.duty_editions(position).first()
    assert latest is not None and latest.number == 2
    page = described.get(f"/division/editions/{latest.pk}").text
    assert re.findall(r'data-kind="(\w+)"', page) == ["removed"]
    assert people.duties_in_force(position, now()).number == 1


def test_a_past_day_is_refused_on_the_page(world: World, described):
    root = f"{ROOT}/{world.positions['l1'].pk}"
    described.post(f"{root}/draft")
    answer = described.post(f"{root}/publication", {"effective_on": "2020-01-01"})
    assert answer.status_code == 422
    assert "in the past" in answer.text


def test_a_holder_sees_what_waits_reads_it_and_is_noted(world: World, reader, described):
    edition = people.duties_in_force(world.positions["l1"], now())
    client = reader(world.li_na)
    assert client.get(f"{ROOT}/mine").headers["Location"] == f"{ROOT}/{world.positions['l1'].pk}"
    assert "waits for you to read it" in client.get(ROOT).text
    assert f"/division/editions/{edition.pk}" in client.get("/today").text
    client.post(f"/division/editions/{edition.pk}/acknowledgement")
    assert "waits for you to read it" not in client.get(ROOT).text
    page = described.get(f"{ROOT}/{world.positions['l1'].pk}").text
    assert page.index("李娜") < page.index("not yet")
    assert reader(world.chen_li).post(f"/division/editions/{edition.pk}/acknowledgement").status_code == 403


def test_raci_shows_its_faults(world: World, described):
    assert "Every task has one who is accountable" in described.get(f"{ROOT}/raci").text
    Duty.objects.filter(task="solve-hard", raci="RA").update(raci="R")
    page = described.get(f"{ROOT}/raci").text
    assert "1 task is not told apart" in page
    assert "Nobody is accountable" in page


@pytest.mark.parametrize(
    ("language", "there", "missing"),
    [("zh", "解答常见问题", "Answer common questions"), ("en", "Answer common questions", "解答常见问题")],
)
def test_duties_are_printed_in_either_language(
    world: World, described, language: str, there: str, missing: str
):
    page = described.get(f"{ROOT}/{world.positions['l1'].pk}/print?language={language}").text
    assert there in page
    assert missing not in page


def test_both_languages_stand_on_paper_one_after_the_other(world: World, described):
    page = described.get(f"{ROOT}/print?language=both").text
    assert page.count('class="sheet"') == 6
    assert page.index("解答常见问题") < page.index("Answer common questions")


def test_only_those_who_may_describe_a_position_write_its_duties(world: World, reader, described):
    root = f"{ROOT}/{world.positions['l2'].pk}"
    for member in (world.zhou_min, world.wang_fang):
        client = reader(member)
        assert client.post(f"{root}/draft").status_code == 403
        assert client.get(f"{root}/draft").status_code == 403
        assert client.post(f"{ROOT}/templates/account-team").status_code == 403
    assert not DutyList.objects.filter(number__isnull=True).exists()


def test_a_position_is_made_changed_and_removed_by_hand(world: World, reader):
    client = reader(world.admin)
    given = {"name_zh": "质检员", "role": "agent", "tier": "", "difficulty_min": 1, "difficulty_max": 2}
    client.post(f"{ROOT}/new", given)
    made = Position.objects.get(name_zh="质检员")
    client.post(f"{ROOT}/{made.pk}/frame", given | {"name_en": "Reviewer", "tier": 2})
    made.refresh_from_db()
    assert (made.name_en, made.tier) == ("Reviewer", 2)
    wrong = client.post(f"{ROOT}/{made.pk}/frame", given | {"difficulty_min": 3})
    assert "The easiest must not be harder" in wrong.text
    client.post(f"{ROOT}/{made.pk}/removal")
    assert not Position.objects.filter(pk=made.pk).exists()
    assert client.post(f"{ROOT}/{world.positions['l1'].pk}/removal").status_code == 409


def _statements(client: Any, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(path).status_code == 200
    return len(caught)


@pytest.mark.parametrize("path", ["", "/raci", "/print?language=both"])
def test_more_positions_and_holders_cost_no_more_statements(world: World, described, path: str):
    few = _statements(described, ROOT + path)
    described.post(f"{ROOT}/templates/account-team")
    for position in Position.objects.filter(duty_lists__number__isnull=True).distinct():
        described.post(
            f"{ROOT}/{position.pk}/publication", {"effective_on": timezone.localdate().isoformat()}
        )
        add_member(
            actor=world.admin,
            team=world.teams["north"],
            position=position,
            display_name=position.slug,
            at=now(),
        )
    assert _statements(described, ROOT + path) == few


def test_a_draft_that_opens_a_gap_says_so_before_it_is_published(world: World, reader):
    client, root = reader(world.admin), f"{ROOT}/{world.positions['l1'].pk}"
    client.post(f"{root}/draft")
    client.post(f"{root}/draft/new", typed())
    client.post(f"{root}/publication", {"effective_on": timezone.localdate().isoformat()})
    client.post(f"{root}/draft")
    asked = re.search(r'hx-get="(/division/coverage/effect\?duties=\d+)"', client.get(f"{root}/draft").text)
    assert asked is not None
    assert "coverage-warning" not in client.fragment(asked.group(1)).text
    client.post(f"{root}/draft/call-back", typed(raci=["I"]))
    assert "coverage-warning" in client.fragment(asked.group(1)).text
