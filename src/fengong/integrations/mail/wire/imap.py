"""Reading a folder by IMAP: what is new, each mail as it is, nothing marked and nothing deleted."""

from __future__ import annotations

import contextlib
import imaplib
import re
from collections.abc import Iterator
from datetime import date
from types import TracebackType
from typing import Any

from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError, MailboxLoginError

from fengong.integrations.mail.wire.server import SECONDS, Server, Unreachable, explained

PIECE = 1024 * 1024
"""Bytes asked for at once, so that one huge mail neither blocks the line nor has to fit twice."""
LARGEST = 100 * PIECE
"""Of a mail beyond this, only the beginning is fetched."""
FAULTS = (OSError, imaplib.IMAP4.error, ImapToolsError, EOFError)


class Folder:
    """An open folder. Use it in a `with`; every fault leaves as Unreachable with a sentence."""

    def __init__(self, server: Server, name: str, *, writable: bool = False) -> None:
        self._server, self._name, self._writable = server, name, writable
        self._box: BaseMailBox | None = None
        self.uid_validity = self.uid_next = 0

    def __enter__(self) -> Folder:
        try:
            self._open()
        except MailboxLoginError as error:
            self._close()
            message = f"{self._server.host}: {error.command_result[1]!r}"
            raise Unreachable(explained(OSError(message), self._server), permanent=True) from error
        except FAULTS as error:
            self._close()
            raise Unreachable(explained(error, self._server)) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()
        if isinstance(error, FAULTS) and not isinstance(error, Unreachable):
            raise Unreachable(explained(error, self._server)) from error

    def _open(self) -> None:
        server = self._server
        kinds: dict[str, Any] = {"tls": MailBox, "starttls": MailBoxStartTls, "none": MailBoxUnencrypted}
        box: BaseMailBox = kinds[server.security](server.host, server.port, timeout=SECONDS)
        self._box = box
        box.login(server.user, server.secret, initial_folder=None)
        _introduce(box.client)
        box.folder.set(self._name, readonly=not self._writable)
        status = box.folder.status(self._name, ["UIDVALIDITY", "UIDNEXT"])
        self.uid_validity, self.uid_next = status["UIDVALIDITY"], status["UIDNEXT"]

    def _close(self) -> None:
        if self._box is None:
            return
        with contextlib.suppress(*FAULTS):
            self._box.logout()
        with contextlib.suppress(*FAULTS):
            self._box.client.shutdown()
        self._box = None

    def after(self, uid: int) -> list[int]:
        """Mails that came after this one, oldest first."""
        return [found for found in self._search(f"UID {uid + 1}:*") if found > uid]

    def since(self, day: date) -> list[int]:
        """Mails that the server received on that day or later, oldest first."""
        return self._search(f"SINCE {day.day}-{MONTHS[day.month - 1]}-{day.year}")

    def raw(self, uid: int) -> bytes | None:
        """A mail as it is; None when it has gone meanwhile."""
        size = self._size(uid)
        if size is None:
            return None
        return b"".join(self._pieces(uid, min(size, LARGEST)))

    def move(self, uid: int, folder: str) -> None:
        """Put a mail into another folder, which is made when it is missing."""
        box = self._connected()
        if not box.folder.exists(folder):
            box.folder.create(folder)
        box.move(str(uid), folder)

    def _connected(self) -> BaseMailBox:
        if self._box is None:
            raise Unreachable("closed")
        return self._box

    def _search(self, criterion: str) -> list[int]:
        kind, data = self._connected().client.uid("SEARCH", criterion)
        if kind != "OK":
            raise imaplib.IMAP4.error(f"SEARCH: {data!r}")
        return sorted(int(number) for line in data if line for number in line.split())

    def _size(self, uid: int) -> int | None:
        for item in self._fetch(uid, "(UID RFC822.SIZE)"):
            head = item[0] if isinstance(item, tuple) else item
            if isinstance(head, bytes) and (found := re.search(rb"RFC822\.SIZE (\d+)", head)):
                return int(found[1])
        return None

    def _pieces(self, uid: int, size: int) -> Iterator[bytes]:
        for start in range(0, max(size, 1), PIECE):
            found = [
                item[1]
                for item in self._fetch(uid, f"(UID BODY.PEEK[]<{start}.{PIECE}>)")
                if isinstance(item, tuple)
            ]
            if not found or not found[0]:
                return
            yield found[0]

    def _fetch(self, uid: int, what: str) -> list[Any]:
        kind, data = self._connected().client.uid("FETCH", str(uid), what)
        if kind != "OK":
            raise imaplib.IMAP4.error(f"FETCH: {data!r}")
        return [item for item in data if item]


MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _introduce(client: Any) -> None:
    """Say who we are (RFC 2971); some servers of NetEase let nobody in who does not."""
    if "ID" in client.capabilities:
        with contextlib.suppress(imaplib.IMAP4.error):
            client.xatom("ID", '("name" "fengong" "version" "1")')
