"""What the page of a mailbox says about it beside its fields."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from fengong.integrations.mail import queries as mail


class Shown:
    """The ways in by which a mail server hands in mail."""

    def __init__(self, mailbox: Any) -> None:
        self._token = mail.intake_token(mailbox)
        self.is_unused = mail.is_unused(mailbox)

    @property
    def address(self) -> str:
        return f"{settings.PUBLIC_URL}/api/v1/mail/{self._token}"

    @property
    def command(self) -> str:
        return f"fengong mail-in {self._token}"
