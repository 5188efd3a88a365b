"""Text that people write, made into HTML that is safe to show.

Markdown is the written form of replies, notes and articles; HTML comes in by mail. Both leave here through one
sanitiser: no script, no style, no form, no foreign frame, links without referrer.
"""

from __future__ import annotations

from functools import cache

import nh3
from lxml import html as lxml_html
from markdown_it import MarkdownIt

TAGS = {
    "a", "abbr", "b", "blockquote", "br", "code", "dd", "del", "div", "dl", "dt", "em", "h1", "h2", "h3", "h4", "hr",
    "i", "img", "ins", "li", "ol", "p", "pre", "s", "span", "strong", "sub", "sup", "table", "tbody", "td", "tfoot",
    "th", "thead", "tr", "u", "ul",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title", "width", "height"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "ol": {"start"},
}
SCHEMES = {"http", "https", "mailto", "tel"}


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])


def render(text: str) -> str:
    """Markdown to safe HTML; HTML inside it is shown as text."""
    return clean(_markdown().render(text))


def clean(html: str) -> str:
    """HTML from anywhere to HTML that can do nothing but be read."""
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer nofollow",
    )


def plain(html: str) -> str:
    """HTML to the text a reader would see; for search, and for mail that has no text part."""
    if not html.strip():
        return ""
    tree = lxml_html.fromstring(f"<div>{nh3.clean(html)}</div>")
    for tag in tree.iter("br", "p", "div", "tr", "li", "h1", "h2", "h3", "h4"):
        tag.tail = "\n" + (tag.tail or "")
    lines = (" ".join(line.split()) for line in tree.text_content().splitlines())
    return "\n".join(lines).strip()
