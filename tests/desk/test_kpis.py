"""The KPIs of duty lists, filled from what members did; every figure is worked out by hand beside its test."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from fengong.customers.actions.contacts import find_or_add_contact
from fengong.desk.actions.messages import receive_message, reply
from fengong.desk.actions.ratings import rate
from fengong.desk.actions.surveys import ask, define_survey
from fengong.desk.actions.tickets import reopen_ticket, resolve_ticket
from fengong.desk.models import Ticket
from fengong.desk.reading.kpis import FEWER_IS_BETTER, FIGURES, KpiValue, kpi_values
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.kernel.actor import SYSTEM
from fengong.people.models import Duty, DutyList
from tests.desk.promised import policy
from tests.people.test_duties import line, published
from tests.world import World

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
KEYS = tuple(Duty.Kpi.values)
FIRST = (Duty.Kpi.FIRST_RESPONSE_P50, Duty.Kpi.FIRST_RESPONSE_P90)
RESOLUTION = (Duty.Kpi.RESOLUTION_P50, Duty.Kpi.RESOLUTION_P90)


def _edition(world: World, *keys: str, target: float = 1, source: str = "spine") -> DutyList:
    kpis = [{"key": key, "target": target, "unit": "count", "source": source} for key in keys or KEYS]
    return published(world, line(kpis=kpis))


def _values(
    world: World, *names: str, start: datetime | None = None, end: datetime | None = None
) -> dict[str, float | None]:
    """Of these members (李娜 where none is named), over two days from the world's moment on unless said otherwise."""
    members = [world.members[name].pk for name in names or ("li_na",)]
    start = start or world.now
    found = kpi_values(_edition(world), members, start, end or start + 2 * DAY)
    return {one.key: one.value for one in found}


def _given(world: World, name: str = "li_na", **more: Any) -> Ticket:
    """A ticket that somebody owns from its opening on."""
    world.go_online(name)
    ticket = world.ticket(**more)
    return assign_ticket(actor=world.wang_fang, ticket=ticket, member=world.members[name], at=world.now)


def _answer(world: World, ticket: Ticket, minutes: float, name: str = "li_na") -> None:
    member = world.members[name]
    reply(actor=member, ticket=ticket, member=member, body="好", at=world.now + minutes * MINUTE)


def _solve(world: World, ticket: Ticket, minutes: float, name: str = "li_na") -> None:
    resolve_ticket(actor=world.members[name], ticket=ticket, at=world.now + minutes * MINUTE)


def _rate(world: World, scores: tuple[int, ...], *, kind: str = "csat", minutes: float = 60) -> None:
    values = {"name": kind, "question_zh": "您满意吗？", "question_en": "Satisfied?", "follow_up": "none"}
    survey = define_survey(actor=world.admin, kind=kind, values={**values, "ways": ["portal"]}, at=world.now)
    for number, score in enumerate(scores):
        contact = find_or_add_contact(actor=SYSTEM, email=f"c{number}@firm.example", at=world.now)
        ticket = _given(world, customer=contact)
        _solve(world, ticket, 1)
        rating = ask(actor=SYSTEM, survey=survey, contact=contact, ticket=ticket, at=world.now)
        assert rating is not None
        rate(actor=contact, rating=rating, score=score, at=world.now + minutes * MINUTE)


def test_every_key_a_duty_may_name_has_a_figure():
    assert set(FIGURES) == set(KEYS)
    assert FEWER_IS_BETTER.issubset(KEYS)


def test_first_responses_are_read_at_half_and_nine_tenths_between_the_nearest_two(world: World):
    for minutes in (2, 4, 6, 8, 20):
        ticket = _given(world)
        _answer(world, ticket, minutes)
        _answer(world, ticket, minutes + 30)  # no first answer
    found = _values(world)
    # Places 0 to 4: half lies at place 2 (6 min); nine tenths at 3.6: 8 + 0.6 * 12 = 15.2 min.
    assert [found[key] for key in FIRST] == pytest.approx([360, 912])


def test_a_first_response_is_the_members_who_wrote_it_whoever_owns_the_ticket(world: World):
    _answer(world, _given(world, "li_na"), 5, "zhou_min")
    assert _values(world, "li_na")[FIRST[0]] is None
    assert _values(world, "zhou_min")[FIRST[0]] == 300


