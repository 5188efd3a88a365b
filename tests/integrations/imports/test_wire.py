"""Fetching from the API of another desk: page by page, as patiently as it asks for, then read like a file."""

from __future__ import annotations

import json

import httpx
import pytest
from django.utils.translation import override

from fengong.desk.models import Ticket
from fengong.integrations.imports.wire import freshdesk
from fengong.integrations.imports.wire.asking import TRIES, Unreachable
from fengong.integrations.imports.wire.fetching import as_lines, objects, open_desk
from tests.integrations.imports import fakes
from tests.integrations.imports.conftest import Bring
from tests.integrations.imports.exports import CHATWOOT, FRESHDESK, ZAMMAD, ZENDESK_USERS, zendesk_ticket
from tests.world import World

KEY = "admin@acme.example/token:abc"


def _zendesk_key() -> str:
    return str(open_desk("zendesk", "https://desk.example", KEY)._client.headers["Authorization"])


def test_all_pages_of_zendesk_come_in_and_every_wait_is_kept(world: World, bring: Bring):
    fake = fakes.Fake(fakes.zendesk([zendesk_ticket(1), zendesk_ticket(2)], ZENDESK_USERS, KEY))
    content = as_lines(objects("zendesk", fake.desk(Authorization=_zendesk_key())))
    run = bring("zendesk", content)
    assert (run.counts["new"], run.refused) == (2, 0)
    assert Ticket.objects.get(external_id="zendesk:acme:t2").messages.count() == 3
    assert set(fake.waits) == {7.0}


def test_a_wrong_key_is_said(world: World):
    fake = fakes.Fake(fakes.zendesk([], [], KEY))
    with override("en"), pytest.raises(Unreachable, match="key"):
        as_lines(objects("zendesk", fake.desk(Authorization="Basic wrong")))


def test_freshdesk_begins_again_past_its_last_page(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(freshdesk, "LAST_PAGE", 2)
    monkeypatch.setattr(freshdesk, "PER_PAGE", 2)
    rows = [{"id": n, "updated_at": f"2025-01-{n:02}T00:00:00Z"} for n in range(1, 8)]

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path != "/tickets":
            return httpx.Response(200, json=[])
        found = [row for row in rows if str(row["updated_at"]) >= request.url.params["updated_since"]]
        start = 2 * (int(request.url.params["page"]) - 1)
        return httpx.Response(200, json=found[start : start + 2])

    got = [
        value["id"]
        for key, value in freshdesk.objects(fakes.Fake(answer, limit=99).desk())
        if key == "tickets"
    ]
    assert sorted(set(got)) == [1, 2, 3, 4, 5, 6, 7]


def test_zammad_is_read_until_a_page_is_empty(world: World, bring: Bring):
    kept = json.loads(ZAMMAD)

    def answer(request: httpx.Request) -> httpx.Response:
        name = request.url.path.rpartition("/")[2]
        if "by_ticket" in request.url.path:
            return httpx.Response(200, json=kept["tickets"][0]["articles"])
        if name == "tags":
            return httpx.Response(200, json={"tags": ["beans"]})
        rows = kept[name] if request.url.params["page"] == "1" else []
        bare = [{k: v for k, v in row.items() if k != "articles"} for row in rows]
        return httpx.Response(200, json=bare)

    bring("zammad", as_lines(objects("zammad", fakes.Fake(answer).desk())))
    ticket = Ticket.objects.get(external_id="zammad:acme:t1")
    assert [tagging.tag.name for tagging in ticket.taggings.all()] == ["beans"]


def test_chatwoot_messages_are_paged_backwards(world: World, bring: Bring):
    conversation = json.loads(CHATWOOT)["data"]["payload"][0]
    fake = fakes.Fake(fakes.chatwoot(conversation))
    bring("chatwoot", as_lines(objects("chatwoot", fake.desk("https://chat.example/api/v1/accounts/1"))))
    assert Ticket.objects.get(external_id="chatwoot:acme:t12").messages.count() == 2


def test_a_desk_that_stays_silent_is_given_up_with_its_reason():
    def answer(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("no route", request=request)

    fake = fakes.Fake(answer, limit=99)
    with pytest.raises(Unreachable, match="no route"):
        fake.desk().get("/x")
    assert len(fake.asked) == TRIES


@pytest.mark.parametrize(
    "answer", [httpx.Response(200, text="<html>"), httpx.Response(302), httpx.Response(404)]
)
def test_what_is_no_api_is_said(answer: httpx.Response):
    with pytest.raises(Unreachable):
        fakes.Fake(lambda request: answer, limit=99).desk().get("/x")


def test_an_address_that_is_none_is_refused():
    with pytest.raises(Unreachable):
        open_desk("zammad", "ftp://x", "k")


def test_freshdesk_answers_saved_to_a_file_are_the_same_as_fetched(world: World, bring: Bring):
    kept = json.loads(FRESHDESK)
    pairs = ((key, value) for key, rows in kept.items() for value in rows)
    bring("freshdesk", as_lines(pairs))
    assert Ticket.objects.get(external_id="freshdesk:acme:t11").messages.count() == 3
