"""Every awkward mail of the corpus comes to what it must: none breaks the intake and none is lost."""

from __future__ import annotations

from typing import Any

import pytest

from fengong.integrations.mail import keep
from tests.integrations.mail.conftest import Receive
from tests.integrations.mail.corpus import CASES
from tests.integrations.mail.corpus.case import Case


def test_the_corpus_holds_at_least_sixty_mails_each_with_its_reason() -> None:
    assert len(CASES) >= 60
    assert len({case.name for case in CASES}) == len(CASES)
    assert all(case.why for case in CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_an_awkward_mail_is_taken_for_what_it_says_and_kept_as_it_came(case: Case, receive: Receive) -> None:
    mail = receive(case.raw)
    assert keep.read(mail.sha256) == case.raw
    assert (mail.state, mail.reason, mail.error) == (case.state, case.reason, "")
    assert mail.sender == case.sender
    if case.subject != "*":
        assert mail.subject == case.subject
    if case.state == "taken":
        _check_message(mail.message, case)


def _check_message(message: Any, case: Case) -> None:
    assert message is not None
    assert case.text in message.body
    assert case.not_text not in message.body
    assert case.not_html not in message.html
    assert tuple(file.name for file in message.attachments.all()) == case.files
    if case.writer:
        assert message.contact.display_name == case.writer
