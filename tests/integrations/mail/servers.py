"""A real SMTP server on this machine, that can be told to refuse, to be down, and where to put what it takes."""

from __future__ import annotations

import email
import time
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import default
from typing import Any, cast

from aiosmtpd.controller import Controller

from tests.integrations.mail.dovecot import _free_port as free_port


class PostOffice:
    """Takes mail on `port`. `answers` maps a recipient to a refusal; `deliver` gets each mail once a recipient."""

    def __init__(self, deliver: Callable[[str, bytes], None] | None = None) -> None:
        self.port = free_port()
        self.answers: dict[str, str] = {}
        self.after_data = ""
        self.taken: list[tuple[str, list[str], bytes]] = []
        self._deliver = deliver
        self._controller: Controller | None = None

    def __enter__(self) -> PostOffice:
        self.up()
        return self

    def __exit__(self, *_rest: object) -> None:
        self.down()

    def up(self) -> None:
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def down(self) -> None:
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if refusal := self.answers.get(address):
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.after_data:
            return self.after_data
        content = bytes(envelope.content)
        self.taken.append((envelope.mail_from, list(envelope.rcpt_tos), content))
        if self._deliver:
            for address in envelope.rcpt_tos:
                self._deliver(address, content)
        return "250 OK"

    @property
    def mails(self) -> list[EmailMessage]:
        """What was taken, read by the standard library."""
        return [
            cast("EmailMessage", email.message_from_bytes(raw, policy=default)) for _f, _t, raw in self.taken
        ]

    def wait(self, count: int, seconds: float = 60) -> None:
        """Until so many mails have been taken."""
        deadline = time.monotonic() + seconds
        while len(self.taken) < count and time.monotonic() < deadline:
            time.sleep(0.02)
        assert len(self.taken) >= count
