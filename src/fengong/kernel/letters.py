"""A mail's own HTML as it is shown: cleaned, its pictures held back until asked for, older mails folded away."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from fengong.kernel import flow, markup, quotes

LONGEST_KEPT = 60_000
TINY = {"0", "1", "2"}
"""Pictures of that width or height are there to see who reads, not to be seen."""
FROM_ELSEWHERE = re.compile(r"https?://", re.IGNORECASE)


@dataclass(frozen=True)
class Letter:
    """What is read at once, what is folded away, and how many pictures from elsewhere were held back."""

    visible: str
    quoted: str
    held: int


def shown(html: str, files: Mapping[str, str] = markup.NOTHING, *, pictures: bool = False) -> Letter:
    """A mail as its reader sees it. `files` says where the picture named by a content id is served.

    Pictures from elsewhere tell their sender who reads when and where, so they are left out until `pictures` asks for
    them; those too small to see never come.
    """
    given = (html, tuple(sorted(files.items())), pictures)
    return _shown(*given) if len(html) <= LONGEST_KEPT else _shown.__wrapped__(*given)


@lru_cache(maxsize=1024)
def _shown(html: str, files: tuple[tuple[str, str], ...], pictures: bool) -> Letter:
    tree = flow.tree_of(markup.clean(html))
    held = _place_pictures(tree, dict(files), pictures=pictures)
    visible, quoted = _folded(tree)
    return Letter(_written(visible), _written(quoted) if quoted is not None else "", held)


def _written(tree: Any) -> str:
    return markup.clean_own(flow.html_of(tree)).strip()


def _place_pictures(tree: Any, files: dict[str, str], *, pictures: bool) -> int:
    held = 0
    for image in list(tree.iter("img")):
        src = image.get("src", "")
        if src.startswith("cid:"):
            src = files.get(src.removeprefix("cid:"), "")
            image.set("src", src)
        if FROM_ELSEWHERE.match(src):
            tiny = image.get("width") in TINY or image.get("height") in TINY
            held += not tiny
            if tiny or not pictures:
                _hold(image)
        elif not src:
            _hold(image)
    return held


def _hold(image: Any) -> None:
    """A sign with the picture's words in its place."""
    image.tag, image.text = "span", image.get("alt", "")
    image.attrib.clear()
    if image.text:
        image.set("class", "picture-held")


def _folded(tree: Any) -> tuple[Any, Any]:
    lines = flow.lines_of(tree)
    hidden = quotes.hidden([line.words for line in lines])
    at = len(hidden)
    while at and hidden[at - 1]:
        at -= 1
    first = next((line for line in lines[at:] if line.words), None)
    return flow.parted(tree, first) if first is not None else (tree, None)
