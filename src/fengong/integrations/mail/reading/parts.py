"""Going through the parts of a mail: what is to be read, and what is a file."""

from __future__ import annotations

import mimetypes
import re
from dataclasses import dataclass, field
from email.message import Message
from typing import Any, TypeAlias

from fengong.integrations.mail.reading import tnef
from fengong.integrations.mail.reading.charsets import decode, repair
from fengong.integrations.mail.reading.headers import content_type, parameter, text, unbase64, words
from fengong.integrations.mail.reading.headers import field as raw_field
from fengong.integrations.mail.reading.letter import Enclosure

DEEPEST = 40
MOST_PARTS = 500
SIGNED = {"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"}
STATUS = {"message/delivery-status", "message/global-delivery-status"}
RETURNED = {"message/rfc822", "message/global", "text/rfc822-headers"}
UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|\u202a-\u202e\u2066-\u2069]+")

KINDS = mimetypes.MimeTypes()
"""Kinds and endings as Python knows them, the same on every machine."""

Part: TypeAlias = "Message[Any, Any]"


@dataclass(slots=True)
class Contents:
    """What was found in the parts."""

    texts: list[str] = field(default_factory=list)
    htmls: list[str] = field(default_factory=list)
    invitations: list[bytes] = field(default_factory=list)
    files: list[Enclosure] = field(default_factory=list)
    status: list[str] = field(default_factory=list)
    returned: list[str] = field(default_factory=list)
    seen: int = 0
    left_out: bool = False


def contents(message: Part) -> Contents:
    """Everything in a mail, in the order it stands."""
    found = Contents()
    _walk(message, found, 0, alternative=False)
    return found


def _walk(part: Part, found: Contents, depth: int, *, alternative: bool) -> None:
    found.seen += 1
    if depth > DEEPEST or found.seen > MOST_PARTS:
        found.left_out = True
        return
    kind = content_type(part)
    if kind in RETURNED | STATUS and _is_report(found, part, kind):
        return
    if kind == "message/rfc822":
        _keep_mail(part, found)
    elif part.is_multipart():
        before = len(found.texts)
        for child in part.get_payload():
            if isinstance(child, Message):
                inside = kind == "multipart/alternative"
                if inside and len(found.texts) > before and content_type(child) == "text/plain":
                    continue  # a second plain version of the same words
                _walk(child, found, depth + 1, alternative=inside)
    else:
        _leaf(part, kind, found, alternative=alternative)


def _is_report(found: Contents, part: Part, kind: str) -> bool:
    """Take in what a mail system reports; a forwarded mail outside a report is a file."""
    if kind in STATUS:
        found.status.append(_flat(part))
        return True
    if kind == "text/rfc822-headers" or (found.status and kind in RETURNED):
        found.returned.append(_flat(part)[:20_000])
        return kind == "text/rfc822-headers"
    return False


def _flat(part: Part) -> str:
    if not part.is_multipart():
        return decode(payload(part))
    return "\n\n".join(decode(_bytes(child)) for child in part.get_payload() if isinstance(child, Message))


def _bytes(part: Part) -> bytes:
    try:
        return part.as_bytes()
    except (LookupError, ValueError, KeyError, TypeError, AttributeError):
        head = "".join(f"{key}: {value}\n" for key, value in part.raw_items())
        return head.encode("utf-8", "surrogateescape") + b"\n" + payload(part)


def _keep_mail(part: Part, found: Contents) -> None:
    """A mail inside a mail is kept as a file of its own, named by its subject."""
    for child in part.get_payload() if part.is_multipart() else [part]:
        if isinstance(child, Message):
            name = parameter(part, "content-disposition", "filename") or parameter(
                part, "content-type", "name"
            )
            name = name or f"{text(child, 'subject') or 'mail'}.eml"
            name = name if name.lower().endswith(".eml") else f"{name}.eml"
            found.files.append(Enclosure(safe_name(name), _bytes(child), "message/rfc822"))