def test_resolutions_run_from_the_opening_and_one_alone_is_both_figures(world: World):
    _solve(world, _given(world), 10)
    found = _values(world)
    assert [found[key] for key in RESOLUTION] == [600, 600]
    _solve(world, _given(world), 30)
    found = _values(world)  # 10 and 30 min: half way 20, nine tenths of the way 28
    assert [found[key] for key in RESOLUTION] == pytest.approx([1200, 1680])


def test_a_ticket_resolved_again_counts_once_with_its_last_resolution(world: World):
    ticket = _given(world)
    _solve(world, ticket, 10)
    reopen_ticket(actor=world.li_na, ticket=ticket, at=world.now + 20 * MINUTE)
    _solve(world, ticket, 45)
    found = _values(world)
    assert found[RESOLUTION[0]] == 45 * 60
    assert found[Duty.Kpi.RESOLVED] == 1 / 2


def test_tickets_resolved_are_counted_a_day_and_a_holder(world: World):
    for _ in range(3):
        _solve(world, _given(world), 10)
    _solve(world, _given(world, "sun_hao"), 10, "sun_hao")
    assert _values(world, "li_na")[Duty.Kpi.RESOLVED] == 3 / 2
    assert _values(world, "li_na", "sun_hao")[Duty.Kpi.RESOLVED] == 4 / (2 * 2)
    assert _values(world, "li_na", "li_na")[Duty.Kpi.RESOLVED] == 3 / 2  # named twice, one holder


def test_of_four_resolved_the_one_reopened_twice_is_a_quarter(world: World):
    tickets = [_given(world) for _ in range(4)]
    for ticket in tickets:
        _solve(world, ticket, 10)
    for minutes in (20, 40):
        body = "还是不行。"
        at = world.now + minutes * MINUTE
        receive_message(actor=SYSTEM, ticket=tickets[0], contact=world.customer, body=body, at=at)
        _solve(world, tickets[0], minutes + 5)
    assert _values(world)[Duty.Kpi.REOPENED] == 1 / 4


def test_a_reopening_counts_for_those_who_had_resolved_it_and_not_for_who_came_after(world: World):
    ticket = _given(world)
    _solve(world, ticket, 10)
    reopen_ticket(actor=world.li_na, ticket=ticket, at=world.now + 20 * MINUTE)
    world.go_online("zhou_min")
    assign_ticket(actor=world.wang_fang, ticket=ticket, member=world.zhou_min, at=world.now + 21 * MINUTE)
    _solve(world, ticket, 30, "zhou_min")
    assert _values(world, "li_na")[Duty.Kpi.REOPENED] == 1
    assert _values(world, "zhou_min")[Duty.Kpi.REOPENED] == 0
    assert _values(world, "li_na", "zhou_min")[Duty.Kpi.REOPENED] == 1


def test_a_reopening_in_the_moment_of_the_resolution_comes_after_it(world: World):
    ticket = _given(world)
    _solve(world, ticket, 10)
    reopen_ticket(actor=world.li_na, ticket=ticket, at=world.now + 10 * MINUTE)
    assert _values(world)[Duty.Kpi.REOPENED] == 1


def test_a_promise_is_kept_where_neither_answer_nor_resolution_was_late(world: World):
    policy(first_response=30, resolution=120)
    for answered, solved in ((10, 60), (30, 100), (40, 60), (10, 121)):  # the last two late
        ticket = _given(world)
        _answer(world, ticket, answered)
        _solve(world, ticket, solved)
    assert _values(world)[Duty.Kpi.KEPT] == 2 / 4


def test_where_nothing_was_promised_no_share_is_kept(world: World):
    policy(next_response=30)
    _solve(world, _given(world), 10)
    found = _values(world)
    assert found[Duty.Kpi.KEPT] is None
    assert found[Duty.Kpi.RESOLVED] == 1 / 2


def test_satisfied_are_four_and_five_of_five(world: World):
    _rate(world, (5, 4, 3))
    assert _values(world)[Duty.Kpi.CSAT] == pytest.approx(2 / 3)
    assert _values(world, "sun_hao")[Duty.Kpi.CSAT] is None


def test_recommendations_are_no_satisfaction(world: World):
    _rate(world, (10, 9), kind="nps")
    assert _values(world)[Duty.Kpi.CSAT] is None


def test_a_span_in_which_nothing_happened_has_no_figures_but_that_nobody_resolved_anything(world: World):
    found = _values(world)
    assert found.pop(Duty.Kpi.RESOLVED) == 0
    assert set(found.values()) == {None}


def test_without_members_there_are_no_figures_at_all(world: World):
    _solve(world, _given(world), 10)
    found = kpi_values(_edition(world), [], world.now, world.now + DAY)
    assert [(one.value, one.met) for one in found] == [(None, None)] * len(KEYS)


