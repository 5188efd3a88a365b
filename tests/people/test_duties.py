"""Duty lists: drafts, editions and the days from which they count, acknowledgement, templates, RACI."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fengong.desk.models import Ticket
from fengong.kernel.actor import SYSTEM
from fengong.kernel.errors import Conflict, Denied, Invalid, Missing
from fengong.kernel.spine import history
from fengong.people import queries
from fengong.people.actions import duties as verbs
from fengong.people.actions.duty_checks import CHANNELS, DutyWanted
from fengong.people.actions.duty_templates import TEMPLATES, apply_template
from fengong.people.models import DutyList
from fengong.people.policies import may_describe
from tests.world import World

TODAY = date(2026, 3, 2)
"""The day of the world, in Shanghai and in UTC."""
KPI = {"key": "csat", "target": 0.9, "unit": "share", "source": "spine"}


def written(world: World, *duties: DutyWanted, slug: str = "l1", by: Any = SYSTEM) -> DutyList:
    """A draft that holds these lines."""
    position = world.positions[slug]
    if queries.duty_draft(position) is None:
        verbs.draft_duties(actor=by, position=position, at=world.now)
    return verbs.write_duties(actor=by, position=position, duties=duties, at=world.now)


def published(
    world: World,
    *duties: DutyWanted,
    slug: str = "l1",
    on: date = TODAY,
    zone: str = "Asia/Shanghai",
    at: datetime | None = None,
) -> DutyList:
    """An edition that holds these lines."""
    written(world, *duties or (line(),), slug=slug)
    position = world.positions[slug]
    return verbs.publish_duties(
        actor=SYSTEM, position=position, effective_on=on, zone=zone, at=at or world.now
    )


def line(task: str = "answer", **more: Any) -> DutyWanted:
    return DutyWanted(task=task, **{"task_zh": "答复", "raci": "RA", **more})


def test_a_position_has_one_draft_which_is_edited_as_a_whole(world: World):
    written(world, line(), line("write"))
    draft = written(world, line("write"), line("call"))
    assert [(duty.order, duty.task) for duty in draft.duties.all()] == [(1, "write"), (2, "call")]
    with pytest.raises(Conflict):
        verbs.draft_duties(actor=SYSTEM, position=world.positions["l1"], at=world.now)


def test_a_published_edition_is_reached_by_no_verb_that_writes(world: World):
    edition = published(world)
    with pytest.raises(Missing):
        verbs.write_duties(actor=SYSTEM, position=edition.position, duties=[line("x")], at=world.now)
    with pytest.raises(Missing):
        verbs.drop_draft(actor=SYSTEM, position=edition.position, at=world.now)
    written(world, line("other"))
    assert [duty.task for duty in edition.duties.all()] == ["answer"]


def test_a_new_draft_begins_as_a_copy_of_the_newest_edition(world: World):
    edition = published(world, line(kpis=[KPI]), line("write"))
    draft = verbs.draft_duties(actor=SYSTEM, position=edition.position, at=world.now)
    changes = queries.duty_changes(edition, draft)
    assert (changes.added, changes.removed, changes.changed) == ([], [], [])
    assert draft.duties.count() == edition.duties.count() == 2


def test_an_edition_of_today_counts_from_now_on_and_not_before(world: World):
    first = published(world)
    position, later = world.positions["l1"], world.now + timedelta(hours=1)
    second = published(world, line("b"), at=later)
    moments = (world.now - timedelta(seconds=1), world.now, later - timedelta(seconds=1), later)
    assert [queries.duties_in_force(position, at) for at in moments] == [None, first, first, second]
    assert [edition.number for edition in queries.duty_editions(position)] == [2, 1]


def test_an_edition_of_a_day_to_come_begins_with_that_day_in_its_zone(world: World):
    now_one = published(world)
    coming = published(world, line("b"), on=date(2026, 3, 10))
    begins = datetime(2026, 3, 9, 16, tzinfo=UTC)
    assert coming.in_force_from == begins
    position = world.positions["l1"]
    assert queries.duties_in_force(position, begins - timedelta(seconds=1)) == now_one
    assert queries.duties_in_force(position, begins) == coming
    assert published(world, on=date(2026, 3, 10), zone="America/New_York").in_force_from == datetime(
        2026, 3, 10, 4, tzinfo=UTC
    )


def test_of_two_editions_for_one_day_the_later_one_counts(world: World):
    day = date(2026, 3, 10)
    published(world, on=day)
    second = published(world, line("b"), on=day)
    assert queries.duties_in_force(world.positions["l1"], second.in_force_from or world.now) == second


def test_a_past_day_is_refused_as_the_zone_sees_it(world: World):
    late = datetime(2026, 3, 2, 20, tzinfo=UTC)  # the third in Shanghai, the second in New York
    with pytest.raises(Invalid) as refused:
        published(world, at=late)
    assert refused.value.field == "effective_on"
    edition = published(world, zone="America/New_York", at=late)
    assert edition.in_force_from == late
    with pytest.raises(Invalid) as refused:
        published(world, zone="Mars/Base")
    assert refused.value.field == "zone"


def test_an_empty_list_is_not_published(world: World):
    written(world)
    with pytest.raises(Invalid) as refused:
        verbs.publish_duties(
            actor=SYSTEM, position=world.positions["l1"], effective_on=TODAY, zone="UTC", at=world.now
        )
    assert refused.value.field == "duties"


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("task", {"task": "Not a slug"}),
        ("task_zh", {"task_zh": " "}),
        ("raci", {"raci": "X"}),
        ("topics", {"topics": [10**6]}),
        ("difficulties", {"difficulties": [4]}),
        ("channels", {"channels": ["pigeon"]}),
        ("hours", {"hours": [[[600, 500]]] * 7}),
        ("hours", {"hours": [[]] * 6}),
        ("calendar", {"hours": [[]] * 7, "calendar": "Office"}),
        ("kpis", {"kpis": [{**KPI, "key": "charm"}]}),
        ("kpis", {"kpis": [{**KPI, "target": -1}]}),
        ("hands_to", {"hands_to": [10**6]}),
    ],
)
def test_a_line_that_cannot_stand_is_refused_by_its_field(world: World, field: str, wrong: dict[str, Any]):
    with pytest.raises(Invalid) as refused:
        written(world, line("fine"), line(**wrong))
    assert refused.value.field == f"duties.1.{field}"


def test_the_channels_of_a_duty_are_those_of_the_desk():
    assert set(CHANNELS) == set(Ticket.Channel.values)


@pytest.mark.parametrize(
    ("name", "slugs"),
    [
        ("admin", set(TEMPLATES["three-tier-desk"].positions[i].slug for i in range(3))),
        ("wang_fang", {"l1"}),  # L2 is held in the south too
        ("li_na", set()),
        ("qian_wei", set()),
        ("tang_yun", set()),
    ],
)
def test_leads_describe_what_only_their_own_team_holds(world: World, name: str, slugs: set[str]):
    actor = world.members[name]
    assert {slug for slug in ("l1", "l2", "l3") if may_describe(actor, world.positions[slug])} == slugs
    if "l1" not in slugs:
        with pytest.raises(Denied):
            written(world, line(), by=actor)


def test_every_edition_is_acknowledged_anew_and_once(world: World):
    edition = published(world)
    for minutes in (1, 2):
        at = world.now + timedelta(minutes=minutes)
        verbs.acknowledge_duties(actor=world.li_na, edition=edition, at=at)
    found = queries.readers(edition)
    assert [(row.member, row.at) for row in found.acknowledged] == [
        (world.li_na, world.now + timedelta(minutes=1))
    ]
    assert found.missing == [world.sun_hao]
    assert queries.to_acknowledge(world.li_na, world.now) == []
    second = published(world, line("b"))
    assert queries.to_acknowledge(world.li_na, world.now) == [second]
    assert set(queries.readers(second).missing) == {world.li_na, world.sun_hao}


def test_only_holders_acknowledge_and_never_a_draft(world: World):
    edition = published(world)
    with pytest.raises(Denied):
        verbs.acknowledge_duties(actor=world.zhou_min, edition=edition, at=world.now)
    with pytest.raises(Conflict):
        verbs.acknowledge_duties(actor=world.li_na, edition=written(world, line()), at=world.now)


def test_each_verb_is_one_fact_about_the_position(world: World):
    edition = published(world)
    verbs.acknowledge_duties(actor=world.li_na, edition=edition, at=world.now)
    verbs.draft_duties(actor=SYSTEM, position=edition.position, at=world.now)
    verbs.drop_draft(actor=SYSTEM, position=edition.position, at=world.now)
    told = [event.verb.partition("_")[2] for event in history("position", edition.position_id)][1:]
    told = [verb for verb in told if verb]
    assert told == ["drafted", "changed", "published", "acknowledged", "drafted", "draft_dropped"]


def test_the_difference_names_what_came_went_and_changed(world: World):
    before = published(world, line("a"), line("b"))
    after = published(world, line("b", raci="C"), line("c"))
    found = queries.duty_changes(before, after)
    assert [duty.task for duty in found.added] == ["c"]
    assert [duty.task for duty in found.removed] == ["a"]
    assert [(change.task, change.fields) for change in found.changed] == [("b", {"raci": ("RA", "C")})]


@pytest.mark.parametrize("slug", TEMPLATES)
def test_a_template_makes_positions_with_drafts_whose_matrix_has_no_fault(world: World, slug: str):
    made = apply_template(actor=world.admin, slug=slug, at=world.now)
    for position in made:
        verbs.publish_duties(
            actor=world.admin, position=position, effective_on=TODAY, zone="UTC", at=world.now
        )
    positions, rows = queries.raci(world.now)
    assert set(positions) == set(made)
    assert [row for row in rows if row.faults] == []
    duties = [duty for one in queries.all_duties_in_force(world.now) for duty in one.duties.all()]
    assert all(duty.task_zh and duty.task_en for duty in duties)
    assert any(duty.hands_to for duty in duties)
    with pytest.raises(Denied):
        apply_template(actor=world.wang_fang, slug=slug, at=world.now)


def test_the_matrix_finds_tasks_without_and_with_two_accountables(world: World):
    published(world, line("orphan", raci="R"), line("rivals"), line("idle", raci="A"), line("good"))
    published(world, line("rivals"), line("good", raci="C"), slug="l2")
    _positions, rows = queries.raci(world.now)
    assert {row.task: row.faults for row in rows} == {
        "orphan": ["no_accountable"],
        "rivals": ["two_accountables"],
        "idle": ["no_responsible"],
        "good": [],
    }


def test_the_matrix_costs_the_same_at_any_size(world: World):
    costs = []
    for slugs in (("l1",), ("l2", "l3", "lead", "hr", "admin")):
        for slug in slugs:
            published(world, *(line(f"t-{number}") for number in range(len(slugs) * 5)), slug=slug)
        with CaptureQueriesContext(connection) as captured:
            queries.raci(world.now)
        costs.append(len(captured))
    assert costs == [3, 3]
