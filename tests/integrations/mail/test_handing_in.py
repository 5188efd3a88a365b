"""Mail handed in by a mail server, over HTTP or on standard input."""

from __future__ import annotations

import subprocess
from typing import Any

import pytest
from django.test import Client

from fengong.desk.models import Message
from fengong.integrations.mail import keep, queries
from fengong.integrations.mail.actions import MAIL
from fengong.integrations.mail.actions.mailboxes import change_mailbox, renew_token
from fengong.integrations.mail.actions.taking import take_due
from fengong.integrations.mail.models import Mailbox, RawMail
from fengong.kernel.actor import SYSTEM
from tests.integrations.mail.corpus.case import mail
from tests.serving import CLI, environment
from tests.world import NOW

RAW = mail("从邮件服务器来".encode())


def _post(token: str, raw: bytes = RAW) -> Any:
    return Client().post(f"/api/v1/mail/{token}", raw, content_type="message/rfc822")


def test_a_mail_handed_in_by_its_token_is_kept_at_once_and_taken_in(mailbox: Mailbox):
    token = queries.intake_token(mailbox)
    answer, again = _post(token), _post(token)
    assert (answer.status_code, answer.json()["state"]) == (202, "new")
    assert again.json()["id"] == answer.json()["id"]
    take_due(actor=MAIL, at=NOW)
    assert Message.objects.get().body == "从邮件服务器来"


def test_a_wrong_an_old_and_a_paused_token_open_nothing(mailbox: Mailbox):
    token = queries.intake_token(mailbox)
    renew_token(actor=SYSTEM, mailbox=mailbox, at=NOW)
    mailbox.refresh_from_db()
    fresh = queries.intake_token(mailbox)
    for wrong in (token, f"{mailbox.pk}-{'a' * 24}", "x", "0-"):
        assert _post(wrong).status_code == 404
    assert _post(fresh).status_code == 202
    change_mailbox(actor=SYSTEM, mailbox=mailbox, given={"active": False}, at=NOW)
    assert _post(fresh).status_code == 404


def test_a_mail_larger_than_a_web_form_may_be_is_kept_whole(mailbox: Mailbox):
    raw = mail(b"x" * 5_000_000)
    assert _post(queries.intake_token(mailbox), raw).status_code == 202
    assert keep.read(RawMail.objects.get().sha256) == raw


def test_only_posting_is_possible(mailbox: Mailbox):
    answer = Client().get(f"/api/v1/mail/{queries.intake_token(mailbox)}")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")


@pytest.mark.django_db(transaction=True)
def test_a_mail_on_standard_input_is_kept_and_a_wrong_token_says_so(mailbox: Mailbox, settings):
    env = {
        **environment(),
        "FENGONG_DATA": str(settings.MEDIA_ROOT.parent),
        "FENGONG_SECRET_KEY": settings.SECRET_KEY,
    }
    command = [*CLI, "mail-in", queries.intake_token(mailbox)]
    done = subprocess.run(command, input=RAW, env=env, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert keep.read(RawMail.objects.get().sha256) == RAW
    wrong = subprocess.run([*CLI, "mail-in", "1-x"], input=RAW, env=env, capture_output=True, check=False)
    assert wrong.returncode == 1
    assert b"no mailbox has this token" in wrong.stderr