def test_a_span_holds_its_first_moment_and_not_its_last(world: World):
    ticket = _given(world)
    _answer(world, ticket, 10)
    _solve(world, ticket, 10)
    moment, tick = world.now + 10 * MINUTE, timedelta(microseconds=1)
    inside = _values(world, start=moment, end=moment + tick)
    assert (inside[FIRST[0]], inside[RESOLUTION[0]]) == (600, 600)
    for start, end in ((moment - DAY, moment), (moment + tick, moment + DAY)):
        found = _values(world, start=start, end=end)
        assert (found[FIRST[0]], found[RESOLUTION[0]], found[Duty.Kpi.RESOLVED]) == (None, None, 0)


def test_an_answer_to_a_survey_counts_in_the_span_in_which_it_was_given(world: World):
    _rate(world, (5,), minutes=600)
    moment, tick = world.now + 600 * MINUTE, timedelta(microseconds=1)
    assert _values(world, start=moment, end=moment + tick)[Duty.Kpi.CSAT] == 1
    assert _values(world, start=moment - DAY, end=moment)[Duty.Kpi.CSAT] is None
    assert _values(world, start=moment + tick, end=moment + DAY)[Duty.Kpi.CSAT] is None


def test_a_reopening_after_the_span_is_of_the_next_one(world: World):
    ticket = _given(world)
    _solve(world, ticket, 10)
    reopened = world.now + 20 * MINUTE
    reopen_ticket(actor=world.li_na, ticket=ticket, at=reopened)
    assert _values(world, end=reopened)[Duty.Kpi.REOPENED] == 0
    assert _values(world, end=reopened + timedelta(microseconds=1))[Duty.Kpi.REOPENED] == 1


def test_a_ticket_that_is_no_longer_there_counts_as_resolved_without_times_or_promises(world: World):
    gone, stays = _given(world), _given(world)
    for ticket, minutes in ((gone, 5), (stays, 15)):
        _answer(world, ticket, minutes)
        _solve(world, ticket, minutes)
    Ticket.objects.filter(pk=gone.pk).delete()
    found = _values(world)
    assert (found[FIRST[0]], found[RESOLUTION[0]]) == (900, 900)
    assert (found[Duty.Kpi.RESOLVED], found[Duty.Kpi.KEPT]) == (2 / 2, 1)


def test_those_who_are_asked_about_bring_what_they_did_in_another_position(world: World):
    _solve(world, _given(world, "zhou_min"), 10, "zhou_min")  # L2, beside the duties of L1
    assert _values(world, "zhou_min")[RESOLUTION[0]] == 600


@pytest.mark.parametrize(
    ("key", "target", "met"),
    [
        ("first_response_seconds_p50", 299, False),
        ("first_response_seconds_p50", 300, True),
        ("resolution_seconds_p90", 599, False),
        ("resolution_seconds_p90", 601, True),
        ("resolved_per_day", 0.5, True),
        ("resolved_per_day", 0.51, False),
        ("reopened_share", 0, True),
        ("promises_kept_share", 1, True),
    ],
)
def test_a_target_is_met_from_its_own_side(world: World, key: str, target: float, met: bool):
    ticket = _given(world)
    _answer(world, ticket, 5)
    _solve(world, ticket, 10)  # half a ticket a day in two days, within every promise
    edition = _edition(world, key, target=target)
    [found] = kpi_values(edition, [world.li_na.pk], world.now, world.now + 2 * DAY)
    assert (found.target, found.met) == (target, met)


def test_shares_that_fall_short_are_not_met(world: World):
    policy(first_response=30, resolution=120)
    ticket = _given(world)
    _solve(world, ticket, 130)
    reopen_ticket(actor=world.li_na, ticket=ticket, at=world.now + 140 * MINUTE)
    edition = _edition(world, "reopened_share", "promises_kept_share", target=0.5)
    found = kpi_values(edition, [world.li_na.pk], world.now, world.now + DAY)
    assert [(one.value, one.met) for one in found] == [(1, False), (0, False)]


def test_what_is_kept_by_hand_is_shown_with_its_target_and_no_value(world: World):
    _solve(world, _given(world), 10)
    edition = _edition(world, "resolved_per_day", target=3, source="manual")
    found = kpi_values(edition, [world.li_na.pk], world.now, world.now + DAY)
    assert found == [KpiValue("answer", "resolved_per_day", "count", "manual", 3.0, None, None)]
