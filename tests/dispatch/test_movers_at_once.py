"""What rules move, what is offered and what people do meet on the same tickets, each on a connection of its own."""

from __future__ import annotations

import pytest

from fengong.desk.actions.loads import set_capacity
from fengong.dispatch.actions.policies import draft_policy, publish_policy
from fengong.dispatch.policy_rules import Interrupting, Offers, PolicyRules
from fengong.kernel.actor import SYSTEM
from tests.desk.complaints.rivals import need_postgres
from tests.dispatch import interleaved, interleaved_moves, writers
from tests.dispatch.ledger import broken_histories, broken_now
from tests.dispatch.writers import Crew, Step
from tests.world import World

SECONDS = 6.0
RULES = PolicyRules(
    offers=Offers(channels=("web",), seconds=5, apart=1, missed=0),
    interrupting=Interrupting(over=(0, 1, 2, 3)),
    moves=interleaved_moves.EAGER,
)
TOGETHER: list[list[Step]] = [
    [writers.match],
    [writers.open_one, writers.resolve, writers.reopen],
    [writers.assign_by_hand, writers.take, interleaved.place, interleaved.give_back, interleaved.say_tier],
    [
        writers.come_and_go,
        writers.escalate,
        interleaved_moves.step_down,
        writers.hear_customer,
        writers.answer,
    ],
    [interleaved_moves.hand_over, interleaved_moves.move_on, interleaved_moves.level],
    [interleaved_moves.level, interleaved_moves.climb, interleaved_moves.tell_answers],
    [interleaved_moves.answer_an_offer, interleaved_moves.miss_offers, interleaved_moves.assign_many],
    [interleaved.change_room, writers.pend, writers.snooze, writers.wake_up, interleaved.sweep_now],
]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_movers_offers_and_people_never_break_the_books_on_postgresql(world: World):
    need_postgres()
    world.go_online()
    for name, capacity in interleaved.ROOM.items():
        set_capacity(actor=SYSTEM, member=world.members[name], capacity=2 * capacity, at=world.now)
    draft = draft_policy(actor=world.wang_fang, rules=RULES, at=world.now)
    publish_policy(actor=world.wang_fang, edition=draft, at=world.now)
    for number in range(12):
        world.ticket(f"#{number}", difficulty=number % 3 + 1)
    crew = Crew(world)
    crew.run(TOGETHER, seconds=SECONDS)
    assert crew.errors == []
    assert broken_now() == []
    assert broken_histories() == []
    assert crew.done["match"] > 3
