"""What `/live` answers when it will not open a stream: problem+json, as the API does."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from http import HTTPStatus
from typing import Any, Self


class Problem(Exception):
    """A refusal with its HTTP status, a stable code for programs and a sentence for people."""

    def __init__(
        self, status: int, code: str, detail: str, headers: Sequence[tuple[bytes, bytes]] = ()
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail
        self.headers = list(headers)

    @classmethod
    def full(cls, detail: str) -> Self:
        """No stream can be opened now; the client should come back."""
        return cls(503, "unavailable", detail, headers=[(b"retry-after", b"5")])

    async def respond(self, send: Callable[[MutableMapping[str, Any]], Awaitable[None]]) -> None:
        """Send it as the whole response."""
        problem = {
            "type": "about:blank",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "code": self.code,
            "detail": self.detail,
        }
        headers = [
            (b"content-type", b"application/problem+json"),
            (b"cache-control", b"no-store"),
            *self.headers,
        ]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": json.dumps(problem).encode()})
