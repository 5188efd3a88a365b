"""The pages of webhooks: an endpoint, its secret shown once, its deliveries, a ping, sending again."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fengong.integrations.webhooks.models import Delivery, Endpoint
from fengong.integrations.webhooks.wire.signing import secret_of
from tests.world import World

GIVEN = {
    "name": "crm",
    "url": "https://example.com/hook",
    "events": ["ticket.opened"],
    "format": "plain",
}


@pytest.fixture
def client(world: World, reader):
    return reader(world.admin)


@pytest.fixture
def endpoint(client) -> Endpoint:
    client.post("/settings/webhooks/new", GIVEN)
    return Endpoint.objects.get()


def _delivery(world: World, endpoint: Endpoint, number: int, **more) -> Delivery:
    given = {
        "state": "failed",
        "tries": 10,
        "log": [{"at": world.now.isoformat(), "status": 500, "milliseconds": 12, "said": "<b>boom</b>"}],
        **more,
    }
    return Delivery.objects.create(
        endpoint=endpoint,
        message_id=f"msg_{number}",
        seq=number,
        type="ticket.opened",
        body='{"type": "x"}',
        created_at=world.now,
        **given,
    )


def test_the_secret_is_on_the_page_after_saving_and_never_again(world: World, client):
    page = client.post("/settings/webhooks/new", GIVEN)
    endpoint = Endpoint.objects.get()
    secret = secret_of(endpoint.salt)
    assert secret in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert "whsec_" not in client.get(f"/settings/webhooks/{endpoint.pk}").text
    rotated = client.post(f"/settings/webhooks/{endpoint.pk}/secret").text
    endpoint.refresh_from_db()
    assert secret_of(endpoint.salt) in rotated and secret not in rotated


def test_an_address_in_a_private_network_is_refused_beside_its_field(client):
    page = client.post("/settings/webhooks/new", {**GIVEN, "url": "https://192.168.0.7/"})
    assert page.status_code == 422
    assert "private network" in page.text and Endpoint.objects.count() == 0


def test_deliveries_show_each_attempt_and_what_was_said_without_running_it(world: World, client, endpoint):
    _delivery(world, endpoint, 1)
    page = client.get(f"/settings/webhooks/{endpoint.pk}").text
    assert "500 · 12 ms" in page
    assert "&lt;b&gt;boom" in page and "<b>boom" not in page
    assert (
        "ticket.opened"
        not in re.search(
            r"<tbody>.*",
            client.get(f"/settings/webhooks/{endpoint.pk}?state=done").text + "<tbody>",
            re.DOTALL,
        ).group()
    )


def test_a_message_is_sent_again_and_a_ping_is_sent_by_a_button(world: World, client, endpoint):
    delivery = _delivery(world, endpoint, 1)
    client.post(f"/settings/webhooks/deliveries/{delivery.pk}/attempts")
    delivery.refresh_from_db()
    assert (delivery.state, delivery.tries) == ("waiting", 0)
    client.post(f"/settings/webhooks/{endpoint.pk}/pings")
    assert Delivery.objects.filter(type="endpoint.ping", state="waiting").count() == 1


def test_an_endpoint_is_changed_switched_off_and_removed(client, endpoint):
    path = f"/settings/webhooks/{endpoint.pk}"
    client.post(path, {**GIVEN, "name": "erp", "events": ["ticket.resolved"]})
    client.post(f"{path}/activity", {"off": "1"})
    endpoint.refresh_from_db()
    assert (endpoint.name, endpoint.events, endpoint.active) == ("erp", ["ticket.resolved"], False)
    client.post(f"{path}/activity")
    endpoint.refresh_from_db()
    assert endpoint.active
    client.post(f"{path}/removal")
    assert Endpoint.objects.count() == 0
    assert client.get(path).status_code == 404


def test_a_longer_log_takes_no_more_statements_and_turns_its_pages(world: World, client, endpoint):
    path, costs, seen = f"/settings/webhooks/{endpoint.pk}", [], 0
    number = 0
    for more in (5, 60):
        for _ in range(more):
            number += 1
            _delivery(world, endpoint, number)
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 9
    while path:
        page = client.get(path).text
        seen += page.count("500 · 12 ms")
        more = re.search(r'href="(/settings/webhooks/\d+\?state=&amp;after=\d+)"', page)
        path = more.group(1).replace("&amp;", "&") if more else ""
    assert seen == 65


def test_a_longer_list_of_endpoints_takes_no_more_statements(world: World, client):
    costs, number = [], 0
    for more in (2, 15):
        for _ in range(more):
            number += 1
            Endpoint.objects.create(
                name=f"e{number}",
                url="https://x.example",
                creator=world.admin,
                salt="s",
                created_at=world.now,
            )
        client.get("/settings/webhooks")
        with CaptureQueriesContext(connection) as queries:
            client.get("/settings/webhooks")
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 9


def test_only_administrators_see_webhooks(world: World, reader, endpoint):
    for member in (world.li_na, world.wang_fang):
        assert reader(member).get("/settings/webhooks").status_code == 403
        assert reader(member).get(f"/settings/webhooks/{endpoint.pk}").status_code == 403
