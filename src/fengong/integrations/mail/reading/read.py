"""Reading a mail: bytes in, a letter out."""

from __future__ import annotations

import email
import re
from datetime import UTC, datetime, timedelta
from email import policy
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import Any

from fengong.integrations.mail.reading import bounces, headers, machines, parts
from fengong.integrations.mail.reading.charsets import repair
from fengong.integrations.mail.reading.letter import Letter
from fengong.kernel import markup

LARGEST = 30 * 1024 * 1024
"""Bytes of a mail that are taken apart; what is beyond stays in the raw mail, which is kept whole."""
LONGEST_TEXT = 500_000
MOST_HEADER_BYTES = 1024 * 1024
MOST_PEOPLE = 60


def read(raw: bytes) -> Letter:
    """What a mail says. It may raise on nonsense beyond all measure; callers keep the raw mail in any case."""
    letter = Letter()
    message = _parsed(raw, letter)
    _envelope(message, letter)
    found = parts.contents(message)
    letter.automatic = machines.kind_of(message, letter.subject, letter.sender)
    if letter.automatic == "bounce":
        _report(found, letter)
    _body(found, letter)
    letter.invitations, letter.enclosures = found.invitations, found.files
    if found.left_out:
        letter.remarks.append("too many parts")
    return letter


def _parsed(raw: bytes, letter: Letter) -> Message[Any, Any]:
    if len(raw) > LARGEST:
        letter.remarks.append("too large")
        raw = raw[:LARGEST]
    raw = raw.lstrip(b"\r\n\xef\xbb\xbf")
    if raw.startswith(b"From ") and b"\n" in raw:
        raw = raw.split(b"\n", 1)[1]
    raw = _less_head(raw.replace(b"\0", b""), letter)
    message = email.message_from_bytes(raw, policy=policy.compat32)
    if message.defects:
        letter.remarks.append(type(message.defects[0]).__name__)
    return message


def _less_head(raw: bytes, letter: Letter) -> bytes:
    """Cut a head that goes on for ever, at a line."""
    end = re.search(rb"\r?\n\r?\n", raw)
    size = end.start() if end else len(raw)
    if size <= MOST_HEADER_BYTES:
        return raw
    letter.remarks.append("head too long")
    cut = raw.rfind(b"\n", 0, MOST_HEADER_BYTES)
    return raw[: max(cut, 0)] + raw[size:]


def _envelope(message: Message[Any, Any], letter: Letter) -> None:
    letter.message_id = next(iter(headers.ids(headers.field(message, "message-id"))), "")
    letter.in_reply_to = headers.ids(headers.field(message, "in-reply-to"))
    letter.references = headers.ids(headers.field(message, "references"))
    letter.subject = headers.text(message, "subject")[:500]
    senders = [headers.field(message, name) for name in ("from", "sender", "x-original-from")]
    letter.sender = next((found for raw in senders for found in headers.addresses(raw)), None)
    letter.reply_to = headers.addresses(headers.field(message, "reply-to"))[:5]
    letter.to = headers.addresses(*headers.fields(message, "to"), *headers.fields(message, "delivered-to"),
                                  *headers.fields(message, "x-original-to"))[:MOST_PEOPLE]  # fmt: skip
    letter.cc = headers.addresses(*headers.fields(message, "cc"))[:MOST_PEOPLE]
    letter.sent_at = _date(repair(headers.field(message, "date")))
    letter.desk_mark = repair(headers.field(message, machines.DESK)).strip()


def _date(raw: str) -> datetime | None:
    try:
        sent = parsedate_to_datetime(raw.strip())
        sent = sent if sent.tzinfo else sent.replace(tzinfo=UTC)
        return sent.astimezone(UTC) if abs(sent.utcoffset() or timedelta()) < timedelta(hours=15) else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _report(found: parts.Contents, letter: Letter) -> None:
    if bounces.is_good_news(found):
        letter.automatic = "notice"
    else:
        letter.report = bounces.report(found, letter.subject)


def _body(found: parts.Contents, letter: Letter) -> None:
    """The words: the text where there is one, else what the HTML says."""
    letter.html = "\n".join(found.htmls)[: 2 * LONGEST_TEXT]
    text = "\n\n".join(part.strip("\n") for part in found.texts if part.strip())
    letter.text = (text or markup.plain(letter.html)).strip()
    if len(letter.text) > LONGEST_TEXT:
        letter.remarks.append("text cut")
        letter.text = letter.text[:LONGEST_TEXT]
