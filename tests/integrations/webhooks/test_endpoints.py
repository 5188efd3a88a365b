"""Endpoints: who sets them up, their secrets, what they may be told, and in which form."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from standardwebhooks import Webhook, WebhookVerificationError

from fengong.automation.deeds import check, perform
from fengong.desk.models import Ticket
from fengong.integrations.webhooks import payload
from fengong.integrations.webhooks.actions import planning
from fengong.integrations.webhooks.actions.endpoints import (
    EndpointDraft,
    add_endpoint,
    change_endpoint,
    remove_endpoint,
    rotate_secret,
    switch_endpoint,
)
from fengong.integrations.webhooks.models import Delivery, Endpoint
from fengong.integrations.webhooks.wire.signing import secret_of
from fengong.kernel.actor import System
from fengong.kernel.clock import now
from fengong.kernel.errors import Conflict, Denied, Invalid


def _draft(**more) -> EndpointDraft:
    return EndpointDraft(
        **{"name": "crm", "url": "https://example.com/hook", "events": ["ticket.opened"], **more}
    )


def test_a_secret_is_shown_once_and_stands_nowhere_in_the_database(world):
    endpoint, secret = add_endpoint(actor=world.admin, draft=_draft(), at=world.now)
    assert secret.startswith("whsec_") and len(secret) > 40
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM webhooks_endpoint")
        row = " ".join(map(str, cursor.fetchone()))
    assert secret not in row and secret.removeprefix("whsec_") not in row
    assert secret_of(endpoint.salt) == secret


def test_only_administrators_set_endpoints_up(world):
    for member in (world.li_na, world.wang_fang):
        with pytest.raises(Denied):
            add_endpoint(actor=member, draft=_draft(), at=world.now)


@pytest.mark.parametrize(
    ("given", "field"),
    [({"name": " "}, "name"), ({"events": []}, "events"), ({"events": ["moon.rose"]}, "events"),
     ({"format": "xml"}, "format"), ({"url": "https://10.0.0.9/"}, "url"), ({"url": "file:///etc/passwd"}, "url")],
)  # fmt: skip
def test_an_endpoint_that_makes_no_sense_is_refused_with_its_field(world, given, field):
    with pytest.raises(Invalid) as refused:
        add_endpoint(actor=world.admin, draft=_draft(**given), at=world.now)
    assert refused.value.field == field


def test_a_name_is_given_once(world):
    add_endpoint(actor=world.admin, draft=_draft(), at=world.now)
    with pytest.raises(Conflict):
        add_endpoint(actor=world.admin, draft=_draft(), at=world.now)


def test_after_a_rotation_both_secrets_open_a_message_for_a_day_and_then_only_the_new_one(
    world, receiver, endpoint, worker
):
    world.now = now()  # the library's check compares with the clock
    old = secret_of(endpoint.salt)
    new = rotate_secret(actor=world.admin, endpoint=endpoint, at=world.now)
    assert new != old
    world.ticket()
    worker.work()
    _path, headers, body = receiver.requests[0]
    named = {name.lower(): value for name, value in headers.items()}
    for secret in (old, new):
        Webhook(secret).verify(body, named)
    Endpoint.objects.update(previous_until=world.now)
    world.ticket()
    worker.work()
    _path, headers, body = receiver.requests[1]
    named = {name.lower(): value for name, value in headers.items()}
    Webhook(new).verify(body, named)
    with pytest.raises(WebhookVerificationError):
        Webhook(old).verify(body, named)


def test_when_whoever_set_it_up_may_read_nothing_any_more_neither_may_the_endpoint(world, endpoint):
    world.admin.active = False
    world.admin.save()
    world.ticket()
    assert planning.plan(at=world.now) == 0
    endpoint.refresh_from_db()
    assert (endpoint.active, endpoint.disabled_reason) == (False, "creator")


def test_cloudevents_is_a_format_of_its_own_and_signed_alike(world, receiver, second_endpoint, worker):
    endpoint = second_endpoint("events", receiver.url, format="cloudevents")
    ticket = world.ticket()
    worker.work()
    _path, headers, body = receiver.requests[0]
    said, named = json.loads(body), {name.lower(): value for name, value in headers.items()}
    assert named["content-type"].startswith("application/cloudevents+json")
    assert said.keys() == {
        "specversion",
        "id",
        "source",
        "type",
        "subject",
        "time",
        "datacontenttype",
        "data",
    }
    assert (said["specversion"], said["id"], said["type"]) == (
        "1.0",
        named["webhook-id"],
        "fengong.ticket.opened",
    )
    assert said["subject"] == f"tickets/{ticket.pk}"
    assert named["webhook-signature"].startswith("v1,") and endpoint.format == "cloudevents"


def test_a_rule_calls_one_endpoint_by_its_name_whatever_it_listens_to(world, endpoint, second_endpoint):
    second_endpoint("other", "http://127.0.0.1:9/", events=["ticket.resolved"])
    ticket = world.ticket()
    planning.plan(at=world.now)
    deeds = check([{"deed": "webhook", "endpoint": "other"}])
    perform(actor=System("rule:1"), ticket=ticket, deeds=deeds, at=world.now)
    assert planning.plan(at=world.now) == 1
    newest = Delivery.objects.latest("id")
    assert (newest.endpoint.name, newest.type) == ("other", "ticket.webhook_asked")


def test_a_message_stays_below_twenty_thousand_bytes(world):
    ticket = Ticket.objects.select_related("customer", "owner", "topic").get(pk=world.ticket("标题" * 120).pk)
    event = {"seq": 1, "actor": "member:1", "text": "长" * 50_000, "list": list(range(9_000))}
    data = {"event": event, "ticket": payload._ticket(ticket)}
    body = payload.message(format="plain", message_id="m", type="ticket.x", at=world.now, data=data)
    assert len(body.encode()) < 20_000
    assert json.loads(body)["data"]["ticket"]["id"] == ticket.pk


def test_a_change_of_address_holds_for_what_is_still_to_be_sent(world, receiver, second_endpoint, worker):
    endpoint = second_endpoint("x", "http://127.0.0.1:9/")
    world.ticket()
    worker.work()
    draft = _draft(name="x", url=receiver.url)
    change_endpoint(actor=world.admin, endpoint=endpoint, draft=draft, at=world.now)
    worker.work(minutes=1)
    assert len(receiver.requests) == 1


def test_switching_off_cancels_what_waits_and_switching_on_begins_anew(world, receiver, endpoint, worker):
    world.ticket()
    planning.plan(at=world.now)
    switch_endpoint(actor=world.admin, endpoint=endpoint, active=False, at=world.now)
    world.ticket("meanwhile")
    endpoint.refresh_from_db()
    switch_endpoint(actor=world.admin, endpoint=endpoint, active=True, at=world.now)
    world.ticket("after")
    worker.work()
    said = [json.loads(body)["data"]["ticket"]["subject"] for _path, _headers, body in receiver.requests]
    assert said == ["after"]


def test_removing_an_endpoint_forgets_its_deliveries(world, endpoint):
    world.ticket()
    planning.plan(at=world.now)
    remove_endpoint(actor=world.admin, endpoint=endpoint, at=world.now)
    assert (Endpoint.objects.count(), Delivery.objects.count()) == (0, 0)
