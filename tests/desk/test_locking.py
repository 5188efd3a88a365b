"""Reading a row again under lock."""

from __future__ import annotations

import threading
import time

import pytest
from django.db import connection, transaction

from fengong.desk.actions.locking import locked
from fengong.desk.models import Ticket
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.kernel.errors import Missing
from tests.world import World


@pytest.mark.django_db(transaction=True)
def test_who_waited_for_the_lock_sees_the_owner_of_now_and_not_nobody(world: World):
    ticket, held = world.ticket(), threading.Event()

    def take_slowly() -> None:
        try:
            with transaction.atomic():
                assign_ticket(actor=world.li_na, ticket=ticket, member=world.li_na, at=world.now)
                held.set()
                time.sleep(0.3)
        finally:
            connection.close()

    other = threading.Thread(target=take_slowly)
    other.start()
    assert held.wait(10)
    with transaction.atomic():
        assert locked(ticket).owner == world.li_na
    other.join(10)


def test_a_ticket_that_does_not_exist_is_missing(world: World):
    with pytest.raises(Missing), transaction.atomic():
        locked(Ticket(pk=4711))
