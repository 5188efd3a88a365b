"""How a web process is set up, and what it refuses before any of our own code runs."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from fengong.config.serving.heads import MOST_BYTES
from fengong.config.serving.web import settled
from tests.serving import Server, web_process

PIECE = b"x" * 16_384


@pytest.fixture
def web(transactional_db: None, tmp_path: Path) -> Iterator[Server]:
    with web_process(tmp_path / "log") as server:
        yield server


def test_the_event_loop_is_the_quick_one() -> None:
    factory = settled().get_loop_factory()
    assert factory is not None
    loop = factory()
    loop.close()
    assert type(loop).__module__.startswith("uvloop")


def test_a_head_without_end_is_refused_and_long_ones_that_end_are_read(web: Server) -> None:
    endless = {
        b"GET /": PIECE,
        b"GET / HTTP/1.1\r\nX: ": PIECE,
        b"GET / HTTP/1.1\r\n": b"X: " + PIECE + b"\r\n",
    }
    for begun, more in endless.items():
        assert _sent(web, begun, [more] * 60)[:12] in (b"", b"HTTP/1.1 400"), begun
    head = b"POST /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: %d\r\n"
    size = MOST_BYTES * 4
    cookies = b"Cookie: a=" + PIECE * 2 + b"\r\n\r\n"
    answer = _sent(web, head % size + cookies, [PIECE] * (size // len(PIECE)))
    assert answer.startswith(b"HTTP/1.1 403 "), "a form without its token"


def _sent(server: Server, begun: bytes, pieces: list[bytes]) -> bytes:
    """What comes back; nothing when the other side hung up before all was sent."""
    host, port = server.address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=20) as connection:
        try:
            for piece in [begun, *pieces]:
                connection.sendall(piece)
            return connection.recv(100)
        except ConnectionError:
            return b""
