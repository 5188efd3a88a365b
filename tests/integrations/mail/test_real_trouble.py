"""What goes wrong with a real IMAP server: it is down, renumbers its folders, sends huge mails, or we are killed."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.db import connection

from fengong.desk.models import Message, Ticket
from fengong.integrations.mail import keep
from fengong.integrations.mail.actions import MAIL, fetching
from fengong.integrations.mail.actions.fetching import fetch_due
from fengong.integrations.mail.actions.mailboxes import add_mailbox
from fengong.integrations.mail.actions.taking import take_due
from fengong.integrations.mail.models import Mailbox, RawMail
from fengong.kernel.actor import SYSTEM
from fengong.kernel.models import Event, Lease
from tests.integrations.mail import dovecot
from tests.integrations.mail.corpus.case import mail
from tests.integrations.mail.dovecot import PASSWORD, Dovecot
from tests.serving import environment
from tests.world import NOW, World


def _mailbox(server: Dovecot, user: str, **more: object) -> Mailbox:
    given = {
        "name": user, "address": f"{user}@desk.example", "language": "en", "take_existing": True,
        "imap_host": "127.0.0.1", "imap_port": server.port, "imap_security": "none", "imap_user": user,
        "imap_secret": PASSWORD,
    }  # fmt: skip
    return add_mailbox(actor=SYSTEM, given={**given, **more}, at=NOW)


def _mail(number: int) -> bytes:
    return mail(b"matter %d" % number, extra=b"Message-ID: <m%d@beifeng.example>\n" % number)


def _bodies() -> list[str]:
    return sorted(Message.objects.values_list("body", flat=True))


def test_a_server_that_is_down_stops_nobody_else_and_is_read_when_it_is_back(world: World, imap: Dovecot):
    with dovecot.running() as other:
        _mailbox(other, "shaky"), _mailbox(imap, "steady")
        other.deliver("shaky", _mail(1))
        imap.deliver("steady", _mail(2))
        other.stop()
        assert fetch_due(actor=MAIL, at=NOW) == 1
        shaky = Mailbox.objects.get(name="shaky")
        assert shaky.last_error == f"Nothing listens at 127.0.0.1:{other.port}."
        assert shaky.next_fetch_at is not None
        assert shaky.next_fetch_at > NOW + fetching.EVERY
        other.start()
        fetch_due(actor=MAIL, at=shaky.next_fetch_at)
        take_due(actor=MAIL, at=NOW)
    assert _bodies() == ["matter 1", "matter 2"]
    assert [e.verb for e in Event.objects.filter(verb__startswith="mailbox.").order_by("seq")][-2:] == [
        "mailbox.failed", "mailbox.recovered",
    ]  # fmt: skip


def test_the_pause_after_failures_grows_to_five_minutes_and_no_further(world: World):
    given = {"name": "x", "address": "x@desk.example", "imap_host": "127.0.0.1", "imap_port": 9}
    add_mailbox(actor=SYSTEM, given={**given, "imap_security": "none"}, at=NOW)
    at, pauses = NOW, []
    for _try in range(8):
        fetch_due(actor=MAIL, at=at)
        due = Mailbox.objects.get().next_fetch_at
        assert due is not None
        pauses.append(due - at)
        at = due
    assert pauses == sorted(pauses)
    assert pauses[-1] == timedelta(minutes=5)


def test_a_folder_that_was_numbered_anew_brings_nothing_twice_and_loses_nothing(world: World, imap: Dovecot):
    _mailbox(imap, "moved")
    for number in range(3):
        imap.deliver("moved", _mail(number))
    fetch_due(actor=MAIL, at=NOW)
    before = Mailbox.objects.get()
    time.sleep(1.1)  # a UIDVALIDITY is a second
    imap.renumber("moved")
    imap.deliver("moved", _mail(3))
    fetch_due(actor=MAIL, at=NOW + timedelta(minutes=1))
    take_due(actor=MAIL, at=NOW + timedelta(minutes=1))
    after = Mailbox.objects.get()
    assert after.uid_validity != before.uid_validity
    assert _bodies() == [f"matter {number}" for number in range(4)]


def test_a_huge_mail_is_fetched_in_pieces_and_kept_byte_by_byte(world: World, imap: Dovecot):
    _mailbox(imap, "huge")
    raw = mail(b"x" * 3_000_000 + b" end", extra=b"Message-ID: <huge@beifeng.example>\n")
    imap.deliver("huge", raw)
    fetch_due(actor=MAIL, at=NOW)
    assert keep.read(RawMail.objects.get().sha256) == raw


def test_a_full_mailbox_is_read_in_rounds_so_that_others_get_their_turn(world: World, imap: Dovecot):
    _mailbox(imap, "full")
    for number in range(fetching.AT_ONCE + 5):
        imap.deliver("full", _mail(number))
    assert fetch_due(actor=MAIL, at=NOW) == fetching.AT_ONCE
    assert fetch_due(actor=MAIL, at=NOW) == 5


FETCH_SLOWLY = """
import os, sys
import fengong.config
import django
django.setup()
from fengong.integrations.mail.actions import MAIL, fetching
from fengong.kernel.clock import now
take_down, count = fetching._take_down, 0
def slowly(*given):
    global count
    take_down(*given)
    count += 1
    if count == 3:
        print("three", flush=True)
        sys.stdin.read()
fetching._take_down = slowly
fetching.fetch_due(actor=MAIL, at=now())
"""


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_mid_fetch_goes_on_where_it_was(imap: Dovecot, settings):
    _mailbox(imap, "killed")
    for number in range(6):
        imap.deliver("killed", _mail(number))
    connection.close()
    env = {**environment(), "FENGONG_DATA": str(settings.MEDIA_ROOT.parent)}
    with subprocess.Popen(
        [sys.executable, "-c", FETCH_SLOWLY], env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as worker:
        assert worker.stdout is not None
        assert worker.stdout.readline() == b"three\n"
        worker.kill()
    assert RawMail.objects.count() == 3
    Lease.objects.all().delete()  # nobody waits a minute here for the lease of the dead
    Mailbox.objects.update(next_fetch_at=None)
    fetch_due(actor=MAIL, at=NOW)
    take_due(actor=MAIL, at=NOW)
    assert _bodies() == [f"matter {number}" for number in range(6)]
    assert Ticket.objects.count() == 6
