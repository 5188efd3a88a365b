"""A mail, composed: plain words and the same as HTML, pictures inside, files beside."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape

from fengong.integrations.mail.reading.machines import DESK
from fengong.kernel import markup

MOST_BYTES = 20 * 1024 * 1024
"""Bytes of files that go into one mail."""
MOST_QUOTED = 12
"""Lines of the older mail that are repeated."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A file of ours: the text may show it by its `path` or its `content_id`."""

    name: str
    content: bytes
    content_type: str
    path: str
    content_id: str = ""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Everything a mail is made of. `left_out` is the sentence about files that are too large, `said` the one above
    the quotation; both in the reader's language.
    """

    message_id: str
    sender: tuple[str, str]
    to: list[str]
    subject: str
    body: str
    at: datetime
    desk_mark: str
    cc: list[str] = field(default_factory=list)
    reply_to: str = ""
    signature: str = ""
    said: str = ""
    quoted: str = ""
    left_out: str = ""
    answers: str = ""
    references: list[str] = field(default_factory=list)
    automatic: bool = False
    files: list[Picture] = field(default_factory=list)


def compose(outgoing: Outgoing) -> EmailMessage:
    """The mail."""
    message = EmailMessage(policy=SMTP)
    _head(message, outgoing)
    kept = fitting(outgoing.files)
    message.set_content(_text(outgoing), charset="utf-8", cte="base64")
    html, inside = _html(outgoing, kept)
    message.add_alternative(html, subtype="html", charset="utf-8", cte="base64")
    part = list(message.iter_parts())[1]  # the HTML, to which its pictures belong
    for picture, content_id in inside:
        kind, _slash, subtype = picture.content_type.partition("/")
        part.add_related(
            picture.content, kind, subtype, cid=f"<{content_id}>", filename=picture.name, disposition="inline"
        )
    shown = {picture.path for picture, _cid in inside}
    for file in kept:
        if file.path not in shown:
            kind, _slash, subtype = _type(file).partition("/")
            message.add_attachment(file.content, kind, subtype, filename=file.name)
    return message


def fitting(files: list[Picture]) -> list[Picture]:
    """The files that go along, in their order, as long as they fit."""
    kept, size = [], 0
    for file in files:
        if size + len(file.content) <= MOST_BYTES:
            kept.append(file)
            size += len(file.content)
    return kept


def _type(file: Picture) -> str:
    """A type that can stand by itself; a mail or several parts would have to be taken apart again."""
    bare = file.content_type.partition(";")[0].strip()
    proper = re.fullmatch(r"[\w.+-]+/[\w.+-]+", bare) and not bare.startswith(("message/", "multipart/"))
    return bare if proper else "application/octet-stream"


def _head(message: EmailMessage, outgoing: Outgoing) -> None:
    name, address = outgoing.sender
    message["From"] = Address(_one_line(name), addr_spec=address)
    message["To"] = [Address(addr_spec=each) for each in outgoing.to]
    if outgoing.cc:
        message["Cc"] = [Address(addr_spec=each) for each in outgoing.cc]
    if outgoing.reply_to:
        message["Reply-To"] = Address(_one_line(name), addr_spec=outgoing.reply_to)
    message["Subject"] = _one_line(outgoing.subject)
    message["Date"] = format_datetime(outgoing.at)
    message["Message-ID"] = outgoing.message_id
    if outgoing.answers:
        message["In-Reply-To"] = outgoing.answers
    if outgoing.references:
        message["References"] = " ".join(outgoing.references)
    message[DESK] = outgoing.desk_mark
    if outgoing.automatic:
        message["Auto-Submitted"] = "auto-replied"
        message["X-Auto-Response-Suppress"] = "All"
        message["Precedence"] = "auto_reply"


def _one_line(text: str) -> str:
    return " ".join(re.sub(r"[\x00-\x1f\x7f]", " ", text).split())


def _text(outgoing: Outgoing) -> str:
    parts = [outgoing.body.strip(), outgoing.left_out]
    if outgoing.signature:
        parts.append(f"-- \n{outgoing.signature.strip()}")
    if lines := _quoted(outgoing):
        parts.append("\n".join([outgoing.said, *(f"> {line}" for line in lines)]))
    return "\n\n".join(part for part in parts if part) + "\n"


def _quoted(outgoing: Outgoing) -> list[str]:
    lines = outgoing.quoted.strip().splitlines() if outgoing.quoted.strip() else []
    return lines[:MOST_QUOTED] + (["…"] if len(lines) > MOST_QUOTED else [])


def _html(outgoing: Outgoing, kept: list[Picture]) -> tuple[str, list[tuple[Picture, str]]]:
    """The HTML, and the pictures it shows by content id."""
    stem = outgoing.message_id.strip("<>")
    pictures = [file for file in kept if file.content_type.startswith("image/")]
    ids = {file.path: f"{number}.{stem}" for number, file in enumerate(pictures, 1)}
    names = {file.content_id: file.path for file in pictures if file.content_id}
    html = markup.render(outgoing.body, files=names)
    for path, content_id in ids.items():
        html = html.replace(f'"{path}"', f'"cid:{content_id}"')
    inside = [(file, ids[file.path]) for file in pictures if f'"cid:{ids[file.path]}"' in html]
    parts = [f"<div>{html}</div>"]
    if outgoing.left_out:
        parts.append(f"<p>{escape(outgoing.left_out)}</p>")
    if outgoing.signature:
        parts.append(f"<div>-- <br>{_lines(outgoing.signature)}</div>")
    if lines := _quoted(outgoing):
        parts.append(f"<p>{escape(outgoing.said)}</p><blockquote>{_lines(chr(10).join(lines))}</blockquote>")
    return "<html><body>\n" + "\n".join(parts) + "\n</body></html>\n", inside


def _lines(text: str) -> str:
    return "<br>".join(escape(line) for line in text.strip().splitlines())