def payload(part: Part) -> bytes:
    """The bytes of a leaf; broken transfer encodings give what can be had of them."""
    raw = part.get_payload()
    if not isinstance(raw, str):
        return b""
    encoding = repair(raw_field(part, "content-transfer-encoding")).strip().lower()
    if encoding == "base64":
        return unbase64(raw.encode("utf-8", "surrogateescape"))
    decoded = part.get_payload(decode=True)
    return decoded if isinstance(decoded, bytes) else raw.encode("utf-8", "surrogateescape")


def _leaf(part: Part, kind: str, found: Contents, *, alternative: bool) -> None:
    name = parameter(part, "content-disposition", "filename") or parameter(part, "content-type", "name")
    disposition = repair(raw_field(part, "content-disposition")).strip().lower()
    attached = disposition.startswith("attachment") or bool(name)
    data = payload(part)
    if kind == "application/ms-tnef" or name.lower() == "winmail.dat":
        _unpack(data, name, found)
    elif kind == "text/calendar":
        found.invitations.append(data)
        if not alternative:
            found.files.append(Enclosure(safe_name(name or "invite.ics"), data, kind))
    elif kind.startswith("multipart/"):
        found.texts.append(decode(data))  # its parts cannot be told apart, so all of it is shown
    elif kind in ("text/plain", "text/html") and not attached:
        words_ = _flowed(part, decode(data, parameter(part, "content-type", "charset")))
        (found.htmls if kind == "text/html" else found.texts).append(words_)
    elif data or attached:
        _keep_file(part, kind, name, data, found)


def _keep_file(part: Part, kind: str, name: str, data: bytes, found: Contents) -> None:
    content_id = words(raw_field(part, "content-id")).strip().strip("<>")
    given = name or _made_up(kind, len(found.files) + 1)
    found.files.append(Enclosure(safe_name(given), data, kind, content_id[:200]))


def _made_up(kind: str, number: int) -> str:
    if kind in SIGNED:
        return "signature.asc" if "pgp" in kind else "smime.p7s"
    if kind.startswith("text/"):
        return f"text-{number}{KINDS.guess_extension(kind) or '.txt'}"
    return f"file-{number}{KINDS.guess_extension(kind) or '.bin'}"


def safe_name(name: str) -> str:
    """A file name that is only a name, on any system, in at most 120 characters with its ending."""
    name = UNSAFE.sub("_", name).strip(" ._") or "file"
    stem, dot, ending = name.rpartition(".")
    if len(name) <= 120:
        return name
    return f"{stem[: 119 - len(ending)]}.{ending}" if dot and len(ending) <= 10 else name[:120]


def _flowed(part: Part, body: str) -> str:
    """Lines of format=flowed (RFC 3676) put together again."""
    if parameter(part, "content-type", "format").lower() != "flowed":
        return body
    joined, cut = "", parameter(part, "content-type", "delsp").lower() == "yes"
    for line in body.split("\n"):
        plain = line[1:] if line.startswith(" ") else line
        soft = plain.endswith(" ") and plain != "-- " and not plain.startswith(">")
        joined += (plain[:-1] if cut else plain) if soft else f"{plain}\n"
    return joined


def _unpack(data: bytes, name: str, found: Contents) -> None:
    """The files inside winmail.dat; where it cannot be read, the thing itself."""
    try:
        inside = tnef.read(data)
    except tnef.NotTnef:
        found.files.append(Enclosure(safe_name(name or "winmail.dat"), data, "application/ms-tnef"))
        return
    for enclosed in inside.files:
        kind = enclosed.content_type or KINDS.guess_type(enclosed.name)[0] or "application/octet-stream"
        found.files.append(
            Enclosure(safe_name(enclosed.name or "file"), enclosed.content, kind, enclosed.content_id)
        )
    if inside.html and not found.htmls:
        found.htmls.append(inside.html)
    if inside.text and not found.texts:
        found.texts.append(inside.text)
    if not (inside.files or inside.text or inside.html):
        found.files.append(Enclosure(safe_name(name or "winmail.dat"), data, "application/ms-tnef"))
