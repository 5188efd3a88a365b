"""The pages of imports: a file is kept, looked at, explained and brought in; only administrators see them."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from fengong.desk.models import Ticket
from fengong.integrations.imports.models import ImportRun, Refusal
from fengong.integrations.imports.tasks import carry_on
from tests.integrations.imports.exports import zendesk, zendesk_ticket
from tests.world import World


@pytest.fixture(autouse=True)
def kept_here(settings: Settings, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def _admin(world: World) -> Client:
    client = Client()
    client.force_login(world.admin.account)
    return client


def _upload(client: Client, content: bytes, source: str = "zendesk", name: str = "e.json") -> Any:
    file = SimpleUploadedFile(name, content)
    given = {"source": source, "account": "acme", "zone": "UTC", "file": file}
    return client.post("/settings/imports", given)


def test_a_file_is_looked_at_explained_and_brought_in(world: World):
    client = _admin(world)
    page = _upload(client, zendesk(zendesk_ticket(status="triaged"))).headers["Location"]
    client.post(f"{page}/start", {"mode": "dry"})
    carry_on(at=world.now)
    assert "triaged" in client.get(page).content.decode()
    client.post(f"{page}/start", {"mode": "import", "status:triaged": "resolved"})
    carry_on(at=world.now)
    assert Ticket.objects.get(external_id="zendesk:acme:t35436").status == "resolved"


def test_what_was_typed_is_kept_when_the_file_is_missing(world: World):
    answer = _admin(world).post(
        "/settings/imports", {"source": "zammad", "account": "old-desk", "zone": "UTC"}
    )
    assert answer.status_code == 422
    assert "old-desk" in answer.content.decode()


def test_columns_of_a_table_may_be_said_on_the_page(world: World):
    client = _admin(world)
    table = b"a;b;c\nOdd;2025-01-02T03:04:05Z;ann@example.test\n"
    page = _upload(client, table, "table", "t.csv").headers["Location"]
    said = {"mode": "import", "column:a": "subject", "column:b": "opened_at", "column:c": "customer_email"}
    client.post(f"{page}/start", said)
    carry_on(at=world.now)
    assert Ticket.objects.filter(subject="Odd").exists()


def test_refusals_can_be_taken_along_and_run_nothing_in_a_spreadsheet(world: World):
    client = _admin(world)
    page = _upload(client, zendesk(zendesk_ticket(status="=cmd|x"))).headers["Location"]
    client.post(f"{page}/start", {"mode": "dry"})
    carry_on(at=world.now)
    assert "'=cmd|x" in client.get(f"{page}/refusals.csv").content.decode()


@pytest.mark.parametrize("name", ["li_na", "wang_fang", "qian_wei", "tang_yun"])
def test_nobody_but_administrators_sees_imports(world: World, name: str):
    client = Client()
    client.force_login(world.members[name].account)
    run = ImportRun.objects.create(
        source="zendesk", account="a", file_name="x", digest="0", started_at=world.now
    )
    for path in (
        "/settings/imports",
        f"/settings/imports/{run.pk}",
        f"/settings/imports/{run.pk}/refusals.csv",
    ):
        assert client.get(path).status_code == 403
    assert client.post(f"/settings/imports/{run.pk}/start").status_code == 403


@pytest.mark.parametrize("show", ["list", "run"])
def test_more_rows_ask_no_more_of_the_database(world: World, show: str):
    client = _admin(world)

    def count(rows: int) -> int:
        run = ImportRun.objects.create(
            source="zendesk", account="a", file_name="x", digest="0", started_at=world.now, state="done"
        )
        Refusal.objects.bulk_create(Refusal(run=run, file="x", line=n, reason="no") for n in range(rows))
        path = "/settings/imports" if show == "list" else f"/settings/imports/{run.pk}"
        client.get(path)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(path)
        return len(asked)

    few = count(2)
    for _again in range(10):
        many = count(40)
    assert many <= few <= 14


def test_an_import_whose_file_is_gone_still_shows_what_it_did(world: World):
    run = ImportRun.objects.create(
        source="table", account="a", file_name="x.csv", digest="gone", started_at=world.now, state="done"
    )
    assert "x.csv" in _admin(world).get(f"/settings/imports/{run.pk}").text
