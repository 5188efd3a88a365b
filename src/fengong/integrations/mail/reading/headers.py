"""Header fields to text, addresses and names; fields that break every rule still give something."""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from dataclasses import dataclass
from email.message import Message
from typing import Any
from urllib.parse import unquote_to_bytes

from fengong.integrations.mail.reading.charsets import clean, decode, repair

WORD = re.compile(r"=\?([^?\s*]*)(?:\*[^?]*)?\?([bBqQ])\?([^?]*)\?=")
BETWEEN = re.compile(r"\?=[ \t\r\n]+=\?")
MESSAGE_ID = re.compile(r"<[^<>\s]{1,900}>")
ADDRESS = re.compile(
    r"[^\s<>()\[\],;:\"'“”‘’\u3000-\u303f\uff00-\uff0f\uff1a-\uff20]+@"
    r"[^\s<>()\[\],;:\"'“”‘’\u3000-\u303f\uff00-\uff0f\uff1a-\uff20]+"
)
TOKEN = re.compile(r"[A-Za-z0-9!#$&^_.+-]{1,100}/[A-Za-z0-9!#$&^_.+-]{1,100}")
LONGEST = 20_000  # characters of one field that are looked at


@dataclass(frozen=True, slots=True)
class Address:
    """A name, which may be blank, and an address in lower case."""

    name: str
    email: str


def field(message: Message[Any, Any], name: str) -> str:
    """The first field of this name as it stands, 8-bit bytes still hidden in it; blank when there is none."""
    wanted = name.lower()
    for key, value in message.raw_items():
        if key.lower() == wanted:
            return str(value)[:LONGEST]
    return ""


def fields(message: Message[Any, Any], name: str) -> list[str]:
    """All fields of this name as they stand."""
    wanted = name.lower()
    return [str(value)[:LONGEST] for key, value in message.raw_items() if key.lower() == wanted]


def text(message: Message[Any, Any], name: str) -> str:
    """A field as a reader sees it, on one line."""
    return " ".join(words(field(message, name)).split())


def words(raw: str) -> str:
    """Encoded words (RFC 2047) decoded. Neighbours are joined as bytes first: some senders cut in mid-character."""
    joined = BETWEEN.sub("?==?", raw)
    pieces: list[str] = []
    position, held, charset = 0, b"", ""
    for found in WORD.finditer(joined):
        gap, name = joined[position : found.start()], found[1].lower()
        if held and (gap or name != charset):
            pieces.append(decode(held, charset))
            held = b""
        pieces.append(repair(gap))
        held, charset, position = held + _word(found[2], found[3]), name, found.end()
    if held:
        pieces.append(decode(held, charset))
    return "".join([*pieces, repair(joined[position:])])


def _word(kind: str, content: str) -> bytes:
    raw = content.encode("utf-8", "surrogateescape")
    if kind in "qQ":
        return quopri.decodestring(raw.replace(b"_", b" "), header=False)
    return unbase64(raw)


def unbase64(raw: bytes) -> bytes:
    """Base64 with what does not belong left out and what is missing at the end left off."""
    kept = re.sub(rb"[^A-Za-z0-9+/]", b"", raw)
    if len(kept) % 4 == 1:
        kept = kept[:-1]
    try:
        return base64.b64decode(kept + b"=" * (-len(kept) % 4))
    except binascii.Error:
        return b""


def ids(raw: str) -> list[str]:
    """Message ids in a field, in order, each once."""
    return list(dict.fromkeys(found for found in MESSAGE_ID.findall(repair(raw))))


def addresses(*raws: str) -> list[Address]:
    """The addresses in some fields, each once, whatever they are separated by."""
    found: dict[str, Address] = {}
    for raw in raws:
        for part in _apart(" ".join(raw.split())):
            address = _address(part)
            if address and address.email not in found:
                found[address.email] = address
    return list(found.values())


def _apart(raw: str) -> list[str]:
    """Cut at commas and semicolons outside quotes, brackets and comments."""
    if raw.lstrip().startswith("=?") and "@" not in WORD.sub("", raw):
        raw = words(raw)  # the whole field was encoded, address and all
    parts, depth, quoted, start = [], 0, False, 0
    for index, char in enumerate(raw):
        if char == '"' and raw[index - 1 : index] != "\\":
            quoted = not quoted
        elif not quoted and char in "<(":
            depth += 1
        elif not quoted and char in ">)":
            depth = max(0, depth - 1)
        elif char in ",;" and not quoted and depth == 0:
            parts.append(raw[start:index])
            start = index + 1
    return [part for part in [*parts, raw[start:]] if part.strip()]


def _address(part: str) -> Address | None:
    bracketed = re.search(r"<([^<>]*)>[^<>]*$", part)
    inside = words(bracketed[1]) if bracketed else words(part)
    found = ADDRESS.search(inside.strip()) or ADDRESS.search(words(part))
    if found is None:
        return None
    name = words(part[: bracketed.start()]) if bracketed else _comment(words(part))
    email = found[0].strip(".").lower()
    name = " ".join(name.replace('\\"', '"').strip().strip("\"'“”").split())
    return Address("" if name.lower() == email else name[:120], email[:254])


def _comment(part: str) -> str:
    found = re.search(r"\(([^()]*)\)", part)
    return found[1] if found else ""


def parameter(message: Message[Any, Any], header: str, name: str) -> str:
    """A parameter such as a file name: by RFC 2231, by encoded words inside quotes, or raw."""
    raw = " ".join(field(message, header).split())
    pieces = re.findall(
        rf";\s*{name}(?:\*(\d+))?(\*)?\s*=\s*(\"(?:[^\"\\]|\\.)*\"|[^;\s]+(?:\s+[^;=\s]+(?=\s*(?:;|$)))*)",
        raw,
        re.I,
    )
    if not pieces:
        return ""
    if not any(extended or number for number, extended, _value in pieces):
        return clean(words(_bare(pieces[0][2]))).strip()
    return _joined(sorted(pieces, key=lambda piece: int(piece[0] or 0)))


def _joined(pieces: list[tuple[str, str, str]]) -> str:
    numbered = [piece for piece in pieces if piece[0] or piece[1]]
    charset, data = "", b""
    for index, (_number, extended, value) in enumerate(numbered):
        content = _bare(value)
        if extended and index == 0 and content.count("'") >= 2:
            charset, _language, content = content.split("'", 2)
        raw = content.encode("utf-8", "surrogateescape")
        data += unquote_to_bytes(raw) if extended else raw
    return words(decode(data, charset)).strip()


def _bare(value: str) -> str:
    value = value.strip()
    if value.startswith('"'):
        return re.sub(r"\\(.)", r"\1", value[1:-1])
    return value


def content_type(message: Message[Any, Any]) -> str:
    """The type of a part; nonsense counts as unknown bytes, none as text."""
    raw = repair(field(message, "content-type")).strip()
    if not raw:
        return message.get_default_type()
    found = TOKEN.match(raw.lower())
    return (
        found[0] if found else "text/plain" if raw.lower().startswith("text") else "application/octet-stream"
    )
