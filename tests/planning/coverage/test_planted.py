"""What is planted in the tables is found with its people and hours, and nothing else is."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fengong.customers.actions.contacts import find_or_add_contact
from fengong.desk.actions.tickets import open_ticket
from fengong.desk.models import Load
from fengong.kernel.actor import SYSTEM
from fengong.people.models import Skill
from fengong.planning.coverage import keeping
from fengong.planning.coverage.bridge import Picture
from fengong.planning.coverage.gathering import gathered
from fengong.rota.actions.leave import approve_leave, request_leave
from fengong.rota.models import Shift
from tests.planning.coverage.team import MONDAY, NOW, OFFICE, Desk, hour

ALL = ((1, "web"), (2, "web"), (3, "web"))
WEEKDAYS = ((0, 4, 9, 17),)


@pytest.fixture
def desk(db: None) -> Desk:
    keeping.forget()
    return Desk()


def shown() -> Picture:
    return keeping.of_week(at=NOW)


def told(desk: Desk) -> list[tuple]:
    slugs = {topic.pk: slug for slug, topic in desk.topics.items()}
    names = {member.pk: name for name, member in desk.people.items()}
    return sorted(
        (one.kind, slugs[one.topic], names.get(one.member, ""), one.cells, one.spans)
        for one in shown().findings
    )


def test_a_desk_that_covers_everything_has_nothing_found(desk: Desk):
    assert told(desk) == []
    assert (shown().uncovered, shown().alone) == (0, 0)


def test_hours_for_which_nobody_has_the_duty_are_found_to_the_hour(desk: Desk):
    desk.duties("front", desk.line("logins", hours=[[[540, 900]]] * 5 + [[], []]))
    assert told(desk) == [("unassigned", "logins", "", ALL, ((0, 4, 15, 17),))]


def test_a_topic_for_which_nobody_is_skilled_enough_is_found_by_its_difficulty(desk: Desk):
    for name in ("alice", "bo"):
        desk.skill(name, "logins", 2)
    assert told(desk) == [("unskilled", "logins", "", ((3, "web"),), WEEKDAYS)]


def test_a_topic_without_duty_and_without_skill_is_nobodys(desk: Desk):
    Skill.objects.filter(topic=desk.topics["logins"]).delete()
    desk.duties("front", desk.line("api", task="help", raci="C"))
    assert told(desk) == [("nobody", "logins", "", ALL, WEEKDAYS)]


def test_approved_leave_of_all_who_are_skilled_is_a_gap_and_of_all_but_one_a_single_point(desk: Desk):
    for name in ("alice", "bo"):
        leave = request_leave(
            actor=SYSTEM, member=desk.people[name], kind="annual", starts_at=hour(2, 0), ends_at=hour(3, 0),
            at=NOW,
        )  # fmt: skip
        approve_leave(actor=SYSTEM, leave=leave, at=NOW)
        if name == "alice":
            assert told(desk) == [("single", "logins", "bo", ALL, ((2, 2, 9, 17),))]
    assert told(desk) == [("absent", "logins", "", ALL, ((2, 2, 9, 17),))]


def test_one_who_alone_is_skilled_is_a_single_point_of_failure_and_carries_everything(desk: Desk):
    desk.skill("bo", "logins", 2)
    assert told(desk) == [("single", "logins", "alice", ((3, "web"),), WEEKDAYS)]
    desk.skill("bo", "logins", 1)
    Skill.objects.filter(member=desk.people["bo"]).delete()
    keeping.forget()
    assert [(kind, who) for kind, _, who, _, _ in told(desk)] == [
        ("dependence", "alice"),
        ("single", "alice"),
    ]


def test_two_positions_accountable_for_the_same_work_are_an_overlap_where_both_are(desk: Desk):
    mornings = [[[540, 720]]] * 5 + [[], []]
    desk.duties("back", desk.line("api"), desk.line("logins", difficulties=[1, 2], hours=mornings))
    assert told(desk) == [("accountable", "logins", "", ((1, "web"), (2, "web")), ((0, 4, 9, 12),))]


def test_work_that_is_more_than_those_who_cover_can_do_is_found_with_who_they_are(desk: Desk):
    Load.objects.filter(member=desk.people["eva"]).update(capacity=0)
    customer = find_or_add_contact(actor=SYSTEM, email="a@example.test", display_name="A", at=NOW)
    for _ in range(9):
        open_ticket(
            actor=SYSTEM, subject="logins", body="?", customer=customer, topic=desk.topics["logins"],
            difficulty=2, at=hour(-6, 10),
        )  # fmt: skip
    (found,) = shown().findings
    assert (found.kind, found.spans, found.demand) == ("short", ((1, 1, 10, 11),), 9 * 20 - 2 * 60)
    assert set(found.members) == {desk.people["alice"].pk, desk.people["bo"].pk}


def test_work_that_comes_while_nothing_is_promised_counts_when_the_desk_opens(desk: Desk):
    customer = find_or_add_contact(actor=SYSTEM, email="a@example.test", display_name="A", at=NOW)
    open_ticket(
        actor=SYSTEM,
        subject="logins",
        body="?",
        customer=customer,
        topic=desk.topics["logins"],
        at=hour(-2, 3),
    )
    demand = gathered(MONDAY, NOW).demand
    assert demand is not None
    assert demand.sum() == demand[:, :, :, 9].sum() == 10


def test_without_a_roster_everybody_counts_as_there_and_without_duties_positions_count(db: None):
    keeping.forget()
    desk = Desk()
    Shift.objects.all().delete()
    keeping.forget()
    assert not shown().rows.rostered
    assert told(desk) == []


def test_the_picture_is_worked_out_again_when_a_fact_concerns_it_and_only_then(desk: Desk):
    before = shown()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert shown() is before
    assert len(asked) == 1
    desk.skill("alice", "logins", 5)
    after = shown()
    assert after is not before
    api = after.rows.topics.index(desk.topics["api"].pk)
    assert after.coverage.blocks[api] is before.coverage.blocks[api]


def test_what_would_close_a_gap_is_ranked_by_the_work_it_covers(desk: Desk):
    desk.duties("front", desk.line("logins", hours=[[[540, 900]]] * 5 + [[], []]))
    (way, *_) = shown().ways
    assert way.removes == 2 * 5 * 3
    assert [(step.kind, step.position, step.to) for step in way.steps] == [
        ("duty", desk.positions["front"].pk, ((0, 4, 15, 17),))
    ]


def test_behind_a_cell_stand_its_people_by_what_they_lack(desk: Desk):
    desk.skill("chen", "logins", 4)
    desk.skill("bo", "logins", 2)
    cell = shown().cell(topic=desk.topics["logins"].pk, difficulty=3, channel="web", hour=10)
    ids = {name: member.pk for name, member in desk.people.items()}
    assert (cell.covers, cell.unskilled, cell.unasked) == ((ids["alice"],), (ids["bo"],), (ids["chen"],))
    night = shown().cell(topic=desk.topics["logins"].pk, difficulty=3, channel="web", hour=3)
    assert (night.served, night.covers) == (False, ())


def test_reading_the_tables_takes_as_many_statements_for_more_people(desk: Desk):
    with CaptureQueriesContext(connection) as few:
        gathered(MONDAY, NOW)
    desk.shift("alice", 5, 9, 17)
    desk.skill("alice", "api", 2)
    with CaptureQueriesContext(connection) as more:
        gathered(MONDAY, NOW)
    assert len(few) == len(more)
    assert OFFICE
