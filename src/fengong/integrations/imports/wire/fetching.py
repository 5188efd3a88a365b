"""A whole desk fetched into one file of lines, which an import then reads like any export."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from fengong.integrations.imports.wire import chatwoot, freshdesk, zammad, zendesk
from fengong.integrations.imports.wire.asking import Desk, Unreachable, desk

Told = Callable[[int], None]
Objects = Iterator[tuple[str, dict[str, Any]]]


def open_desk(source: str, address: str, key: str) -> Desk:
    """The API of a desk at an address. `key` is what that desk calls its token; for Zendesk `email/token:TOKEN`."""
    if urlsplit(address).scheme not in ("https", "http") or not urlsplit(address).hostname:
        raise Unreachable(_("“%(address)s” is no web address.") % {"address": address}, field="address")
    base = address.rstrip("/")
    if source == "freshdesk":
        return desk(f"{base}/api/v2", {}, auth=(key, "X"))
    header = {
        "zendesk": {"Authorization": f"Basic {base64.b64encode(key.encode()).decode()}"},
        "zammad": {"Authorization": f"Token token={key}"},
        "chatwoot": {"api_access_token": key},
    }[source]
    return desk(base, header)


def objects(source: str, asked: Desk) -> Objects:
    """Everything that desk holds, list by list."""
    readers: dict[str, Callable[[Desk], Objects]] = {
        "zendesk": zendesk.objects,
        "freshdesk": freshdesk.objects,
        "zammad": zammad.objects,
        "chatwoot": chatwoot.objects,
    }
    return readers[source](asked)


def as_lines(found: Objects, told: Told = lambda count: None) -> bytes:
    """Objects as lines of JSON, each with the list it came from; `told` hears how many there are so far."""
    lines = []
    for count, (key, value) in enumerate(found, 1):
        lines.append(json.dumps({"list": key, "object": value}, ensure_ascii=False))
        told(count)
    return "\n".join(lines).encode()
