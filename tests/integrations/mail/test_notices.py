"""Links to sign in with and questions how it went, sent through a real SMTP server."""

from __future__ import annotations

import re
from datetime import timedelta

from django.test import Client

from fengong.customers import queries as customers
from fengong.customers.actions.sign_in import request_link
from fengong.customers.models import OutgoingNotice
from fengong.desk.actions.ratings import rate
from fengong.desk.actions.surveys import ask, define_survey
from fengong.desk.models import Rating
from fengong.integrations.mail.actions.mailboxes import change_mailbox
from fengong.integrations.mail.models import Mailbox
from fengong.integrations.mail.tasks import notify
from fengong.kernel.actor import SYSTEM
from fengong.kernel.clock import now
from tests.integrations.mail.servers import PostOffice
from tests.world import World


def _text(office: PostOffice, place: int = 0) -> str:
    part = office.mails[place].get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def _asked(world: World) -> Rating:
    values = {
        "name": "CSAT",
        "question_en": "Are you satisfied?",
        "question_zh": "您满意吗？",
        "ways": ["mail"],
    }
    survey = define_survey(actor=world.admin, values=values, at=now())
    rating = ask(actor=SYSTEM, survey=survey, contact=world.customer, ticket=world.ticket(), at=now())
    assert rating is not None
    return rating


def test_a_link_is_mailed_once_and_signs_in(world: World, sending: Mailbox, smtp: PostOffice):
    request_link(actor=SYSTEM, email=world.customer.email, at=now())
    notify(at=now())
    notify(at=now())
    assert [rcpt for _sender, rcpt, _content in smtp.taken] == [[world.customer.email]]
    found = re.search(r"/portal/enter/[\w-]+", _text(smtp))
    assert found is not None
    assert Client().post(found.group()).status_code == 302
    assert OutgoingNotice.objects.get().payload == {}


def test_a_question_is_mailed_in_the_customers_language_and_each_score_is_a_link(
    world: World, sending: Mailbox, smtp: PostOffice
):
    rating = _asked(world)
    notify(at=now())
    text = _text(smtp)
    assert "您满意吗？" in text
    assert len(re.findall(r"/rate/\S+\?score=\d", text)) == 5
    rating.refresh_from_db()
    assert rating.score is None


def test_who_has_answered_meanwhile_is_not_asked_by_mail(world: World, sending: Mailbox, smtp: PostOffice):
    rate(actor=world.customer, rating=_asked(world), score=5, at=now())
    notify(at=now())
    assert smtp.taken == []
    assert list(customers.waiting_notices(at=now())) == []


def test_a_notice_waits_while_no_server_takes_it_and_goes_later(
    world: World, sending: Mailbox, smtp: PostOffice
):
    request_link(actor=SYSTEM, email=world.customer.email, at=now())
    smtp.down()
    notify(at=now())
    smtp.up()
    notify(at=now())
    assert smtp.taken == []
    notify(at=now() + timedelta(minutes=2))
    assert len(smtp.taken) == 1


def test_without_a_mailbox_that_sends_a_notice_waits(world: World, mailbox: Mailbox):
    change_mailbox(actor=SYSTEM, mailbox=mailbox, given={"smtp_host": ""}, at=now())
    request_link(actor=SYSTEM, email=world.customer.email, at=now())
    notify(at=now())
    assert customers.waiting_notices(at=now()).count() == 1
