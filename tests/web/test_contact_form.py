"""The form by which anybody writes in, and what keeps machines out of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import signing
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from fengong.customers.models import Contact
from fengong.desk.models import Ticket
from fengong.kernel.clock import now
from fengong.web.portal.forms import STAMP
from tests.world import World


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()


def _stamp(seconds: float = 10) -> str:
    return signing.dumps((now() - timedelta(seconds=seconds)).timestamp(), salt=STAMP)


def _send(**more: Any) -> Any:
    given = {
        "name": "Ana",
        "email": "ana@firm.example",
        "subject": "Invoice",
        "body": "Where is it?",
        "once": "k1",
        "stamp": _stamp(),
    }
    return Client(headers={"Accept-Language": "en"}).post("/contact", {**given, **more})


def test_anybody_writes_in_and_is_told_where_to_follow_it(world: World):
    file = SimpleUploadedFile("a.txt", b"hello", content_type="text/plain")
    answer = _send(attached=[file])
    assert "We answer to ana@firm.example." in answer.text
    assert 'href="/portal"' in answer.text
    ticket = Ticket.objects.get()
    assert (ticket.subject, ticket.channel, ticket.language) == ("Invoice", "web", "en")
    assert (ticket.customer.email, ticket.customer.display_name) == ("ana@firm.example", "Ana")
    assert ticket.attachments.count() == 1


def test_a_form_sent_twice_makes_one_ticket(world: World):
    assert _send().status_code == _send().status_code == 200
    assert Ticket.objects.count() == 1


def test_who_fills_in_what_no_person_sees_writes_into_the_air(world: World):
    answer = _send(website="https://spam.example")
    assert answer.status_code == 200
    assert Ticket.objects.count() == 0
    assert not Contact.objects.filter(email="ana@firm.example").exists()


@pytest.mark.parametrize(
    "stamp",
    ["", "made-up", 0.5, 25 * 3600, signing.dumps(1.0)],
    ids=["none", "made-up", "at once", "old", "salt"],
)
def test_a_form_filled_in_at_once_or_from_yesterday_is_shown_again_with_its_text(world: World, stamp: Any):
    answer = _send(stamp=stamp if isinstance(stamp, str) else _stamp(stamp))
    assert answer.status_code == 422
    assert "Where is it?" in answer.text
    assert Ticket.objects.count() == 0


def test_one_place_sends_only_so_many(world: World):
    statuses = [_send(once=f"k{number}").status_code for number in range(7)]
    assert statuses == [200] * 5 + [422] * 2
    assert Ticket.objects.count() == 5


def test_the_form_stands_in_frames_of_allowed_sites_only(world: World, settings: Settings):
    page = Client().get("/contact?frame=1")
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    settings.CONTACT_FORM_ORIGINS = ["https://shop.example"]
    page = Client().get("/contact?frame=1")
    assert "frame-ancestors https://shop.example;" in page.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in page.headers
    assert Client().get("/portal/sign-in").headers["X-Frame-Options"] == "DENY"
