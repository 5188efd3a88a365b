"""An offer that its ticket has outlived: declining it moves nothing."""

from __future__ import annotations

import pytest

from fengong.desk.actions.tickets import pend_ticket, resolve_ticket
from fengong.desk.models import Ticket
from fengong.dispatch.actions.matching import match_waiting
from fengong.dispatch.actions.offers import decline_offer
from fengong.dispatch.actions.policies import draft_policy, publish_policy
from fengong.dispatch.policy_rules import Offers, PolicyRules
from fengong.kernel.actor import MATCHER
from fengong.kernel.errors import Conflict
from tests.world import World


@pytest.mark.parametrize("done", [resolve_ticket, pend_ticket])
def test_what_was_resolved_or_pended_while_on_offer_is_not_put_back_by_declining_it(world: World, done):
    rules = PolicyRules(offers=Offers(channels=("web",), seconds=60))
    draft = draft_policy(actor=world.wang_fang, rules=rules, at=world.now)
    publish_policy(actor=world.wang_fang, edition=draft, at=world.now)
    world.go_online("li_na")
    ticket = world.ticket()
    match_waiting(actor=MATCHER, at=world.now)
    done(actor=world.li_na, ticket=ticket, at=world.now)
    before = Ticket.objects.get(pk=ticket.pk).status
    with pytest.raises(Conflict):
        decline_offer(actor=world.li_na, ticket=ticket, at=world.now)
    assert Ticket.objects.get(pk=ticket.pk).status == before
