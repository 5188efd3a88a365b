"""One awkward mail: what comes in, why it is awkward, what must come out."""

from __future__ import annotations

import base64
from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    """`text` must stand in the message, `files` are the attachments' names, `state` and `reason` as in the mail log."""

    name: str
    why: str
    raw: bytes
    subject: str = ""
    sender: str = "wang@beifeng.example"
    text: str = ""
    not_text: str = "\0"
    not_html: str = "\0"
    files: tuple[str, ...] = ()
    state: str = "taken"
    reason: str = ""
    writer: str = ""


def mail(
    body: bytes = b"",
    *,
    subject: bytes = b"Test",
    sender: bytes = b"wang@beifeng.example",
    kind: str = "text/plain; charset=utf-8",
    encoding: str = "8bit",
    extra: bytes = b"",
    to: bytes = b"support@desk.example",
) -> bytes:
    """A mail with the usual head; `extra` are whole header lines."""
    head = [
        b"From: " + sender,
        b"To: " + to,
        b"Subject: " + subject,
        b"Date: Mon, 02 Mar 2026 13:59:00 +0800",
        b"MIME-Version: 1.0",
        b"Content-Type: " + kind.encode(),
        b"Content-Transfer-Encoding: " + encoding.encode(),
    ]
    lines = b"\r\n".join(head) + b"\r\n" + extra.replace(b"\n", b"\r\n")
    return lines + b"\r\n" + body


def part(body: bytes | str, kind: str, *more: str, encoding: str = "") -> bytes:
    """One part of a multipart mail; base64 on demand."""
    data = body.encode() if isinstance(body, str) else body
    lines = [f"Content-Type: {kind}", *more]
    if encoding:
        lines.append(f"Content-Transfer-Encoding: {encoding}")
    if encoding == "base64":
        data = base64.encodebytes(data)
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + data + b"\r\n"


def attached(name: str, data: bytes, kind: str = "application/octet-stream") -> bytes:
    """A file as a part."""
    return part(data, kind, f'Content-Disposition: attachment; filename="{name}"', encoding="base64")


def parts(*children: bytes, boundary: str = "b1") -> bytes:
    """Parts put together."""
    line = f"--{boundary}\r\n".encode()
    return b"".join(line + child for child in children) + f"--{boundary}--\r\n".encode()


def word(text: str, charset: str, codec: str = "") -> bytes:
    """An encoded word in base64."""
    return b"=?%s?B?%s?=" % (charset.encode(), base64.b64encode(text.encode(codec or charset)))


PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
