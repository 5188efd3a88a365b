"""People who all ask at once: each keeps one connection open and sends the next request when the last is answered."""

from __future__ import annotations

import http.client
import itertools
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Request:
    """What is sent; several are the parts of one page."""

    path: str
    body: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def method(self) -> str:
        return "POST" if self.body is not None else "GET"


Page = Callable[[int], list[Request]]


@dataclass
class Result:
    """Seconds that each page took, and how long all of it lasted."""

    seconds: list[float]
    lasted: float

    @property
    def rate(self) -> float:
        """Pages a second."""
        return len(self.seconds) / self.lasted


def drive(port: int, page: Page, *, clients: int, seconds: float, turns: Iterator[int]) -> Result:
    """Ask for pages for so long with so many clients; anything but success ends the benchmark."""
    took: list[float] = []
    failures: list[str] = []
    begun = time.perf_counter()

    def work() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        try:
            while time.perf_counter() - begun < seconds and not failures:
                started = time.perf_counter()
                for request in page(next(turns)):
                    _send(connection, request)
                took.append(time.perf_counter() - started)
        except (OSError, http.client.HTTPException, RuntimeError) as error:
            failures.append(repr(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise RuntimeError(failures[0])
    return Result(took, time.perf_counter() - begun)


def _send(connection: http.client.HTTPConnection, request: Request) -> None:
    connection.request(request.method, request.path, request.body, request.headers)
    response = connection.getresponse()
    content = response.read()
    if not 200 <= response.status < 300:
        raise RuntimeError(f"{response.status} {request.path}: {content[:200]!r}")


@contextmanager
def listeners(port: int, count: int, headers: dict[str, str]) -> Iterator[list[socket.socket]]:
    """So many live streams, open as long as it lasts and read by nobody."""
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    asked = f"GET /live?topics=tickets HTTP/1.1\r\nHost: 127.0.0.1\r\n{lines}\r\n".encode()
    sockets: list[socket.socket] = []
    try:
        for _ in range(count):
            opened = socket.create_connection(("127.0.0.1", port), timeout=60)
            opened.sendall(asked)
            if not opened.recv(200).startswith(b"HTTP/1.1 200"):
                raise RuntimeError("a live stream was refused")
            sockets.append(opened)
        yield sockets
    finally:
        for opened in sockets:
            opened.close()


def counter() -> Iterator[int]:
    """Turns that many clients may take from."""
    return itertools.count(1)


def wait_until_open(port: int, *, within: float, process: Any) -> None:
    """Return when somebody listens there."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError("the server ended before it listened")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise RuntimeError("the server does not listen")
