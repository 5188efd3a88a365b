"""Real servers for tests: started as users start them, on the database of the test that asks."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
from django.conf import settings
from django.db import connection

PYTHON = [sys.executable, "-m"]
CHILD = [*PYTHON, "fengong.config.serving.child"]
CLI = [*PYTHON, "fengong.config.cli"]


@dataclass
class Server:
    """A started process tree, its address, and what it wrote."""

    address: str
    process: subprocess.Popen[bytes]
    log: Path
    environment: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **more: Any) -> httpx.Response:
        """One request."""
        return httpx.get(self.address + path, timeout=30, **more)

    def kill_group(self) -> None:
        """End every process of the tree at once, without a word."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(60)

    def stop(self) -> int:
        """Ask it to stop; returns the exit status."""
        self.process.terminate()
        return self.process.wait(60)


def database_url() -> str:
    """The address of the test's own database, for other processes."""
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{given['NAME']}"
    user = f"{quote(given['USER'])}:{quote(given['PASSWORD'])}@" if given["USER"] else ""
    return f"postgresql://{user}{given['HOST']}:{given['PORT']}/{given['NAME']}"


def environment(**more: str) -> dict[str, str]:
    """What a server needs to know to serve the test's database and accept the test's sessions."""
    return os.environ | {
        "DATABASE_URL": database_url(),
        "FENGONG_SECRET_KEY": settings.SECRET_KEY,
        "FENGONG_DATA": str(settings.DATA),
        "PYTHONUNBUFFERED": "1",
        **more,
    }


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(true: Callable[[], Any], *, seconds: float = 30.0) -> Any:
    """What the condition returns once it is true; fails when that takes too long."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if result := true():
            return result
        time.sleep(0.02)
    raise AssertionError(f"not so after {seconds} s")


@contextlib.contextmanager
def web_process(log: Path, **env: str) -> Iterator[Server]:
    """One web process without supervisor and worker."""
    listening = socket.create_server(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    command = [*CHILD, "fengong.config.serving.web", str(listening.fileno())]
    with listening, log.open("ab") as output:
        process = subprocess.Popen(
            command,
            env=environment(**env),
            pass_fds=[listening.fileno()],
            stderr=output,
            start_new_session=True,
        )
        server = Server(address, process, log)
        try:
            yield server
        finally:
            server.kill_group()


def start(log: Path, *options: str, port: int, **env: str) -> Server:
    """`fengong serve` with its children in a process group of their own."""
    command = [*CLI, "serve", "--no-migrate", "--port", str(port), *options]
    given = environment(**env)
    with log.open("ab") as output:
        process = subprocess.Popen(command, env=given, stdout=output, stderr=output, start_new_session=True)
    return Server(f"http://127.0.0.1:{port}", process, log, given)
