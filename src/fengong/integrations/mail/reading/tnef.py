"""winmail.dat: the files inside an Outlook TNEF stream, by the layout published as MS-OXTNEF and MS-OXCDATA.

Only what a reader needs: each attachment's name and bytes, and the body where it is plain text or HTML.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from fengong.integrations.mail.reading.charsets import decode

SIGNATURE = 0x223E9F78
BODY, MESSAGE_PROPERTIES, CODEPAGE = 0x0002800C, 0x00069003, 0x00069007
NEW_ATTACHMENT, TITLE, DATA, PROPERTIES = 0x00069002, 0x00018010, 0x0006800F, 0x00069005
LONG_NAME, SHORT_NAME, MIME_TYPE, CONTENT_ID, HTML = 0x3707, 0x3704, 0x370E, 0x3712, 0x1013
FIXED = {2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 0xA: 4, 0xB: 4, 0x14: 8, 0x40: 8, 0x48: 16}
"""Bytes that a property of fixed size takes, by its type."""
STRING8, UNICODE, OBJECT, BINARY = 0x1E, 0x1F, 0x0D, 0x102
MANY = 0x1000


class NotTnef(ValueError):
    """The bytes are no TNEF stream, or break off where nothing can be made of them."""


@dataclass(slots=True)
class Enclosed:
    """A file inside."""

    name: str = ""
    content: bytes = b""
    content_type: str = ""
    content_id: str = ""


@dataclass(slots=True)
class Winmail:
    """What a TNEF stream holds."""

    text: str = ""
    html: str = ""
    files: list[Enclosed] = field(default_factory=list)


def read(stream: bytes) -> Winmail:
    """The files and the body of a TNEF stream; NotTnef when it is none."""
    if len(stream) < 6 or struct.unpack_from("<I", stream)[0] != SIGNATURE:
        raise NotTnef("no TNEF signature")
    found, charset = Winmail(), "cp1252"
    for tag, data in _attributes(stream):
        if tag == CODEPAGE and len(data) >= 4:
            charset = _charset(struct.unpack_from("<I", data)[0])
        elif tag == BODY:
            found.text = decode(data.rstrip(b"\0"), charset)
        elif tag == MESSAGE_PROPERTIES:
            found.html = _html(data, charset)
        elif tag == NEW_ATTACHMENT:
            found.files.append(Enclosed())
        elif found.files:
            _fill(found.files[-1], tag, data, charset)
    return found


def _charset(codepage: int) -> str:
    return {65001: "utf-8", 936: "gb18030", 950: "big5", 932: "shift_jis", 949: "euc-kr"}.get(
        codepage, f"cp{codepage}"
    )


def _attributes(stream: bytes) -> Iterator[tuple[int, bytes]]:
    """Tag and data of each attribute; one that breaks off is given as far as it goes."""
    position = 6
    while position + 9 <= len(stream):
        _level, tag, length = struct.unpack_from("<BII", stream, position)
        data = stream[position + 9 : position + 9 + length]
        yield tag, data
        if len(data) < length:
            return
        position += 9 + length + 2


def _fill(enclosed: Enclosed, tag: int, data: bytes, charset: str) -> None:
    if tag == TITLE:
        enclosed.name = enclosed.name or decode(data.rstrip(b"\0"), charset)
    elif tag == DATA:
        enclosed.content = data
    elif tag == PROPERTIES:
        properties = _properties(data, charset)
        enclosed.name = _word(properties, LONG_NAME) or enclosed.name or _word(properties, SHORT_NAME)
        enclosed.content_type = _word(properties, MIME_TYPE).lower()
        enclosed.content_id = _word(properties, CONTENT_ID).strip("<>")


def _word(properties: dict[int, str | bytes], tag: int) -> str:
    value = properties.get(tag, "")
    return value if isinstance(value, str) else ""


def _html(data: bytes, charset: str) -> str:
    value = _properties(data, charset).get(HTML, "")
    return decode(value, charset) if isinstance(value, bytes) else value


def _properties(data: bytes, charset: str) -> dict[int, str | bytes]:
    """Text and binary properties by id; reading ends at the first thing it does not know."""
    found: dict[int, str | bytes] = {}
    try:
        count, position = struct.unpack_from("<I", data)[0], 4
        for _ in range(min(count, 2_000)):
            kind, tag = struct.unpack_from("<HH", data, position)
            position = _past_name(data, position + 4) if tag >= 0x8000 else position + 4
            position, value = _value(data, position, kind)
            if kind in (STRING8, UNICODE, BINARY):
                found[tag] = value if kind == BINARY else _string(value, kind, charset)
    except (struct.error, NotTnef):
        pass
    return found


def _string(value: bytes, kind: int, charset: str) -> str:
    return decode(value, "utf-16-le" if kind == UNICODE else charset).rstrip("\0")


def _past_name(data: bytes, position: int) -> int:
    """Past the name of a named property: a GUID, then a number or a padded string."""
    kind = struct.unpack_from("<I", data, position + 16)[0]
    if kind == 0:
        return position + 24
    return position + 24 + _padded(struct.unpack_from("<I", data, position + 20)[0])


def _value(data: bytes, position: int, kind: int) -> tuple[int, bytes]:
    """Where a value ends, and its bytes; of many values, the last."""
    base, count = kind & ~MANY, 1
    if kind & MANY or base in (STRING8, UNICODE, OBJECT, BINARY):
        count, position = struct.unpack_from("<I", data, position)[0], position + 4
    value = b""
    for _ in range(min(count, 10_000)):
        if base in FIXED:
            size = FIXED[base] if not kind & MANY or base != 2 else 2
            value, position = data[position : position + size], position + size
        elif base in (STRING8, UNICODE, OBJECT, BINARY):
            size = struct.unpack_from("<I", data, position)[0]
            value, position = data[position + 4 : position + 4 + size], position + 4 + _padded(size)
        else:
            raise NotTnef(f"property type {kind:#x}")
    return position, value


def _padded(size: int) -> int:
    return (size + 3) // 4 * 4
