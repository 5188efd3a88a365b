"""The customers' pages: who comes in, what they see and never see, what they can do."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fengong.customers.actions.contacts import find_or_add_contact
from fengong.customers.actions.sign_in import give_link
from fengong.customers.models import Contact, OutgoingNotice
from fengong.desk.actions.attachments import attach
from fengong.desk.actions.messages import add_note, reply
from fengong.desk.actions.tickets import resolve_ticket
from fengong.desk.models import Message, Ticket
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.kernel.actor import SYSTEM
from fengong.kernel.clock import now
from tests.world import World

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()


@pytest.fixture
def visitor(world: World) -> Callable[..., Client]:
    """A customer's browser, signed in by a link."""

    def come_in(contact: Contact | None = None) -> Client:
        client = Client(headers={"Accept-Language": "en"})
        secret = give_link(actor=SYSTEM, contact=contact or world.customer, at=now())
        assert client.post(f"/portal/enter/{secret}").status_code == 302
        return client

    return come_in


def _other(world: World) -> Contact:
    return find_or_add_contact(actor=SYSTEM, email="other@elsewhere.example", at=world.now)


def test_a_customer_signs_in_by_the_link_that_was_sent(world: World):
    client = Client(headers={"Accept-Language": "en"})
    assert client.get("/portal").headers["Location"] == "/portal/sign-in?next=%2Fportal"
    client.post("/portal/sign-in", {"email": "Wang@Beifeng.example", "next": "/portal/tickets/new"})
    secret = OutgoingNotice.objects.get().payload["secret"]
    assert "Welcome back" in client.get(f"/portal/enter/{secret}").text
    assert client.post(f"/portal/enter/{secret}").headers["Location"] == "/portal/tickets/new"
    assert "Your tickets" in client.get("/portal").text


def test_looking_at_a_link_uses_nothing_up_for_mail_scanners_look_too(world: World):
    secret = give_link(actor=SYSTEM, contact=world.customer, at=now())
    for _ in range(3):
        assert Client().get(f"/portal/enter/{secret}").status_code == 200
    assert Client().post(f"/portal/enter/{secret}").status_code == 302
    assert Client().get(f"/portal/enter/{secret}").status_code == 410
    assert Client().post(f"/portal/enter/{secret}").status_code == 409


def test_an_unknown_address_gets_the_same_answer(world: World):
    known = Client().post("/portal/sign-in", {"email": world.customer.email})
    unknown = Client().post("/portal/sign-in", {"email": "nobody@else.example"})
    assert known.status_code == unknown.status_code == 200
    assert _bare(known.text, world.customer.email) == _bare(unknown.text, "nobody@else.example")


def _bare(page: str, email: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page).replace(email, "")


def test_asking_for_links_again_and_again_has_to_wait(world: World):
    statuses = [Client().post("/portal/sign-in", {"email": f"a{n}@b.example"}).status_code for n in range(7)]
    assert statuses[0] == 200
    assert statuses[-1] == 429


def test_the_page_after_sign_in_is_never_elsewhere(world: World):
    client = Client()
    client.post("/portal/sign-in", {"email": world.customer.email, "next": "https://evil.example/"})
    secret = OutgoingNotice.objects.get().payload["secret"]
    assert client.post(f"/portal/enter/{secret}").headers["Location"] == "/portal"


def test_a_customers_session_opens_no_page_of_the_members_and_a_members_none_of_the_customers(
    world: World, visitor
):
    client = visitor()
    for path in ("/today", "/tickets", "/settings", "/api/v1/tickets"):
        assert client.get(path).status_code in (302, 401), path
    member = Client()
    member.force_login(world.admin.account)
    assert member.get("/portal").status_code == 302


def test_a_customer_who_leaves_leaves_the_member_in_the_same_browser_signed_in(world: World, visitor):
    client = visitor()
    client.force_login(world.li_na.account)
    secret = give_link(actor=SYSTEM, contact=world.customer, at=now())
    client.post(f"/portal/enter/{secret}")
    assert client.get("/portal").status_code == 200
    client.post("/portal/sign-out")
    assert client.get("/portal").status_code == 302
    assert client.get("/today").status_code == 200


def test_a_customer_sees_their_own_tickets_and_nobody_elses(world: World, visitor):
    mine, theirs = world.ticket("我的"), world.ticket("别人的", customer=_other(world))
    client = visitor()
    page = client.get("/portal").text
    assert "我的" in page
    assert "别人的" not in page
    assert client.get(f"/portal/tickets/{mine.pk}").status_code == 200
    for method, path in (("get", ""), ("post", "/replies"), ("post", "/resolution")):
        answer = getattr(client, method)(f"/portal/tickets/{theirs.pk}{path}", {"body": "x"})
        assert answer.status_code == 404, path


def test_notes_side_conversations_and_internal_data_are_nowhere_on_the_page(world: World, visitor):
    world.go_online()
    ticket = world.ticket("发票")
    assign_ticket(actor=world.wang_fang, ticket=ticket, member=world.li_na, at=world.now)
    add_note(actor=world.li_na, ticket=ticket, member=world.li_na, body="内部的话", at=world.now)
    for kind in (Message.Kind.SIDE, Message.Kind.HANDOVER):
        Message.objects.create(ticket=ticket, member=world.li_na, kind=kind, body="暗语", at=world.now)
    reply(actor=world.li_na, ticket=ticket, member=world.li_na, body="您好，已收到。", at=world.now)
    page = visitor().get(f"/portal/tickets/{ticket.pk}").text
    assert "您好，已收到。" in page
    for hidden in ("内部的话", "暗语", "L1", "Difficulty", "Accounts", "周敏"):
        assert hidden not in page, hidden


