"""Text that people write, made into HTML that is safe to show.

Markdown is the written form of replies, notes and articles; HTML comes in by mail. Both leave here through one
sanitiser: no script, no style, no form, no foreign frame, links without referrer. A text always gives the same HTML,
so what was rendered is kept in the process that rendered it, by the text itself; nothing has to be forgotten.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from html import escape

import nh3
from markdown_it import MarkdownIt

from fengong.kernel import flow
from fengong.kernel.marks import URL, Surroundings, bare_url, fit

TAGS = {
    "a", "abbr", "b", "blockquote", "br", "code", "dd", "del", "div", "dl", "dt", "em", "h1", "h2", "h3", "h4", "h5",
    "h6", "hr", "i", "img", "ins", "li", "ol", "p", "pre", "s", "span", "strong", "sub", "sup", "table", "tbody", "td",
    "tfoot", "th", "thead", "tr", "u", "ul",
}  # fmt: skip
DROPPED = {
    "script",
    "style",
    "title",
    "template",
    "noscript",
    "textarea",
    "select",
    "xmp",
    "iframe",
    "noembed",
}
"""Tags that go with everything in them."""
ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title", "width", "height"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "ol": {"start"},
}
SCHEMES = {"http", "https", "mailto", "tel", "cid", "data"}
ONLY_IMAGES = ("cid:", "data:")
DATA_IMAGE = re.compile(r"data:image/(?:png|jpeg|gif|webp|avif);base64,[A-Za-z0-9+/=\s]*")
OWN_PLACES = re.compile(r"/(?!/)[!-~]*")
FULL = re.compile(r"(?:https?://|mailto:|tel:|cid:|data:)", re.IGNORECASE)
LONGEST_KEPT = 20_000
NOTHING: Mapping[str, str] = {}


def render(
    text: str, *, names: tuple[str, ...] = (), tickets: str = "", files: Mapping[str, str] = NOTHING
) -> str:
    """Markdown to safe HTML; HTML inside it is shown as text.

    `names` are those that `@` may stand before; with `tickets` (a path that a number is put behind) `#12` becomes a
    link; `files` says where the picture named by a `cid:` is served.
    """
    given = (text, names, tickets, tuple(sorted(files.items())))
    return _rendered(*given) if len(text) <= LONGEST_KEPT else _rendered.__wrapped__(*given)


def lines(text: str) -> str:
    """Text that was not written as Markdown, such as a customer's, as safe HTML: its lines, with links to press."""
    told = URL.split(text.strip("\r\n"))
    return "".join(_link(part) if place % 2 else _escaped(part) for place, part in enumerate(told))


def clean(html: str) -> str:
    """HTML from outside to HTML that can do nothing but be read. Pictures keep their address: see `letters`."""
    return nh3.clean(
        html,
        tags=TAGS,
        clean_content_tags=DROPPED,
        attributes=ATTRIBUTES,
        attribute_filter=_attribute_from_outside,
        url_schemes=SCHEMES,
        url_relative="deny",
        link_rel="noopener noreferrer nofollow",
    )


def clean_own(html: str) -> str:
    """The same for HTML that was made here: it may also name places of ours, and our few classes."""
    return nh3.clean(
        html,
        tags=TAGS,
        clean_content_tags=DROPPED,
        attributes=ATTRIBUTES,
        attribute_filter=_attribute_of_ours,
        url_schemes=SCHEMES,
        allowed_classes={"span": {"mention", "picture-held"}, "div": {"table"}, "li": {"task"}},
        link_rel="noopener noreferrer nofollow",
    )


def plain(html: str) -> str:
    """HTML to the text a reader would see, quotations marked; for search, and for mail that has no text part."""
    told = [line.words for line in flow.lines_of(flow.tree_of(clean(html)))]
    kept = [line for at, line in enumerate(told) if line or (at and told[at - 1])]
    return "\n".join(kept).strip()


@lru_cache(maxsize=4096)
def _rendered(text: str, names: tuple[str, ...], tickets: str, files: tuple[tuple[str, str], ...]) -> str:
    surroundings = Surroundings(names, tickets, dict(files))
    return clean_own(_markdown().render(text, {"surroundings": surroundings})).strip()


@cache
def _markdown() -> MarkdownIt:
    """CommonMark with tables, and without what turns a pasted line into something its writer did not mean."""
    made = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])
    return fit(made.disable(["code", "lheading", "reference", "html_block", "html_inline"]))


def _attribute_from_outside(tag: str, name: str, value: str) -> str | None:
    if name == "src" and value.startswith("data:") and not DATA_IMAGE.fullmatch(value):
        return None
    return None if name == "href" and value.lower().startswith(ONLY_IMAGES) else value


def _attribute_of_ours(tag: str, name: str, value: str) -> str | None:
    if name in ("src", "href") and not (OWN_PLACES.fullmatch(value) or FULL.match(value)):
        return None
    return _attribute_from_outside(tag, name, value)


def _link(url: str) -> str:
    kept, rest = bare_url(url)
    if len(kept) <= len("https://"):
        return _escaped(url)
    address = escape(kept)
    return f'<a href="{address}" rel="noopener noreferrer nofollow">{address}</a>{_escaped(rest)}'


def _escaped(text: str) -> str:
    return escape(text).replace("\r\n", "\n").replace("\r", "\n").replace("\n", "<br>")
