"""A real IMAP server: Debian's dovecot, with a configuration of its own, on a free port of this machine."""

from __future__ import annotations

import contextlib
import grp
import imaplib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

PROGRAM = "/usr/sbin/dovecot"
PASSWORD = "secret"
CONFIG = """
base_dir = {home}/run
state_dir = {home}/run
log_path = {home}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
mail_location = maildir:{home}/mail/%u
mail_privileged_group =
first_valid_uid = 1
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {login}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={home}/mail/%u allow_all_users=yes
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    address = 127.0.0.1
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


def installed() -> bool:
    """Whether this machine has it."""
    return Path(PROGRAM).exists()


class Dovecot:
    """A running server. Every user exists; their password is PASSWORD."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        config = self.home / "dovecot.conf"
        config.write_text(
            CONFIG.format(**self._identity(), home=self.home, port=self.port, password=PASSWORD)
        )
        self._process = subprocess.Popen([PROGRAM, "-F", "-c", str(config)], stderr=subprocess.PIPE)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError, imaplib.IMAP4.error), self.client("probe"):
                return
            time.sleep(0.1)
        raise AssertionError(f"dovecot does not answer: {(self.home / 'log').read_text()}")

    def stop(self) -> None:
        """Stop it; what lies in the folders stays."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(20)
            if self._process.stderr:
                self._process.stderr.close()
            self._process = None

    def _identity(self) -> dict[str, object]:
        """Who runs what: as root the users that Debian made for it, else all as whoever we are."""
        mail = self.home / "mail"
        mail.mkdir(exist_ok=True)
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            os.chown(mail, nobody.pw_uid, nobody.pw_gid)
            uids = {"uid": nobody.pw_uid, "gid": nobody.pw_gid}
            return {"internal": "dovecot", "group": "dovecot", "login": "dovenull", **uids}
        me, group = pwd.getpwuid(os.geteuid()).pw_name, grp.getgrgid(os.getegid()).gr_name
        return {"internal": me, "group": group, "login": me, "uid": os.geteuid(), "gid": os.getegid()}

    @contextlib.contextmanager
    def client(self, user: str) -> Iterator[imaplib.IMAP4]:
        """A plain client, signed in."""
        with imaplib.IMAP4("127.0.0.1", self.port, timeout=30) as client:
            client.login(user, PASSWORD)
            yield client

    def deliver(self, user: str, raw: bytes, folder: str = "INBOX") -> None:
        """Put a mail into a folder, as a mail server would."""
        with self.client(user) as client:
            kind, answer = client.append(folder, "", "", raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
            assert kind == "OK", answer

    def flags(self, user: str, folder: str = "INBOX") -> list[str]:
        """What is marked on the mails of a folder, and so how many there are."""
        with self.client(user) as client:
            _kind, count = client.select(folder, readonly=True)
            if count == [b"0"]:
                return []
            _kind, data = client.fetch("1:*", "(FLAGS)")
            return [line.decode() for line in data if isinstance(line, bytes)]

    def renumber(self, user: str) -> None:
        """Give the inbox a new UIDVALIDITY, as a restored or moved server does."""
        for name in (
            "dovecot-uidlist",
            "dovecot.index",
            "dovecot.index.log",
            "dovecot.index.cache",
            "dovecot-uidvalidity",
        ):
            (self.home / "mail" / user / name).unlink(missing_ok=True)
        for path in (self.home / "mail" / user).glob("dovecot-uidvalidity.*"):
            path.unlink()


@contextlib.contextmanager
def running() -> Iterator[Dovecot]:
    """A server for a while, in a folder that its users may enter."""
    home = Path(tempfile.mkdtemp(prefix="fengong-imap-"))
    home.chmod(0o755)
    server = Dovecot(home)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(home, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port
