"""Swarms: people are brought together, kept free of other work, and go back to it when the matter is over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from fengong.desk.models import Load, Ticket
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.dispatch.tasks import match
from fengong.emergency import queries
from fengong.emergency.actions.acting import EMERGENCY
from fengong.emergency.actions.rooms import add_task, announce, finish_task, say, take_task
from fengong.emergency.actions.shielding import settle_shields
from fengong.emergency.actions.swarms import form_swarm, let_leave, name_lead, stand_down, take_in
from fengong.emergency.models import Swarm, SwarmMember
from fengong.emergency.reading.account import drafted
from fengong.emergency.reading.calling import callable_now, proposed
from fengong.kernel.actor import SYSTEM
from fengong.kernel.errors import Conflict, Denied, Invalid
from fengong.kernel.spine import history
from fengong.rota import queries as rota
from fengong.rota.actions.presence import set_presence
from tests.world import World

MINUTE = timedelta(minutes=1)


@pytest.fixture
def broken(world: World) -> Ticket:
    """The matter: an outage of the API that 陈立 has in hand."""
    world.go_online()
    ticket = world.ticket("接口全部报错", topic="api", difficulty=3)
    return assign_ticket(actor=world.wang_fang, ticket=ticket, member=world.chen_li, at=world.now)


@pytest.fixture
def form(world: World, broken: Ticket) -> Callable[..., Swarm]:
    def formed(**more: object) -> Swarm:
        given = {"lead": world.he_jie, "members": [world.zhou_min], "ticket": broken, **more}
        return form_swarm(actor=world.wang_fang, title="接口故障", at=world.now, **given)

    return formed


def test_those_proposed_are_here_know_the_topic_and_are_free(world: World, broken: Ticket):
    topic = world.topics["api"].pk
    set_presence(actor=SYSTEM, member=world.sun_hao, status="away", at=world.now)
    ranked = [one.member for one in callable_now(topic)]
    assert ranked[:3] == [world.he_jie, world.zhou_min, world.chen_li] and world.sun_hao not in ranked
    lead, members = proposed(topic)
    assert lead is not None and lead.member == world.he_jie and lead.reason["proficiency"] == 5
    assert [one.member for one in members] == [world.zhou_min, world.chen_li]


def test_the_matter_becomes_urgent_and_the_leads(form: Callable[..., Swarm], world: World, broken: Ticket):
    form()
    broken.refresh_from_db()
    assert (broken.owner, broken.priority) == (world.he_jie, Ticket.Priority.URGENT)


def test_who_is_in_a_swarm_gets_no_other_work_and_gives_theirs_to_who_can_do_it(
    form: Callable[..., Swarm], world: World
):
    mine = assign_ticket(actor=world.wang_fang, ticket=world.ticket(), member=world.zhou_min, at=world.now)
    form()
    assert rota.presence_of(world.zhou_min) == "engaged"
    match(at=world.now + MINUTE)
    mine.refresh_from_db()
    assert mine.owner in (world.li_na, world.sun_hao)
    fresh = [world.ticket() for _ in range(12)]
    match(at=world.now + 2 * MINUTE)
    owners = {Ticket.objects.get(pk=ticket.pk).owner for ticket in fresh}
    assert owners & {world.he_jie, world.zhou_min} == set() and owners & {world.li_na, world.sun_hao}
    assert queries.members_of(Swarm.objects.get()).get(member=world.zhou_min).relieved == 1


def test_work_that_nobody_else_here_knows_stays_where_it_is(form: Callable[..., Swarm], world: World):
    set_presence(actor=SYSTEM, member=world.chen_li, status="offline", at=world.now)
    set_presence(actor=SYSTEM, member=world.sun_hao, status="offline", at=world.now)
    rare = world.ticket(topic="api", difficulty=2, customer=world.customer)
    rare = assign_ticket(actor=world.wang_fang, ticket=rare, member=world.zhou_min, at=world.now)
    form(ticket=None, members=[world.zhou_min])
    rare.refresh_from_db()
    assert rare.owner == world.zhou_min


def test_what_waits_for_its_customer_stays_and_goes_to_others_once_they_answer(
    form: Callable[..., Swarm], world: World
):
    from_customer = world.ticket()
    from_customer = assign_ticket(
        actor=world.wang_fang, ticket=from_customer, member=world.zhou_min, at=world.now
    )
    Ticket.objects.filter(pk=from_customer.pk).update(status="pending")
    form()
    assert Ticket.objects.get(pk=from_customer.pk).owner == world.zhou_min
    Ticket.objects.filter(pk=from_customer.pk).update(status="open")
    settle_shields(actor=EMERGENCY, at=world.now + MINUTE)
    assert Ticket.objects.get(pk=from_customer.pk).status == "waiting"


def test_no_load_is_lost_or_counted_twice(form: Callable[..., Swarm], world: World):
    for _ in range(3):
        assign_ticket(actor=world.wang_fang, ticket=world.ticket(), member=world.zhou_min, at=world.now)
    swarm = form()
    match(at=world.now + MINUTE)
    stand_down(actor=world.he_jie, swarm=swarm, account="好了", at=world.now + 2 * MINUTE)
    for load in Load.objects.all():
        held = sum(Ticket.objects.filter(owner=load.member_id).values_list("held", flat=True))
        assert load.effort == held <= load.capacity


def test_a_worker_that_died_half_way_is_followed_by_one_that_goes_on(world: World, broken: Ticket):
    swarm = Swarm.objects.create(title="半路", lead=world.he_jie, formed_by="system:x", formed_at=world.now)
    row = SwarmMember.objects.create(swarm=swarm, member=world.he_jie, joined_at=world.now, status="online")
    set_presence(actor=SYSTEM, member=world.he_jie, status="engaged", at=world.now)
    assert settle_shields(actor=EMERGENCY, at=world.now) == 1
    row.refresh_from_db()
    assert row.shielded_at == world.now
    assert settle_shields(actor=EMERGENCY, at=world.now) == 0


def test_nobody_is_in_two_swarms_and_a_ticket_has_one(form: Callable[..., Swarm], world: World):
    form()
    with pytest.raises(Conflict):
        form(lead=world.chen_li, members=[])
    with pytest.raises(Conflict):
        form(ticket=None)
    assert Swarm.objects.count() == 1


def test_only_leads_call_a_swarm_and_only_those_in_it_write_there(form: Callable[..., Swarm], world: World):
    with pytest.raises(Denied):
        form_swarm(actor=world.li_na, title="x", lead=world.he_jie, members=[], at=world.now)
    swarm = form()
    with pytest.raises(Denied):
        say(actor=world.li_na, swarm=swarm, body="我也来", at=world.now)
    with pytest.raises(Denied):
        stand_down(actor=world.zhou_min, swarm=swarm, account="x", at=world.now)
    assert say(actor=world.zhou_min, swarm=swarm, body="在查日志", at=world.now).member == world.zhou_min


def test_the_room_keeps_who_said_and_did_what_in_order(form: Callable[..., Swarm], world: World):
    swarm = form(announcement="接口故障，正在处理")
    task = add_task(actor=world.he_jie, swarm=swarm, text="回滚版本", at=world.now + MINUTE)
    take_task(actor=world.zhou_min, task=task, member=world.zhou_min, at=world.now + 2 * MINUTE)
    with pytest.raises(Conflict):
        take_task(actor=world.he_jie, task=task, member=world.he_jie, at=world.now + 2 * MINUTE)
    finish_task(actor=world.zhou_min, task=task, at=world.now + 3 * MINUTE)
    announce(actor=world.he_jie, swarm=swarm, body="已恢复", at=world.now + 4 * MINUTE)
    kinds = [entry.kind for entry in queries.timeline(swarm)]
    assert kinds == [
        "formed", "joined", "joined", "shielded", "shielded", "task_added", "task_taken", "task_done", "announced",
    ]  # fmt: skip
    account = drafted(Swarm.objects.get())
    assert "回滚版本" in account and "已恢复" in account and "何洁" in account


def test_people_come_and_go_and_the_lead_can_change(form: Callable[..., Swarm], world: World, broken: Ticket):
    swarm = form()
    take_in(actor=world.he_jie, swarm=swarm, member=world.sun_hao, at=world.now)
    assert rota.presence_of(world.sun_hao) == "engaged"
    with pytest.raises(Conflict):
        let_leave(actor=world.he_jie, swarm=swarm, member=world.he_jie, at=world.now)
    swarm = name_lead(actor=world.he_jie, swarm=swarm, member=world.zhou_min, at=world.now)
    let_leave(actor=world.he_jie, swarm=swarm, member=world.he_jie, at=world.now + MINUTE)
    broken.refresh_from_db()
    assert broken.owner == world.zhou_min and rota.presence_of(world.he_jie) == "online"


def test_standing_down_needs_an_account_and_brings_everybody_back(form: Callable[..., Swarm], world: World):
    swarm = form()
    set_presence(actor=world.zhou_min, member=world.zhou_min, status="offline", at=world.now + MINUTE)
    with pytest.raises(Invalid):
        stand_down(actor=world.he_jie, swarm=swarm, account="  ", at=world.now + MINUTE)
    done = stand_down(actor=world.he_jie, swarm=swarm, account="已恢复。", at=world.now + 2 * MINUTE)
    assert not done.is_running and done.account == "已恢复。"
    assert (rota.presence_of(world.he_jie), rota.presence_of(world.zhou_min)) == ("online", "offline")
    verbs = [event.verb for event in history("swarm", swarm.pk)]
    assert verbs[0] == "swarm.formed" and verbs[-1] == "swarm.stood_down"
    with pytest.raises(Conflict):
        say(actor=world.he_jie, swarm=done, body="还有", at=world.now + 3 * MINUTE)
    assert world.ticket() and match(at=world.now + 4 * MINUTE) == 1
