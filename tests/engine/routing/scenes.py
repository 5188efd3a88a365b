"""Situations for the tests of routing: random ones, and a rule book in plain words to judge matches by."""

from __future__ import annotations

from dataclasses import replace
from math import inf
from random import Random

from hypothesis import settings
from hypothesis import strategies as st

from fengong.engine.routing.arrays import Pool, Queue
from fengong.engine.routing.rules import Rules
from fengong.engine.routing.situation import Candidate, Situation, WaitingTicket
from fengong.engine.routing.translation import pool_of, queue_of, topics_of

RULES = Rules()
UNHURRIED = settings(max_examples=40, deadline=None)  # no clock judges on a busy machine
TOPICS = 3


@st.composite
def candidates(draw, number: int) -> Candidate:
    capacity = draw(st.sampled_from([0, 30, 60, 90, 240]))
    return Candidate(
        id=number,
        tier=draw(st.integers(1, 3)),
        proficiency=draw(st.dictionaries(st.integers(0, TOPICS - 1), st.integers(1, 5), max_size=TOPICS)),
        load=draw(st.integers(0, capacity)) if capacity else 0,
        capacity=capacity,
        present=draw(st.sampled_from([True, True, True, False])),
        off_at=draw(st.sampled_from([inf, inf, 20.0, 35.0, 400.0])),
        idle_since=draw(st.sampled_from([-inf, -60.0, -5.0, -5.0])),
        given=draw(st.integers(0, 300)),
        last_given=draw(st.sampled_from([-inf, -30.0, -2.0])),
    )


@st.composite
def waiting_tickets(draw, number: int, members: int) -> WaitingTicket:
    someone = st.integers(1, max(1, members))
    return WaitingTicket(
        id=number,
        topic=draw(st.integers(0, TOPICS - 1)),
        difficulty=draw(st.integers(1, 3)),
        priority=draw(st.integers(1, 4)),
        tier=draw(st.integers(1, 3)),
        effort=draw(st.sampled_from([7.5, 10, 25, 30, 55])),
        waiting_since=draw(st.integers(-500, 0)),
        due_at=draw(st.sampled_from([inf, -50.0, 10.0, 90.0, 600.0])),
        last_member=draw(st.none() | someone),
        barred=draw(st.frozensets(someone, max_size=2)),
    )


@st.composite
def situations(draw, min_tickets: int = 0, max_tickets: int = 9) -> Situation:
    count = draw(st.integers(0, 7))
    members = [draw(candidates(number)) for number in range(1, count + 1)]
    waiting = draw(st.integers(min_tickets, max_tickets))
    tickets = [draw(waiting_tickets(number, count)) for number in range(101, 101 + waiting)]
    return Situation(0.0, tuple(tickets), tuple(members))


def crowd(seed: int) -> Situation:
    """A larger scene in which most could take most, so that they compete for minutes."""
    dice = Random(seed)
    members = [
        Candidate(
            id=number,
            tier=dice.choice([1, 1, 1, 2, 3]),
            proficiency={topic: dice.randint(1, 5) for topic in range(TOPICS) if dice.random() < 0.8},
            load=dice.choice([0, 0, 20, 45]),
            capacity=dice.choice([30, 60, 61, 90, 240]),
            present=dice.random() < 0.9,
            off_at=dice.choice([inf, inf, 12.0, 28.0, 60.0]),
            idle_since=dice.choice([-60.0, -5.0]),
            given=dice.choice([0, 100]),
            last_given=dice.choice([-30.0, -2.0]),
        )
        for number in dice.sample(range(1, 40), dice.randint(1, 14))
    ]
    tickets = [
        WaitingTicket(
            id=number,
            topic=dice.randrange(TOPICS),
            difficulty=dice.choice([1, 1, 2, 3]),
            priority=dice.randint(1, 4),
            tier=dice.choice([1, 1, 2]),
            effort=dice.choice([7.5, 10, 25, 30, 55]),
            waiting_since=dice.choice([-200.0, -10.0]),
            due_at=dice.choice([inf, -50.0, 90.0]),
            last_member=dice.choice([None, 1, members[0].id]),
            barred=frozenset(each.id for each in members if dice.random() < 0.1),
        )
        for number in dice.sample(range(100, 200), dice.randint(0, 30))
    ]
    if dice.random() < 0.3:  # all alike, so that only the tie-breaks decide
        members = [replace(members[0], present=True, off_at=inf, id=each.id) for each in members]
        tickets = [replace(tickets[0], barred=frozenset(), id=each.id) for each in tickets]
    return Situation(0.0, tuple(tickets), tuple(members))


crowds = st.integers(0, 2**32).map(crowd)
scenes = situations() | crowds


def arrays_of(situation: Situation) -> tuple[Pool, Queue]:
    topics = topics_of(situation)
    return pool_of(situation, topics), queue_of(situation, topics)


def in_one_slot(situation: Situation) -> Situation:
    """The same people and tickets, but every ticket fills a member: one match each, all of one size."""
    return replace(
        situation,
        tickets=tuple(replace(ticket, effort=30.0) for ticket in situation.tickets),
        members=tuple(replace(member, load=0.0, capacity=30.0) for member in situation.members),
    )


def reason_against(member: Candidate, ticket: WaitingTicket, now: float, rules: Rules) -> str | None:
    """The first reason why this match must not be, said without arrays; None if it may be."""
    known = member.proficiency.get(ticket.topic, 0)
    reasons = {
        "absent": not member.present,
        "barred": member.id in ticket.barred,
        "below_tier": member.tier < ticket.tier,
        "above_reach": member.tier > ticket.tier + rules.reach,
        "no_skill": known < rules.need[ticket.difficulty - 1],
        "shift_ending": now + ticket.effort + rules.guard > member.off_at,
        "no_capacity": member.load + ticket.effort > member.capacity,
    }
    return next((reason for reason, holds in reasons.items() if holds), None)
