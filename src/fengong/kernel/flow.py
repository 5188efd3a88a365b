"""HTML as the lines a reader sees, each with its place in the tree, and a tree parted at such a place."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from lxml import html as lxml_html

BREAKS = {
    "address", "article", "blockquote", "br", "center", "dd", "div", "dl", "dt", "footer", "h1", "h2", "h3", "h4", "h5",
    "h6", "header", "hr", "li", "ol", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
}  # fmt: skip
HELD = {"td", "th"}
"""Cells stand on the line of their row."""
SHOWN = ("img", "hr")
DEEPEST = 200
"""Deeper than that no mail nests anything a reader could tell apart."""


@dataclass
class Line:
    """What stands on one line; `node` and `is_tail` say where its first words are in the tree."""

    text: str
    node: Any
    is_tail: bool
    is_quoted: bool

    @property
    def words(self) -> str:
        """The line as plain text, marked when it stands in a quotation."""
        told = " ".join(self.text.split())
        return f"> {told}" if self.is_quoted and told else told


def tree_of(html: str) -> Any:
    """HTML as a tree whose root is one `div`."""
    return lxml_html.fromstring(f"<div>{html}</div>") if html.strip() else lxml_html.fromstring("<div></div>")


def html_of(tree: Any) -> str:
    """What stands inside the root, as HTML again."""
    written: str = lxml_html.tostring(tree, encoding="unicode")
    return written.removeprefix("<div>").removesuffix("</div>")


def lines_of(tree: Any) -> list[Line]:
    """The lines of a tree, blank ones too."""
    found = [Line("", tree, False, False)]
    _gather(tree, found, quoted=False, depth=0)
    return found


def _gather(node: Any, found: list[Line], *, quoted: bool, depth: int) -> None:
    quoted = quoted or node.tag == "blockquote"
    if depth > DEEPEST:
        _add(found, node.text_content(), node, is_tail=False, quoted=quoted)
        return
    _add(found, node.text or "", node, is_tail=False, quoted=quoted)
    for child in node:
        if _breaks(child) and child.tag != "br":
            found.append(Line("", child, False, quoted))
        if isinstance(child.tag, str):
            _gather(child, found, quoted=quoted, depth=depth + 1)
        if _breaks(child):
            found.append(Line("", child, True, quoted))
        _add(found, child.tail or "", child, is_tail=True, quoted=quoted)


def _breaks(node: Any) -> bool:
    if node.tag in HELD:
        return any(child.tag in BREAKS for child in node)
    return node.tag in BREAKS


def _add(found: list[Line], text: str, node: Any, *, is_tail: bool, quoted: bool) -> None:
    line = found[-1]
    if not text.strip():
        line.text += " " if text else ""
        return
    if not line.text.strip():
        line.node, line.is_tail, line.is_quoted = node, is_tail, quoted
    line.text += (" " if node.tag in HELD else "") + text


def parted(tree: Any, line: Line) -> tuple[Any, Any]:
    """The tree before a line, and the tree from that line on; every text and picture is in one of the two."""
    path = _path(tree, line.node)
    before, after = deepcopy(tree), deepcopy(tree)
    _keep_before(before, path, is_tail=line.is_tail)
    _keep_after(after, path, is_tail=line.is_tail)
    _prune(before)
    return before, after


def _path(tree: Any, node: Any) -> list[int]:
    path = []
    while node is not tree:
        parent = node.getparent()
        path.append(parent.index(node))
        node = parent
    return path[::-1]


def _keep_before(tree: Any, path: list[int], *, is_tail: bool) -> None:
    node = tree
    for at in path:
        for later in node[at + 1 :]:
            node.remove(later)
        node = node[at]
        node.tail = None
    if not is_tail:
        node.text = None
        for child in list(node):
            node.remove(child)


def _keep_after(tree: Any, path: list[int], *, is_tail: bool) -> None:
    node = tree
    for at in path:
        node.text = None
        for earlier in node[:at]:
            node.remove(earlier)
        node = node[0]
    if is_tail:
        node.text = None
        for child in list(node):
            node.remove(child)
        if node.tag in SHOWN:
            node.tag = "span"
            node.attrib.clear()


def _prune(tree: Any) -> None:
    """Take off what was left empty at the end, so that no bare frame stands there."""
    node = tree
    while len(node):
        last = node[-1]
        if (last.tail or "").strip() or last.tag in SHOWN:
            return
        if last.text_content().strip() or last.xpath(".//img | .//hr"):
            node = last
        else:
            node.remove(last)
