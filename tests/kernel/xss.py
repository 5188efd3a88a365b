"""The attacks of `xss_vectors.json` through every door by which text becomes HTML."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from fengong.kernel import letters, markup

FILE = json.loads(Path(__file__).with_name("xss_vectors.json").read_text(encoding="utf-8"))
VECTORS: list[str] = [vector for name in ("owasp", "mutation", "markdown") for vector in FILE[name]]


def mail(html: str) -> str:
    letter = letters.shown(html, {"x": "/files/1/x.png"}, pictures=True)
    return letter.visible + letter.quoted


DOORS: dict[str, Callable[[str], str]] = {
    "markdown": lambda text: markup.render(text, names=("李娜",), tickets="/tickets?ticket="),
    "text": markup.lines,
    "html": markup.clean,
    "html made here": markup.clean_own,
    "mail": mail,
    "mail twice": lambda html: mail(markup.clean(html)),
    "mail under an older one": lambda html: mail(f"<p>hello</p><blockquote>{html}</blockquote>"),
}
