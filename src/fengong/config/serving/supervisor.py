"""The parent process: it binds the socket, starts children, restarts those that die, and stops them together.

It holds no Django and no database connection. The web processes share its listening socket, so while one restarts,
new connections wait in the queue instead of being refused.
"""

from __future__ import annotations

import errno
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from types import FrameType

from fengong.config.serving.orphan import PARENT

LOOK_EVERY = 0.1  # seconds
STOP_WITHIN = 8.0
LONGEST_WAIT = 10.0
STEADY_AFTER = 30.0  # a child that lived this long starts afresh with the shortest wait

logger = logging.getLogger(__name__)


def bind(host: str, port: int, *, patience: float = 3.0) -> socket.socket:
    """The listening socket; a port still held by a dying predecessor is asked for again for a moment."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    deadline = time.monotonic() + patience
    while True:
        listening = socket.socket(family, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, port))
            listening.listen(2048)
            return listening
        except OSError as error:
            listening.close()
            if error.errno != errno.EADDRINUSE or time.monotonic() > deadline:
                raise
        time.sleep(0.2)


@dataclass
class Child:
    """One process of the tree: how to start it, and how it fared."""

    name: str
    command: Sequence[str]
    sockets: tuple[int, ...] = ()
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    failures: int = 0
    start_at: float = 0.0

    def start(self) -> None:
        """Start the process; it learns whose child it is."""
        environment = os.environ | self.environment | {PARENT: str(os.getpid())}
        self.started = time.monotonic()
        self.process = subprocess.Popen(self.command, env=environment, pass_fds=self.sockets)

    def look(self) -> None:
        """Start it when its time has come; note a death and set the time of the next start."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.start_at:
                self.start()
        elif (status := self.process.poll()) is not None:
            self.failures = 0 if now - self.started > STEADY_AFTER else self.failures + 1
            wait = min(LONGEST_WAIT, 0.1 * 2**self.failures)
            logger.warning("%s ended with status %s and starts again in %.1f s", self.name, status, wait)
            self.process, self.start_at = None, now + wait


class Supervisor:
    """Keeps the children running until a signal says stop."""

    def __init__(self, children: Sequence[Child]) -> None:
        self._children = children
        self._signals = 0

    def run(self) -> None:
        """Serve until SIGTERM or SIGINT; a second one does not wait for anybody."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._note)
        while not self._signals:
            for child in self._children:
                child.look()
            time.sleep(LOOK_EVERY)
        self._stop()

    def _note(self, number: int, frame: FrameType | None) -> None:
        self._signals += 1

    def _stop(self) -> None:
        running = [child.process for child in self._children if child.process]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + STOP_WITHIN
        while any(process.poll() is None for process in running):
            if time.monotonic() > deadline or self._signals > 1:
                for process in running:
                    process.kill()
            time.sleep(LOOK_EVERY / 2)


def python(module: str, *arguments: str) -> list[str]:
    """The command that runs one of our modules with this interpreter."""
    return [sys.executable, "-m", module, *arguments]
