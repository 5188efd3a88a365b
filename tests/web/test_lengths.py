"""Lists that grow cost the same number of statements: what other files of tests do not measure beside their subject."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fengong.desk.actions.messages import receive_message
from fengong.desk.actions.surveys import define_survey
from fengong.desk.actions.views import save_view
from fengong.desk.models import TicketTemplate
from fengong.integrations.mail.models import Delivery, Mailbox
from fengong.integrations.widget.actions.widgets import add_widget
from fengong.kernel.actor import SYSTEM
from fengong.people.actions.teams import form_team
from tests.web.test_promise_settings import OFFICE, POLICY
from tests.world import World

Grow = Callable[[World, Client, int], Any]
MOST = 14


def _promise(world: World, admin: Client, number: int) -> None:
    admin.post("/settings/promises/new", {**POLICY, "name": f"p{number}"})


def _calendar(world: World, admin: Client, number: int) -> None:
    admin.post("/settings/calendars/new", {**OFFICE, "name": f"c{number}"})


def _view(world: World, admin: Client, number: int) -> None:
    save_view(
        actor=world.admin, name=f"v{number}", query="status:open", team=world.teams["north"], at=world.now
    )


def _delivery(world: World, admin: Client, number: int) -> None:
    mailbox = Mailbox.objects.create(name=f"m{number}", address=f"m{number}@desk.example")
    Delivery.objects.create(
        mailbox=mailbox,
        ticket=world.ticket(),
        to=["a@b.example"],
        smtp_id=f"<{number}@b>",
        planned_at=world.now,
    )


def _widget(world: World, admin: Client, number: int) -> None:
    add_widget(actor=world.admin, values={"name": f"w{number}"}, at=world.now)


def _survey(world: World, admin: Client, number: int) -> None:
    values = {"name": f"s{number}", "question_en": "?", "ways": ["mail"], "active": False}
    define_survey(actor=world.admin, values=values, at=world.now)


def _team(world: World, admin: Client, number: int) -> None:
    form_team(actor=SYSTEM, slug=f"t{number}", name_zh="", name_en=f"T{number}", at=world.now)


def _template(world: World, admin: Client, number: int) -> None:
    TicketTemplate.objects.create(name_en=f"t{number}", topic=world.topics["api"])


def _ticket(world: World, admin: Client, number: int) -> None:
    world.ticket(f"matter {number}")


GROWN: dict[str, Grow] = {
    "/settings/promises": _promise,
    "/settings/calendars": _calendar,
    "/settings/views": _view,
    "/settings/mail/out": _delivery,
    "/settings/widgets": _widget,
    "/settings/surveys": _survey,
    "/settings/signatures": _team,
    "/tickets/new": _template,
    "/search?q=matter": _ticket,
    "/tickets/others?q=matter": _ticket,
    "/places": _view,
}


@pytest.mark.parametrize("path", GROWN)
def test_a_longer_list_takes_no_more_statements_wherever_it_stands(world: World, reader: Any, path: str):
    admin, counts = reader(world.admin), []
    for numbers in (range(2), range(2, 10)):
        for number in numbers:
            GROWN[path](world, admin, number)
        admin.get(path)  # what a process remembers for some seconds is fresh again
        with CaptureQueriesContext(connection) as queries:
            assert admin.get(path).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= MOST


def test_dialogs_that_list_messages_take_no_more_statements_for_a_longer_talk(world: World, reader: Any):
    ticket, lead, counts = world.ticket(), reader(world.wang_fang), []
    for more in (2, 12):
        for _ in range(more):
            receive_message(
                actor=world.customer, ticket=ticket, contact=world.customer, body="more", at=world.now
            )
        lead.fragment(f"/tickets/{ticket.pk}/split")
        with CaptureQueriesContext(connection) as queries:
            assert lead.fragment(f"/tickets/{ticket.pk}/split").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= MOST
