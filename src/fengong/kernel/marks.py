"""What people write in Markdown beyond CommonMark: bare addresses, @names, #tickets, task lists, Chinese emphasis."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token

ADDRESS = re.compile(r"//[\w.~:/?#\[\]@!$&'()*+,;=%-]+", re.ASCII)
SCHEME = re.compile(r"(?<![A-Za-z0-9])https?$")
URL = re.compile(rf"(\bhttps?:{ADDRESS.pattern})", re.ASCII)
"""Addresses end where ASCII ends: Chinese text goes on right behind them without a blank."""
TICKET = r"(?<![A-Za-z0-9_&/#])\#(?P<ticket>[1-9]\d{0,11})(?![A-Za-z0-9_-])"
TASK = re.compile(r"\[([ xX])\]\s+(?=\S)")
WIDE = re.compile(
    "[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef]|[^\u0000-\uffff]"
)
"""Letters and punctuation of scripts that put no blanks between words."""
NEVER = r"(?!)"
TRAILING = ".,;:!?'\"*~"


@dataclass(frozen=True)
class Surroundings:
    """What the writer can refer to."""

    names: tuple[str, ...] = ()
    tickets: str = ""
    files: Mapping[str, str] = field(default_factory=dict)

    def pattern(self) -> re.Pattern[str]:
        """Everything that is marked in running text; the longest name first, so that 李娜娜 is not 李娜."""
        kinds = [TICKET] if self.tickets else []
        if self.names:
            known = "|".join(re.escape(name) for name in sorted(self.names, key=len, reverse=True))
            kinds.append(rf"(?<![A-Za-z0-9_.@])(?P<name>@(?:{known}))(?![A-Za-z0-9_])")
        return re.compile("|".join(kinds) or NEVER)


def bare_url(text: str) -> tuple[str, str]:
    """An address as found in running text, and the punctuation behind it that belongs to the sentence."""
    kept = text.rstrip(TRAILING)
    while kept.endswith((")", "]")) and kept.count(kept[-1]) > kept.count({")": "(", "]": "["}[kept[-1]]):
        kept = kept[:-1].rstrip(TRAILING)
    return kept, text[len(kept) :]


def fit(parser: MarkdownIt) -> MarkdownIt:
    """Teach a parser these marks."""
    parser.inline.ruler.at("emphasis", _emphasis)
    parser.inline.ruler.before("newline", "address", _address)
    parser.core.ruler.push("marks", _mark)
    return parser


def _emphasis(state: StateInline, silent: bool) -> bool:
    """CommonMark's emphasis, which also works where Chinese writes no blank: `**重要：**请看`."""
    marker = state.src[state.pos]
    if silent or marker not in ("_", "*"):
        return False
    scanned = state.scanDelims(state.pos, marker == "*")
    opens, closes = scanned.can_open, scanned.can_close
    if marker == "*":
        before = state.src[state.pos - 1 : state.pos]
        after = state.src[state.pos + scanned.length :][:1]
        if WIDE.match(before) or WIDE.match(after):
            opens, closes = bool(after.strip()), bool(before.strip())
    for _ in range(scanned.length):
        state.push("text", "", 0).content = marker
        place = len(state.tokens) - 1
        state.delimiters.append(Delimiter(ord(marker), scanned.length, place, -1, opens, closes))
    state.pos += scanned.length
    return True


def _address(state: StateInline, silent: bool) -> bool:
    """An address in running text, whole: what stands in it is no emphasis."""
    scheme, rest = SCHEME.search(state.pending), ADDRESS.match(state.src, state.pos + 1)
    if silent or state.linkLevel or state.src[state.pos] != ":" or not scheme or not rest:
        return False
    url, _sentence = bare_url(f"{scheme[0]}:{rest[0]}")
    state.pending = state.pending[: -len(scheme[0])]
    for token in _linked(url, url):
        state.push(token.type, token.tag, token.nesting).attrs = token.attrs
        state.tokens[-1].content = token.content
    state.pos += len(url) - len(scheme[0])
    return True


def _mark(state: StateCore) -> None:
    known = state.env.get("surroundings") or Surroundings()
    pattern = known.pattern()
    before: Token | None = None
    for token in state.tokens:
        if token.type == "inline" and token.children is not None:
            if before is not None and before.type == "paragraph_open":
                _task(state.tokens, before, token)
            token.children = _marked(token.children, pattern, known)
        before = token


def _task(tokens: Sequence[Token], paragraph: Token, inline: Token) -> None:
    place = tokens.index(paragraph)
    item = tokens[place - 1] if place else None
    first = inline.children[0] if inline.children else None
    if item is None or item.type != "list_item_open" or first is None or first.type != "text":
        return
    if found := TASK.match(first.content):
        first.content = ("☐ " if found[1] == " " else "☑ ") + first.content[found.end() :]
        item.attrSet("class", "task")


def _marked(children: list[Token], pattern: re.Pattern[str], known: Surroundings) -> list[Token]:
    found: list[Token] = []
    links = 0
    for child in children:
        links += child.nesting if child.type in ("link_open", "link_close") else 0
        if child.type == "text" and not links:
            found += _split(child.content, pattern, known)
        elif child.type == "image":
            found += _picture(child, known)
        else:
            found.append(child)
    return found


def _split(text: str, pattern: re.Pattern[str], known: Surroundings) -> list[Token]:
    found, done = [], 0
    for match in pattern.finditer(text):
        found += [_text(text[done : match.start()]), *_token(match, known)]
        done = match.end()
    return [*found, _text(text[done:])]


def _token(match: re.Match[str], known: Surroundings) -> list[Token]:
    number = match.groupdict().get("ticket")
    if number:
        return _linked(match[0], f"{known.tickets}{number}")
    return [
        Token("span_open", "span", 1, {"class": "mention"}),
        _text(match[0]),
        Token("span_close", "span", -1),
    ]


def _picture(image: Token, known: Surroundings) -> list[Token]:
    """A picture of ours, by path or content id; one from elsewhere becomes a link, so that nobody is watched."""
    src = str(image.attrGet("src") or "")
    if src.startswith("cid:"):
        src = known.files.get(src.removeprefix("cid:"), "")
        image.attrSet("src", src)
    if src.startswith(("/files/", "data:image/")):
        return [image]
    return _linked(image.content or src, src) if src.startswith("http") else [_text(image.content)]


def _linked(label: str, href: str) -> list[Token]:
    return [Token("link_open", "a", 1, {"href": href}), _text(label), Token("link_close", "a", -1)]


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)
