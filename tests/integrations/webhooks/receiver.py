"""A receiver of webhooks: a real HTTP server on the loopback that answers as it is told, in turn."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Told = tuple[int, dict[str, str], bool]
HELD = 120.0
"""Seconds after which an answer goes that a failed test never released."""


class Receiver:
    """`answers` are used up one a request, each a status, headers and whether it is held; then it answers 200."""

    def __init__(self) -> None:
        self.answers: list[Told] = []
        self.requests: list[tuple[str, dict[str, str], bytes]] = []
        self._free = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/hook?desk=1"

    def will(self, status: int, *, held: bool = False, **headers: str) -> None:
        self.answers.append(
            (status, {name.replace("_", "-"): value for name, value in headers.items()}, held)
        )

    def release(self) -> None:
        """Let the answers go that were held, and hold none any more."""
        self._free.set()

    def wait(self) -> None:
        """Until they are released."""
        self._free.wait(HELD)

    @contextmanager
    def running(self) -> Iterator[Receiver]:
        thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self.release()
            self._server.shutdown()
            self._server.server_close()


def _handler(receiver: Receiver) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.requests.append((self.path, dict(self.headers), body))
            status, headers, held = receiver.answers.pop(0) if receiver.answers else (200, {}, False)
            if held:
                receiver.wait()
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    return Handler
