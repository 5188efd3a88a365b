"""Asking another desk: one object for the address and the key, waits that it asks for, and errors as sentences."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import httpx
from django.utils.translation import gettext as _

from fengong.kernel.errors import Refused

TRIES = 6
LONGEST_WAIT = 120.0
TIMEOUT = 30.0


class Unreachable(Refused):
    """The other desk does not answer, or not with what was asked for."""

    code = "unreachable"
    status = 502


class Desk:
    """An API under one address. `sleep` is how it waits; tests do not."""

    def __init__(
        self,
        client: httpx.Client,
        *,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._client, self._sleep = client, sleep

    def get(self, path: str, **query: Any) -> Any:
        """The JSON that stands there; asks again after 429 and passing faults, raises Unreachable else."""
        problem = ""
        for attempt in range(TRIES):
            try:
                answer = self._client.get(path, params=query or None)
            except httpx.HTTPError as error:
                problem = str(error) or type(error).__name__
                self._sleep(2.0**attempt)
                continue
            if answer.status_code == 429 or answer.status_code >= 500:
                problem = _("it answers %(status)s") % {"status": answer.status_code}
                self._sleep(_wait(answer, attempt))
                continue
            return _json(answer, path)
        raise Unreachable(_("%(path)s could not be read: %(reason)s") % {"path": path, "reason": problem})


def desk(base: str, headers: dict[str, str], auth: tuple[str, str] | None = None) -> Desk:
    """An API to ask, by its address and key."""
    client = httpx.Client(
        base_url=base,
        headers={"Accept": "application/json", **headers},
        auth=httpx.BasicAuth(*auth) if auth else None,
        timeout=TIMEOUT,
        follow_redirects=False,
    )
    return Desk(client)


def _wait(answer: httpx.Response, attempt: int) -> float:
    asked = answer.headers.get("Retry-After", "")
    return min(float(asked), LONGEST_WAIT) if asked.isdecimal() else 2.0**attempt


def _json(answer: httpx.Response, path: str) -> Any:
    if answer.status_code in (401, 403):
        raise Unreachable(
            _("The other desk does not accept this key, or the key may not read %(path)s.") % {"path": path}
        )
    if answer.status_code == 404:
        raise Unreachable(_("The other desk knows no %(path)s. Is the address right?") % {"path": path})
    if answer.is_error or answer.is_redirect:
        said = answer.text[:200]
        raise Unreachable(
            _("The other desk answers %(status)s: %(said)s") % {"status": answer.status_code, "said": said}
        )
    try:
        return answer.json()
    except ValueError as error:
        raise Unreachable(_("%(path)s is not JSON. Is the address right?") % {"path": path}) from error
