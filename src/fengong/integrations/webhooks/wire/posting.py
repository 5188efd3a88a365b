"""One request: posted to the checked address, answered within a time, read only as far as the log needs."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass

import httpx

from fengong.integrations.webhooks.wire.guard import Forbidden, Target, target_of

TIMEOUT = 15.0
"""Seconds for the whole exchange."""
READ_AT_MOST = 2_000
EXCERPT = 500


@dataclass(frozen=True)
class Answer:
    """What came back; without a status nothing did, and `said` tells why."""

    status: int | None
    said: str
    milliseconds: int
    retry_after: str = ""

    @property
    def taken(self) -> bool:
        """Whether the receiver has it; a redirect is a refusal."""
        return self.status is not None and 200 <= self.status < 300


def post(url: str, *, body: bytes, headers: Mapping[str, str], timeout: float = TIMEOUT) -> Answer:
    """Send, and tell what became of it; never raises for what the other side does."""
    started = time.monotonic()
    try:
        status, said, retry_after = _exchange(target_of(url), body, headers, timeout)
    except Forbidden as refusal:
        status, said, retry_after = None, f"not sent: {refusal}", ""
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
        status, said, retry_after = None, f"{type(error).__name__}: {error}", ""
    spent = round((time.monotonic() - started) * 1000)
    return Answer(status, said.replace("\x00", "")[:EXCERPT], spent, retry_after)


def _exchange(
    target: Target, body: bytes, headers: Mapping[str, str], timeout: float
) -> tuple[int, str, str]:
    host = target.url.hostname or ""
    named = f"{host}:{target.url.port}" if target.url.port else host
    until = time.monotonic() + timeout
    with (
        httpx.Client(trust_env=False, follow_redirects=False, timeout=timeout) as client,
        client.stream(
            "POST",
            target.pinned,
            content=body,
            headers={**headers, "Host": named, "User-Agent": "Fengong-Webhooks/1.0"},
            extensions={"sni_hostname": host},
        ) as response,
    ):
        read = b""
        for chunk in response.iter_raw():
            read += chunk
            if len(read) >= READ_AT_MOST or time.monotonic() > until:
                break
        said = read[:READ_AT_MOST].decode("utf-8", "replace")
        return response.status_code, said, response.headers.get("Retry-After", "")
