"""No page escapes the look at accessibility: the URLconf is walked, and what answers with a page has to be listed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from fengong.customers.actions.sign_in import give_link
from fengong.kernel.actor import SYSTEM
from fengong.kernel.clock import now
from tests.e2e.furnished import furnish
from tests.e2e.pages import DESK, DIALOGS, OPEN, PORTAL, addresses, path_of
from tests.world import World

SEEN = {*DESK, *PORTAL, *OPEN, *DIALOGS}
GIVEN = {"kind": "reply", "name": "assign", "day": "2026-03-02", "token": "-", "secret": "-", "signed": "-"}
"""What stands in an address that is neither page nor dialog; a number is that of the ticket."""
APART = {
    "file": "a file",
    "file_by_id": "a file",
    "portal_file": "a file",
    "mail-raw": "a file",
    "letter": "what somebody else wrote, in a frame of its own",
}
"""Addresses that axe is not asked about, and why: they answer with a document of their own."""


@pytest.fixture
def visitors(world: World, reader: Callable[..., Client], settings: Any, tmp_path: Any) -> list[Client]:
    """Somebody who may enter every room, and a customer."""
    settings.MEDIA_ROOT = tmp_path
    customer = Client()
    customer.post(f"/portal/enter/{give_link(actor=SYSTEM, contact=world.customer, at=now())}")
    return [reader(world.admin), customer]


@pytest.mark.sqlite  # where numbers begin at one for each test, so that the ticket's is that of everything else too
def test_axe_visits_every_page_and_every_dialog_there_is(world: World, visitors: list[Client]):
    ticket = world.ticket()
    furnish(visitors[0], ticket, world.zhou_min)
    unseen = [pattern for pattern in addresses() if pattern.name not in SEEN | APART.keys()]
    missed = {pattern.name for pattern in unseen for client in visitors if _shows(client, pattern, ticket.pk)}
    assert missed == set(), "name these in tests/e2e/pages.py, and in furnished.py what they are shown with"


def test_every_page_that_axe_is_to_visit_is_there(world: World, visitors: list[Client]):
    shown = furnish(visitors[0], world.ticket(), world.zhou_min)
    lost = [
        name
        for names, client in (
            (DESK, visitors[0]),
            (DIALOGS, visitors[0]),
            (PORTAL, visitors[1]),
            (OPEN, Client()),
        )
        for name in names
        if client.get(path_of(name, shown)).status_code != 200
    ]
    assert lost == []


def _shows(client: Client, pattern: URLPattern, number: int) -> bool:
    """Whether this is, or for all one can tell may be, a page or a dialog."""
    given = {name: GIVEN.get(name, number) for name in pattern.pattern.converters}
    answer = client.get(reverse(str(pattern.name), kwargs=given))
    if "text/html" not in answer.headers.get("Content-Type", "") or answer.status_code not in (200, 404):
        return False
    return "<!doctype html>" in answer.text or 'id="dialog-title"' in answer.text