def test_a_file_of_a_note_is_not_served_to_the_customer(world: World, visitor):
    ticket = world.ticket()
    note = add_note(actor=world.li_na, ticket=ticket, member=world.li_na, body="内部", at=world.now)
    answer = reply(actor=world.li_na, ticket=ticket, member=world.li_na, body="附上", at=world.now)
    given = {"actor": world.li_na, "ticket": ticket, "content": PNG, "content_type": "image/png"}
    hidden = attach(**given, name="hidden.png", message=note, at=world.now)
    shown = attach(**given, name="shown.png", message=answer, at=world.now)
    client = visitor()
    page = client.get(f"/portal/tickets/{ticket.pk}").text
    assert "shown.png" in page
    assert "hidden.png" not in page
    assert client.get(f"/portal{shown.path}").status_code == 200
    assert client.get(f"/portal{hidden.path}").status_code == 404
    stranger = visitor(_other(world))
    assert stranger.get(f"/portal{shown.path}").status_code == 404


def test_a_customer_writes_in_once_however_often_the_form_is_sent(world: World, visitor):
    client = visitor()
    file = SimpleUploadedFile("screen.png", PNG, content_type="image/png")
    given = {"subject": "登录失败", "body": "打不开", "once": "abc"}
    first = client.post("/portal/tickets/new", {**given, "attached": [file]})
    again = client.post("/portal/tickets/new", given)
    assert first.headers["Location"] == again.headers["Location"]
    ticket = Ticket.objects.get()
    assert (ticket.customer, ticket.channel, ticket.language) == (world.customer, "web", "en")
    assert ticket.messages.get().attachments.get().name == "screen.png"


def test_an_answer_reopens_a_solved_ticket_and_stands_once(world: World, visitor):
    ticket = world.ticket()
    resolve_ticket(actor=world.wang_fang, ticket=ticket, at=world.now)
    client = visitor()
    for _ in range(2):
        client.post(f"/portal/tickets/{ticket.pk}/replies", {"body": "还是不行", "once": "k1"})
    ticket.refresh_from_db()
    assert ticket.status == "waiting"
    assert ticket.messages.filter(body="还是不行").count() == 1


def test_what_was_typed_stays_when_it_could_not_be_sent(world: World, visitor):
    ticket = world.ticket()
    page = visitor().post("/portal/tickets/new", {"subject": "", "body": "很长的说明", "once": "k"})
    assert page.status_code == 422
    assert "很长的说明" in page.text
    empty = visitor().post(f"/portal/tickets/{ticket.pk}/replies", {"body": " "})
    assert "Write something first." in empty.text


def test_a_customer_calls_their_ticket_solved(world: World, visitor):
    ticket = world.ticket()
    visitor().post(f"/portal/tickets/{ticket.pk}/resolution")
    ticket.refresh_from_db()
    assert ticket.status == "resolved"
    assert "Solved" in visitor().get(f"/portal/tickets/{ticket.pk}").text


def test_a_merged_ticket_leads_to_the_one_it_goes_on_in(world: World, visitor):
    old, new = world.ticket("旧"), world.ticket("新")
    Ticket.objects.filter(pk=old.pk).update(merged_into=new)
    answer = visitor().get(f"/portal/tickets/{old.pk}")
    assert answer.headers["Location"] == f"/portal/tickets/{new.pk}"


def test_the_portal_speaks_the_language_one_chooses_and_mails_follow(world: World, visitor):
    client = visitor()
    assert "Your tickets" in client.get("/portal").text
    client.post("/portal/language", {"language": "zh-hans"})
    page = client.get("/portal")
    assert 'lang="zh-Hans"' in page.text
    world.customer.refresh_from_db()
    assert world.customer.language == "zh-hans"


def test_a_message_can_do_nothing_but_be_read(world: World, visitor):
    ticket = world.ticket(body="<script>alert(1)</script> [x](javascript:alert(1))")
    reply(actor=world.li_na, ticket=ticket, member=world.li_na, body="**fett** <b onclick=x>", at=world.now)
    page = visitor().get(f"/portal/tickets/{ticket.pk}").text
    assert "<script>alert" not in page
    assert 'href="javascript' not in page
    assert "<strong>fett</strong>" in page
    assert "<b onclick" not in page


def test_turning_the_pages_of_the_portal_shows_every_ticket_once(world: World, visitor):
    for minute in range(45):
        world.ticket(f"matter {minute}", at=world.now + timedelta(minutes=minute))
    client, path, seen = visitor(), "/portal", []
    while path:
        page = client.get(path).text
        seen += re.findall(r"matter \d+", page)
        more = re.search(r'href="(/portal\?after=[^"]*)"', page)
        path = more.group(1) if more else ""
    assert len(seen) == len(set(seen)) == 45
    assert client.get("/portal?after=nonsense").status_code == 200


@pytest.mark.parametrize("path", ["/portal", "/portal/tickets/{pk}"])
def test_a_longer_list_in_the_portal_takes_no_more_statements(world: World, visitor, path: str):
    client, ticket, counts = visitor(), world.ticket(), []
    address = path.format(pk=ticket.pk)
    client.get(address)
    for more in (3, 15):
        for number in range(more):
            world.ticket(f"matter {more} {number}")
            reply(actor=world.li_na, ticket=ticket, member=world.li_na, body="好", at=world.now)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 8
