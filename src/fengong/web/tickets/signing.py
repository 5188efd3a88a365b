"""What goes out with an answer: the signature under it, and the files that wait in the composer."""

from __future__ import annotations

from typing import Any

from fengong.web.tickets.speaking import SIGNED
from fengong.web.tickets.talk import Talk


def signed(form: Any, talk: Talk) -> str:
    """The body as it is sent."""
    body: str = form.cleaned_data["body"]
    if not form.cleaned_data["sign"] or not talk.signature:
        return body
    return f"{body.rstrip()}\n{SIGNED}{talk.signature}"
