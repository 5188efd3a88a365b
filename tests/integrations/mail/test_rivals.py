"""Several workers at the same mail at once: each mail becomes one message, each answer leaves once."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from fengong.desk.actions.messages import reply
from fengong.desk.models import Message, Ticket
from fengong.integrations.mail.actions import MAIL
from fengong.integrations.mail.actions.keeping import keep_mail
from fengong.integrations.mail.actions.planning import plan_deliveries
from fengong.integrations.mail.actions.sending import send_due
from fengong.integrations.mail.actions.taking import take_due
from fengong.integrations.mail.models import Delivery, Mailbox, RawMail
from tests.integrations.mail.corpus.case import mail
from tests.integrations.mail.servers import PostOffice
from tests.world import NOW, World

RIVALS = 4


def _at_once(work: Callable[[], object]) -> list[BaseException]:
    """Let some threads do the same at the same moment; what went wrong in them."""
    gate, errors = threading.Barrier(RIVALS), []

    def run() -> None:
        try:
            gate.wait()
            work()
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _rival in range(RIVALS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return errors


@pytest.mark.django_db(transaction=True)
def test_workers_that_take_the_same_mails_at_once_make_one_ticket_of_each(mailbox: Mailbox):
    raws = [
        mail(b"matter %d" % number, extra=b"Message-ID: <r%d@x.example>\n" % number) for number in range(6)
    ]

    def work() -> None:
        for raw in raws:
            keep_mail(actor=MAIL, mailbox=mailbox, raw=raw, at=NOW)
        take_due(actor=MAIL, at=NOW)

    assert _at_once(work) == []
    assert (RawMail.objects.count(), Ticket.objects.count(), Message.objects.count()) == (6, 6, 6)


@pytest.mark.django_db(transaction=True)
def test_workers_that_plan_and_send_at_once_send_each_answer_once(
    world: World, sending: Mailbox, smtp: PostOffice
):
    for number in range(5):
        ticket = world.ticket(f"matter {number}")
        reply(actor=world.zhou_min, ticket=ticket, member=world.zhou_min, body="answer", at=NOW)

    def work() -> None:
        plan_deliveries(actor=MAIL, at=NOW)
        send_due(actor=MAIL, at=NOW)

    assert _at_once(work) == []
    send_due(actor=MAIL, at=NOW)
    assert sorted(str(sent["Message-ID"]) for sent in smtp.mails) == sorted(
        Delivery.objects.values_list("smtp_id", flat=True)
    )
    assert Delivery.objects.filter(state="sent").count() == 5
