"""Complaint 22: what goes wrong elsewhere when two people act on one ticket at the same time.

The second to open a ticket takes it from the first; two who merge tickets into each other close both; nothing is
locked at all; automatic giving is applied to groups that were not chosen.
"""

from __future__ import annotations

import itertools
from collections import Counter
from datetime import timedelta

import pytest

from fengong.desk import queries
from fengong.desk.actions.merges import merge_ticket, unmerge_ticket
from fengong.desk.actions.messages import receive_message, reply
from fengong.desk.actions.tickets import resolve_ticket
from fengong.desk.models import Load, Merge, Message, Ticket
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.dispatch.actions.matching import match_waiting
from fengong.dispatch.models import Decision
from fengong.kernel.actor import MATCHER, SYSTEM
from fengong.kernel.errors import Conflict, Denied, Refused
from tests.desk.complaints.rivals import at_once, need_postgres
from tests.world import World

SECOND = timedelta(seconds=1)
ROUNDS = 12


@pytest.mark.django_db
def test_22_whoever_opens_a_ticket_second_does_not_take_it_from_the_first(world: World):
    ticket = world.ticket()
    assign_ticket(actor=world.li_na, ticket=ticket, member=world.li_na, at=world.now)
    stale = Ticket.objects.get(pk=ticket.pk)
    for seconds in (0, 1, 5):
        with pytest.raises(Denied):
            assign_ticket(
                actor=world.sun_hao, ticket=stale, member=world.sun_hao, at=world.now + seconds * SECOND
            )
    assert Ticket.objects.get(pk=ticket.pk).owner == world.li_na


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_22_of_five_who_take_one_ticket_at_once_just_one_gets_it(world: World):
    need_postgres()
    takers = [world.li_na, world.sun_hao, world.zhou_min, world.chen_li, world.he_jie]
    for number in range(ROUNDS):
        ticket = world.ticket(f"#{number}")
        found = at_once(
            *(
                lambda m=member, t=ticket: assign_ticket(actor=m, ticket=t, member=m, at=world.now)
                for member in takers
            )
        )
        assert Counter(isinstance(one, Refused) for one in found) == {True: 4, False: 1}
        row = Ticket.objects.get(pk=ticket.pk)
        assert row.owner in takers
        assert Decision.objects.filter(ticket=ticket).count() == 1
        resolve_ticket(actor=world.wang_fang, ticket=row, at=world.now)
    assert sum(Load.objects.values_list("effort", flat=True)) == 0


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_22_two_who_merge_tickets_into_each_other_at_once_never_close_both(world: World):
    need_postgres()
    for number in range(ROUNDS):
        one, two = world.ticket(f"a{number}"), world.ticket(f"b{number}")
        found = at_once(
            lambda a=one, b=two: merge_ticket(actor=world.wang_fang, ticket=a, into=b, at=world.now),
            lambda a=one, b=two: merge_ticket(actor=world.li_na, ticket=b, into=a, at=world.now),
        )
        assert Counter(type(answer) for answer in found) == {Merge: 1, Conflict: 1}
        states = sorted(Ticket.objects.filter(pk__in=(one.pk, two.pk)).values_list("status", flat=True))
        assert states == ["resolved", "waiting"]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_22_a_ring_of_merges_at_once_leaves_one_open_end_that_everything_leads_to(world: World):
    need_postgres()
    for number in range(ROUNDS):
        ring = [world.ticket(f"{number}-{name}", body=name) for name in "甲乙丙丁"]
        pairs = list(zip(ring, [*ring[1:], ring[0]], strict=True))
        at_once(
            *(
                lambda a=a, b=b: merge_ticket(actor=world.wang_fang, ticket=a, into=b, at=world.now)
                for a, b in pairs
            )
        )
        rows = Ticket.objects.filter(pk__in=[ticket.pk for ticket in ring])
        ends = [row for row in rows if row.merged_into_id is None]
        assert len(ends) == 1
        assert {row.merged_into_id for row in rows if row.pk != ends[0].pk} == {ends[0].pk}
        assert sorted(message.body for message in queries.thread(ends[0])) == sorted("甲乙丙丁")


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_22_what_a_customer_writes_during_merges_is_lost_nowhere(world: World):
    need_postgres()
    for number in range(ROUNDS):
        a, b, c = (world.ticket(f"{number}-{name}") for name in "abc")
        merge_ticket(actor=world.wang_fang, ticket=a, into=b, at=world.now)
        found = at_once(
            lambda b=b, c=c: merge_ticket(actor=world.wang_fang, ticket=b, into=c, at=world.now),
            lambda a=a: unmerge_ticket(actor=world.wang_fang, ticket=a, at=world.now),
            lambda a=a: _write(world, a, "还在吗"),
            lambda b=b: _write(world, b, "急"),
        )
        assert not [answer for answer in found if isinstance(answer, Refused)]
        ends = Ticket.objects.filter(pk__in=(a.pk, b.pk, c.pk), merged_into=None)
        read = list(itertools.chain(*([m.body for m in queries.thread(end)] for end in ends)))
        assert {"还在吗", "急"} <= set(read)
        assert len(read) == 5
        assert Ticket.objects.get(pk=a.pk).merged_into_id is None
        assert Ticket.objects.get(pk=b.pk).merged_into_id == c.pk


def _write(world: World, ticket: Ticket, body: str) -> Message:
    return receive_message(
        actor=world.customer, ticket=ticket, contact=world.customer, body=body, at=world.now
    )


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_22_two_answers_written_on_the_same_state_are_not_both_sent(world: World):
    need_postgres()
    ticket = world.ticket()
    seen = ticket.version
    found = at_once(
        *(
            lambda m=member: reply(actor=m, ticket=ticket, member=m, body="您好", seen=seen, at=world.now)
            for member in (world.li_na, world.sun_hao)
        )
    )
    refused = [answer for answer in found if isinstance(answer, Conflict)]
    assert [refusal.code for refusal in refused] == ["stale"]
    assert queries.thread(ticket).count() == 2


@pytest.mark.django_db
def test_22_the_matcher_gives_work_to_nobody_who_is_not_set_up_for_it(world: World):
    """Given to are members who are here, of a tier that may take it, with the skill it asks for; nobody else."""
    world.go_online()
    for number in range(6):
        world.ticket(f"#{number}", topic="api", difficulty=2)
    match_waiting(actor=MATCHER, at=world.now)
    owners = set(Ticket.objects.filter(owner__isnull=False).values_list("owner", flat=True))
    skilled = {world.zhou_min.pk, world.chen_li.pk, world.he_jie.pk}
    assert owners
    assert owners <= skilled
    assert world.sun_hao.pk not in owners  # knows a little of the topic, but his tier is below it
    world.ticket("out", topic="invoices", at=world.now)
    assert match_waiting(actor=SYSTEM, at=world.now)
    given = Ticket.objects.get(subject="out").owner
    assert given in {world.li_na, world.chen_li, world.he_jie}
