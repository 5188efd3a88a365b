"""What customers think of us: asked at the right time, answered once for all, looked after when it is low."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from fengong.customers.actions.contacts import add_contact, find_or_add_contact
from fengong.customers.models import OutgoingNotice
from fengong.desk.actions.ratings import rate, rate_ticket
from fengong.desk.actions.surveys import ask, define_survey
from fengong.desk.actions.tickets import resolve_ticket
from fengong.desk.models import Rating, Survey, Ticket, Watcher
from fengong.desk.policies import may_read
from fengong.desk.reading import customers
from fengong.desk.reading import satisfaction as reading
from fengong.desk.tasks import ask_surveys
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.kernel.actor import SYSTEM
from fengong.kernel.errors import Conflict, Denied, Invalid
from fengong.kernel.models import Event
from tests.world import World

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def _survey(world: World, kind: str = "csat", **more: Any) -> Survey:
    values = {"name": kind, "question_zh": "您满意吗？", "question_en": "Are you satisfied?", **more}
    values.setdefault("ways", ["mail", "portal", "widget"])
    return define_survey(actor=world.admin, kind=kind, values=values, at=world.now)


def _solved(world: World, **more: Any) -> Ticket:
    ticket = world.ticket(**more)
    world.go_online("zhou_min")
    assign_ticket(actor=world.wang_fang, ticket=ticket, member=world.zhou_min, at=world.now)
    return resolve_ticket(actor=world.zhou_min, ticket=ticket, at=world.now)


def _asked(world: World, survey: Survey, **more: Any) -> Rating:
    ticket = _solved(world, **more)
    found = ask(actor=SYSTEM, survey=survey, contact=ticket.customer, ticket=ticket, at=world.now)
    assert found is not None
    return found


def test_a_customer_is_asked_once_some_time_after_their_ticket_was_closed(world: World):
    _survey(world, delay_minutes=30)
    ticket = _solved(world)
    assert ask_surveys(at=world.now + 29 * MINUTE) == 0
    assert ask_surveys(at=world.now + 31 * MINUTE) == 1
    assert ask_surveys(at=world.now + 32 * MINUTE) == 0
    rating = Rating.objects.get()
    assert (rating.ticket, rating.contact, rating.member) == (ticket, world.customer, world.zhou_min)
    notice = OutgoingNotice.objects.get()
    assert (notice.kind, notice.payload) == ("survey", {"rating": rating.pk})


def test_tickets_from_before_the_survey_and_those_reopened_are_left_alone(world: World):
    _solved(world, subject="old")
    survey = _survey(world, delay_minutes=0)
    Survey.objects.filter(pk=survey.pk).update(considered_until=world.now + 20 * MINUTE)
    assert ask_surveys(at=world.now + 40 * MINUTE) == 0


@pytest.mark.parametrize("reason", ["spam", "merged", "not_ours"])
def test_nobody_is_asked_about_what_was_not_theirs_or_ours(world: World, reason: str):
    _survey(world, delay_minutes=0)
    Ticket.objects.filter(pk=_solved(world).pk).update(reason=reason)
    assert ask_surveys(at=world.now + MINUTE) == 0


def test_only_tickets_that_meet_the_condition_are_asked_about(world: World):
    _survey(world, delay_minutes=0, repeat_days=0, condition="topic:invoices")
    _solved(world, topic="accounts")
    wanted = _solved(world, topic="invoices")
    ask_surveys(at=world.now + MINUTE)
    assert [rating.ticket for rating in Rating.objects.all()] == [wanted]


def test_a_condition_that_cannot_be_read_is_refused_where_it_is_written(world: World):
    with pytest.raises(Invalid) as refused:
        _survey(world, condition="nonsense:(")
    assert refused.value.field == "condition"


def test_nobody_is_asked_again_before_the_days_are_over(world: World):
    _survey(world, delay_minutes=0, repeat_days=30)
    _solved(world)
    ask_surveys(at=world.now + MINUTE)
    world.now += 10 * DAY
    _solved(world)
    assert ask_surveys(at=world.now + MINUTE) == 0
    world.now += 21 * DAY
    _solved(world)
    assert ask_surveys(at=world.now + MINUTE) == 1


def test_a_customer_with_several_closed_tickets_is_asked_about_one(world: World):
    _survey(world, delay_minutes=0)
    for _ in range(3):
        _solved(world)
    assert ask_surveys(at=world.now + MINUTE) == 1


def test_who_left_no_address_is_asked_in_place_only(world: World):
    nameless = add_contact(actor=SYSTEM, display_name="Visitor", at=world.now)
    survey = _survey(world, delay_minutes=0)
    ticket = _solved(world, customer=nameless)
    ask_surveys(at=world.now + MINUTE)
    assert OutgoingNotice.objects.count() == 0
    assert reading.question_for(ticket, "widget") == survey


def test_recommendation_is_asked_on_schedule_of_those_who_wrote_lately(world: World):
    _survey(world, kind="nps", repeat_days=90)
    find_or_add_contact(actor=SYSTEM, email="silent@firm.example", at=world.now)
    world.ticket()
    assert ask_surveys(at=world.now) == 1
    for days in (1, 89):
        assert ask_surveys(at=world.now + days * DAY) == 0
    assert ask_surveys(at=world.now + 91 * DAY) == 1
    assert ask_surveys(at=world.now + 300 * DAY) == 0
    assert {rating.contact for rating in Rating.objects.all()} == {world.customer}


def test_the_last_word_counts_and_an_old_question_is_closed(world: World):
    rating = _asked(world, _survey(world))
    rate(actor=world.customer, rating=rating, score=4, at=world.now)
    rate(actor=world.customer, rating=rating, score=5, comment="好", at=world.now + DAY)
    rating.refresh_from_db()
    assert (rating.score, rating.comment) == (5, "好")
    with pytest.raises(Conflict):
        rate(actor=world.customer, rating=rating, score=1, at=world.now + 31 * DAY)


@pytest.mark.parametrize(("kind", "score"), [("csat", 0), ("csat", 6), ("nps", 11), ("nps", -1)])
def test_a_score_beside_the_scale_is_refused(world: World, kind: str, score: int):
    rating = _asked(world, _survey(world, kind=kind))
    with pytest.raises(Invalid):
        rate(actor=world.customer, rating=rating, score=score, at=world.now)


def test_nobody_rates_for_somebody_else(world: World):
    rating = _asked(world, _survey(world))
    other = find_or_add_contact(actor=SYSTEM, email="other@elsewhere.example", at=world.now)
    for actor in (other, world.zhou_min, world.admin):
        with pytest.raises(Denied):
            rate(actor=actor, rating=rating, score=5, at=world.now)


def test_rating_in_place_needs_no_mail_and_is_not_asked_again(world: World):
    _survey(world, delay_minutes=0)
    ticket = _solved(world)
    rate_ticket(actor=world.customer, ticket=ticket, score=5, via="portal", at=world.now)
    assert reading.question_for(ticket, "portal") is None
    assert ask_surveys(at=world.now + MINUTE) == 0
    with pytest.raises(Conflict):
        rate_ticket(actor=world.customer, ticket=ticket, score=1, at=world.now)


def test_a_low_score_leaves_a_note_and_the_lead_follows_the_ticket(world: World):
    rating = _asked(world, _survey(world, low=2, follow_up="note"))
    rate(actor=world.customer, rating=rating, score=2, comment="太慢了", at=world.now)
    rate(actor=world.customer, rating=rating, score=1, at=world.now)
    rating.refresh_from_db()
    assert rating.follow_up == rating.ticket
    note = rating.ticket.messages.get(kind="note")
    assert "太慢了" not in note.body
    assert Watcher.objects.get(ticket=rating.ticket).member == world.wang_fang


def test_a_low_score_opens_a_ticket_that_the_customer_is_not_shown(world: World):
    rating = _asked(world, _survey(world, low=2, follow_up="ticket"))
    rate(actor=world.customer, rating=rating, score=1, at=world.now)
    rating.refresh_from_db()
    child = rating.follow_up
    assert child is not None
    assert (child.parent, child.status, child.priority) == (rating.ticket, "waiting", 3)
    assert not may_read(world.customer, child)
    assert Watcher.objects.get(ticket=child).member == world.wang_fang


def test_a_low_recommendation_opens_a_ticket_too_and_the_customer_is_not_shown_it(world: World):
    survey = _survey(world, kind="nps", low=6, follow_up="ticket")
    rating = ask(actor=SYSTEM, survey=survey, contact=world.customer, at=world.now)
    assert rating is not None
    rate(actor=world.customer, rating=rating, score=3, at=world.now)
    rating.refresh_from_db()
    assert rating.follow_up is not None
    assert list(rating.follow_up.messages.values_list("kind", flat=True)) == ["note"]
    assert not customers.tickets_of(world.customer).exists()
    assert customers.ticket_of(world.customer, rating.follow_up.pk) is None


@pytest.mark.parametrize(("score", "follow_up"), [(3, "note"), (1, "none")])
def test_nobody_is_bothered_about_a_good_score_or_where_nothing_is_wanted(world, score: int, follow_up: str):
    rating = _asked(world, _survey(world, low=2, follow_up=follow_up))
    rate(actor=world.customer, rating=rating, score=score, at=world.now)
    assert Watcher.objects.count() == 0
    assert Rating.objects.get().follow_up is None


def test_the_spine_says_that_it_was_rated_and_not_how(world: World):
    rating = _asked(world, _survey(world, follow_up="none"))
    rate(actor=world.customer, rating=rating, score=1, comment="秘密", at=world.now)
    data = Event.objects.get(verb="ticket.rated").data
    assert data["ticket"] == rating.ticket_id
    assert not {"score", "comment"} & data.keys()


def test_agents_see_what_was_said_about_their_tickets_and_leads_see_all(world: World):
    rating = _asked(world, _survey(world))
    rate(actor=world.customer, rating=rating, score=4, at=world.now)
    seen = {name: reading.visible(world.members[name]).count() for name in ("zhou_min", "li_na", "wang_fang")}
    assert seen == {"zhou_min": 1, "li_na": 0, "wang_fang": 1}


def test_nps_is_the_share_of_promoters_less_that_of_detractors(world: World):
    survey = _survey(world, kind="nps", follow_up="none")
    for number, score in enumerate((10, 9, 9, 8, 7, 6, 0)):
        contact = find_or_add_contact(actor=SYSTEM, email=f"c{number}@firm.example", at=world.now)
        rating = ask(actor=SYSTEM, survey=survey, contact=contact, at=world.now)
        assert rating is not None
        rate(actor=contact, rating=rating, score=score, at=world.now)
    found = reading.figures(reading.visible(world.wang_fang), survey, asked=9)
    assert (found.answered, found.asked) == (7, 9)
    assert found.score == pytest.approx(100 * (3 - 2) / 7)
    assert dict(found.counts)[9] == 2


def test_one_survey_of_a_kind_is_asked_at_a_time_and_only_administrators_define_them(world: World):
    _survey(world)
    with pytest.raises(Conflict):
        _survey(world)
    with pytest.raises(Denied):
        define_survey(actor=world.wang_fang, values={"name": "x"}, at=world.now)
