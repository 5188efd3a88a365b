"""Work that is offered is answered on its page."""

from __future__ import annotations

import pytest
from django.test import Client

from fengong.desk.models import Ticket
from fengong.dispatch import queries
from fengong.dispatch.actions.matching import match_waiting
from fengong.dispatch.models import Offer
from fengong.dispatch.policy_rules import Offers, PolicyRules
from fengong.kernel.actor import MATCHER
from fengong.kernel.clock import now
from tests.dispatch.publishing import publish
from tests.world import World

HTMX = {"HX-Request": "true"}


@pytest.fixture
def offered(world: World, client: Client) -> Ticket:
    publish(world, PolicyRules(offers=Offers(channels=("chat",), seconds=600.0)))
    world.go_online("li_na")
    ticket = world.ticket(channel="chat", at=now())
    match_waiting(actor=MATCHER, at=now())
    client.force_login(world.li_na.account)
    return ticket


def test_who_it_is_offered_to_accepts_it_on_the_page(offered: Ticket, client: Client):
    page = client.get(f"/tickets/{offered.pk}", headers=HTMX).content.decode()
    assert f"/tickets/{offered.pk}/offer/acceptance" in page
    after = client.post(f"/tickets/{offered.pk}/offer/acceptance", headers=HTMX).content.decode()
    assert "offer/acceptance" not in after
    assert Offer.objects.get().answer == "accepted"


def test_passing_it_on_puts_it_back(offered: Ticket, client: Client):
    answer = client.post(f"/tickets/{offered.pk}/offer/refusal", headers=HTMX)
    assert answer.status_code == 200
    offered.refresh_from_db()
    assert offered.owner is None
    assert Offer.objects.get().answer == "declined"


def test_nobody_else_sees_the_question(offered: Ticket, client: Client, world: World):
    client.force_login(world.wang_fang.account)
    page = client.get(f"/tickets/{offered.pk}", headers=HTMX).content.decode()
    assert "offer/acceptance" not in page
    assert client.post(f"/tickets/{offered.pk}/offer/refusal", headers=HTMX).status_code == 403
    assert queries.offer_of(offered) is not None
