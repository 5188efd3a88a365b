"""HTTP read by httptools, with a bound it does not have: how long the head of a request may grow before it ends."""

from __future__ import annotations

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MOST_BYTES = 65_536  # beside what came in the same piece as the head's beginning


class Http(HttpToolsProtocol):
    """A connection; whoever sends a head without end is refused instead of kept in memory."""

    _in_head = False
    _head = 0

    def data_received(self, data: bytes) -> None:
        waited = self._in_head
        super().data_received(data)
        self._head = self._head + len(data) if waited and self._in_head else 0
        if self._head > MOST_BYTES:
            self._in_head = False
            self.send_400_response("The head of this request is too long.")

    def on_message_begin(self) -> None:
        self._in_head = True
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._in_head = False
        super().on_headers_complete()
