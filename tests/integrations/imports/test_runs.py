"""Runs: dry first, again without doubles, resumed after a kill, and a report that names line and column."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pytest_django import Settings

from fengong.customers.models import Contact
from fengong.desk.actions.messages import reply
from fengong.desk.models import Message, Ticket
from fengong.integrations.imports import queries
from fengong.integrations.imports.actions import carrying
from fengong.integrations.imports.actions.runs import draft_import, start_import
from fengong.integrations.imports.models import ImportRun
from fengong.integrations.imports.tasks import carry_on as sweep
from fengong.kernel.errors import Denied, Invalid
from tests.integrations.imports.conftest import Bring
from tests.integrations.imports.exports import lines, zendesk, zendesk_ticket
from tests.world import World


def test_a_dry_run_counts_and_writes_nothing(world: World, bring: Bring):
    before = (Ticket.objects.count(), Contact.objects.count(), Message.objects.count())
    run = bring("zendesk", zendesk(), dry=True)
    assert (run.counts["new"], run.counts["people"], run.counts["files"]) == (1, 1, 1)
    assert (Ticket.objects.count(), Contact.objects.count(), Message.objects.count()) == before


def test_a_second_run_doubles_nothing(world: World, bring: Bring):
    bring("zendesk", zendesk())
    run = bring("zendesk", zendesk())
    assert (run.counts.get("new", 0), run.counts["same"], run.counts.get("people", 0)) == (0, 1, 0)
    assert Ticket.objects.filter(external_id__startswith="zendesk:").count() == 1


def test_a_second_run_brings_what_was_said_and_decided_since(world: World, bring: Bring):
    bring("zendesk", zendesk(zendesk_ticket(status="open", comments=zendesk_ticket()["comments"][:1])))
    run = bring("zendesk", zendesk())
    ticket = Ticket.objects.get(external_id="zendesk:acme:t35436")
    assert run.counts["changed"] == 1
    assert (ticket.status, ticket.messages.count()) == ("resolved", 3)


def test_what_was_worked_on_here_keeps_its_state(world: World, bring: Bring):
    bring("zendesk", zendesk(zendesk_ticket(status="open")))
    ticket = Ticket.objects.get(external_id="zendesk:acme:t35436")
    reply(actor=world.li_na, ticket=ticket, member=world.li_na, body="我来处理", at=world.now)
    bring("zendesk", zendesk(zendesk_ticket(status="solved", subject="改了")))
    ticket.refresh_from_db()
    assert (ticket.status, ticket.subject) == ("open", "发票抬头错了")


def test_a_broken_line_is_named_by_line_and_column_and_the_rest_comes_in(world: World, bring: Bring):
    good = zendesk().decode()
    run = bring(
        "zendesk", (good + '\n{"id": 9, "subject" "x"}\n' + lines(zendesk_ticket(36)).decode()).encode()
    )
    refusal = queries.refusals(run).get()
    assert (refusal.line, refusal.column) == (6, "21")
    assert run.counts["new"] == 2


def test_an_unknown_word_is_refused_with_its_place_until_somebody_says_what_it_means(
    world: World, bring: Bring
):
    run = bring("zendesk", zendesk(zendesk_ticket(status="triaged")))
    refusal = queries.refusals(run).get()
    assert (refusal.line, refusal.column, refusal.external_id) == (5, "status", "35436")
    assert (
        bring("zendesk", zendesk(zendesk_ticket(status="triaged")), statuses={"triaged": "waiting"}).counts[
            "new"
        ]
        == 1
    )


def test_a_record_without_a_time_is_refused(world: World, bring: Bring):
    run = bring("zendesk", zendesk(zendesk_ticket(created_at="yesterday")))
    assert queries.refusals(run).get().column == "created_at"


def test_objects_of_a_document_know_their_line(world: World, bring: Bring):
    document = json.dumps({"tickets": [zendesk_ticket(1, comments=[]), {"id": 2, "subject": "x"}]}, indent=1)
    run = bring("zendesk", document.encode())
    line = 1 + document[: document.index('"id": 2,')].count("\n") - 1
    assert [(r.line, r.column) for r in queries.refusals(run)] == [(line, "created_at")]
    assert run.counts["new"] == 1


@pytest.mark.parametrize(
    "content", [b"\xff\xfe\x00broken", b"[1, 2", b"nothing", b"{}", b'{"tickets": [{"id"']
)
def test_no_file_breaks_it(world: World, bring: Bring, content: bytes):
    run = bring("zendesk", content)
    assert run.state == ImportRun.State.DONE
    assert run.counts.get("new", 0) == 0


def test_a_killed_worker_resumes_where_the_run_stood(
    world: World, settings: Settings, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(carrying, "AT_ONCE", 2)
    content = zendesk(*(zendesk_ticket(number, comments=[]) for number in range(1, 8)))
    drafted = draft_import(
        actor=world.admin, source="zendesk", account="a", file_name="x", content=content, at=world.now
    )
    run = start_import(actor=world.admin, run=drafted, dry=False, at=world.now)
    carrying.carry_on(actor=world.admin, run=run, at=world.now)
    carrying.carry_on(actor=world.admin, run=run, at=world.now)
    carrying._at_hand.clear()  # the worker is gone; another one sweeps
    sweep(at=world.now)
    run.refresh_from_db()
    assert (run.state, run.counts["new"], run.position) == ("done", 7, 10)
    assert Ticket.objects.filter(external_id__startswith="zendesk:a:").count() == 7


def test_only_who_configures_the_desk_may_import(world: World, bring: Bring):
    for member in (world.li_na, world.wang_fang, world.qian_wei, world.customer):
        with pytest.raises(Denied):
            draft_import(
                actor=member, source="zendesk", account="a", file_name="x", content=b"{}", at=world.now
            )


@pytest.mark.parametrize(
    ("given", "field"),
    [({"source": "lotus"}, "source"), ({"account": "a b"}, "account"), ({"content": b""}, "file"),
     ({"settings": {"zone": "Mars/Base"}}, "zone")],
)  # fmt: skip
def test_what_cannot_be_imported_is_said_at_once(world: World, given: dict[str, Any], field: str):
    usual: dict[str, Any] = {"source": "zendesk", "account": "a", "file_name": "x", "content": b"{}"}
    with pytest.raises(Invalid) as refused:
        draft_import(actor=world.admin, at=world.now, **(usual | given))
    assert refused.value.field == field
