"""What is compiled beforehand is what dispatch calls: with other tickets and members nothing is compiled any more."""

from __future__ import annotations

from dataclasses import replace

from fengong.engine.routing import costs, view
from fengong.engine.routing.decide import decide
from fengong.engine.routing.policies import fengong
from fengong.engine.routing.situation import Situation
from fengong.engine.warm import warm
from tests.engine.routing.scenes import RULES
from tests.engine.routing.team import BILLING, LIN, NETWORK, NOW, ZHAO, team, ticket

KERNELS = (
    costs.find_relief,
    costs.price_pairs,
    costs.price_waiting,
    fengong.match,
    fengong.only_member,
    view.recount,
)


def test_a_warm_dispatch_compiles_nothing():
    warm()
    before = [len(kernel.signatures) for kernel in KERNELS]
    assert all(before)
    odd = ticket(3, topic=NETWORK, difficulty=2, barred=frozenset({LIN, ZHAO}), last_member=LIN)
    for waiting in ((odd,), (ticket(1), replace(odd, topic=BILLING), ticket(4, due_at=NOW - 5))):
        decide(Situation(NOW, waiting, team()), policy="fengong", rules=RULES)
    assert [len(kernel.signatures) for kernel in KERNELS] == before
