"""More steps for orders of any kind: what rules move, what is offered, steps down, many at once, other policies."""

from __future__ import annotations

import random
from dataclasses import replace

from fengong.dispatch.actions.answers import answer_resolved
from fengong.dispatch.actions.bulk import change_many, undo_many
from fengong.dispatch.actions.escalations import deescalate_ticket
from fengong.dispatch.actions.handing_over import hand_over_work
from fengong.dispatch.actions.ladders import climb_overdue
from fengong.dispatch.actions.offers import accept_offer, decline_offer, expire_offers
from fengong.dispatch.actions.policies import draft_policy, publish_policy, return_to_policy
from fengong.dispatch.actions.rebalancing import even_out
from fengong.dispatch.actions.silence import move_on_from_silent
from fengong.dispatch.actions.standing_in import name_stand_in, remove_stand_in
from fengong.dispatch.models import Offer, PolicyEdition, StandIn
from fengong.dispatch.move_rules import MoveRules
from fengong.dispatch.policy_rules import Interrupting, Limit, Offers, PolicyRules, Preferred, Shifts, Tiers
from fengong.kernel.actor import SYSTEM, System
from fengong.people.models import Member
from fengong.rota.actions.presence import set_presence
from tests.dispatch import writers
from tests.dispatch.writers import OWNED, Crew, NothingToDoError, Step

MOVER = System("mover")
EAGER = MoveRules(
    tier=(20, 20), silence=(30, 20, 10, 5), gap=0.1, calm=1, settled=0, grace=0, unknown_return=1
)
"""Rules under which everything moves that may."""
POLICIES = (
    PolicyRules(),
    PolicyRules(offers=Offers(channels=("web", "mail"), seconds=20, apart=1, missed=1)),
    PolicyRules(limits=(Limit(2),), tiers=Tiers(reach=0)),
    PolicyRules(interrupting=Interrupting(over=(0, 1, 2, 3), sheltered=())),
    PolicyRules(shifts=Shifts(on_shift_only=True, ramp=60), preferred=Preferred(hold=5)),
)


def step_down(crew: Crew, dice: random.Random) -> None:
    ticket = writers.pick(dice, *OWNED)
    who = writers.owner(ticket)
    deescalate_ticket(
        actor=who, ticket=ticket, found="只是密码", wanted="重置", at=crew.now, seen=ticket.version
    )


def hand_over(crew: Crew, dice: random.Random) -> None:
    hand_over_work(actor=MOVER, at=crew.now, rules=EAGER)


def move_on(crew: Crew, dice: random.Random) -> None:
    move_on_from_silent(actor=MOVER, at=crew.now, rules=EAGER)


def level(crew: Crew, dice: random.Random) -> None:
    even_out(actor=MOVER, at=crew.now, rules=EAGER)


def climb(crew: Crew, dice: random.Random) -> None:
    climb_overdue(actor=MOVER, at=crew.now, rules=EAGER)


def tell_answers(crew: Crew, dice: random.Random) -> None:
    answer_resolved(actor=MOVER, at=crew.now)


def stand_in(crew: Crew, dice: random.Random) -> None:
    member, other = dice.sample(crew.agents, 2)
    name_stand_in(actor=member, member=member, by_member=other, at=crew.now)


def nobody_stands_in(crew: Crew, dice: random.Random) -> None:
    found = StandIn.objects.select_related("member").first()
    if found is None:
        raise NothingToDoError("nobody stands in for anybody")
    remove_stand_in(actor=found.member, stand_in=found, at=crew.now)


def answer_an_offer(crew: Crew, dice: random.Random) -> None:
    offer = _some_offer(dice)
    verb = dice.choice((accept_offer, decline_offer))
    verb(actor=offer.member, ticket=offer.ticket, at=crew.now)


def answer_for_another(crew: Crew, dice: random.Random) -> None:
    accept_offer(actor=dice.choice(crew.agents), ticket=_some_offer(dice).ticket, at=crew.now)


def miss_offers(crew: Crew, dice: random.Random) -> None:
    expire_offers(actor=MOVER, at=crew.now)


def change_policy(crew: Crew, dice: random.Random) -> None:
    lead = crew.world.wang_fang
    old = list(PolicyEdition.objects.filter(published_at__isnull=False))
    if old and dice.random() < 0.3:
        return_to_policy(actor=lead, edition=dice.choice(old), at=crew.now)
        return
    rules = replace(dice.choice(POLICIES), moves=EAGER)
    publish_policy(actor=lead, edition=draft_policy(actor=lead, rules=rules, at=crew.now), at=crew.now)


def assign_many(crew: Crew, dice: random.Random) -> None:
    """Several tickets to one member in one go, and every other time it is taken back at once."""
    tickets = [writers.pick(dice, "waiting", *OWNED).pk for _ in range(3)]
    lead, member = crew.world.wang_fang, dice.choice(crew.agents)
    change = change_many(
        actor=lead,
        member=lead,
        tickets=list(dict.fromkeys(tickets)),
        deed="assign",
        wanted={"member": member},
        at=crew.now,
    )
    if dice.random() < 0.5:
        undo_many(actor=lead, change=change, at=crew.now)


def all_leave(crew: Crew, dice: random.Random) -> None:
    """The fire alarm; every second time they are back a moment later."""
    for member in crew.agents:
        set_presence(actor=member, member=member, status="away", at=crew.now)


def all_come(crew: Crew, dice: random.Random) -> None:
    for member in crew.agents:
        _come(crew, member)


def _come(crew: Crew, member: Member) -> None:
    set_presence(actor=SYSTEM, member=member, status="online", at=crew.now)


def _some_offer(dice: random.Random) -> Offer:
    found = list(Offer.objects.select_related("member", "ticket").order_by("-pk")[:5])
    if not found:
        raise NothingToDoError("nothing was offered")
    return dice.choice(found)


MOVES: list[Step] = [
    step_down,
    hand_over,
    move_on,
    level,
    climb,
    tell_answers,
    stand_in,
    nobody_stands_in,
    answer_an_offer,
    answer_for_another,
    miss_offers,
    change_policy,
    assign_many,
    all_leave,
    all_come,
]
