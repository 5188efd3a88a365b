"""A message as it is read: rendered, older mails folded away, pictures from elsewhere held back, files beneath it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.safestring import SafeString

from fengong.desk.reading.attachments import inline_paths
from fengong.kernel import letters, markup
from fengong.kernel.quotes import fold

TICKETS = "/tickets?view=all&ticket="
SIGNED = "\n-- \n"
"""What stands between an answer and its signature, as mail programs know it."""


@dataclass(frozen=True)
class Spoken:
    """One message before a reader's eyes."""

    message: Any
    html: SafeString
    quoted: SafeString
    held: int
    files: list[Any]
    mine: bool
    delivery: Any = None

    @property
    def author(self) -> str:
        """Who wrote it."""
        writer = self.message.member or self.message.contact
        known = writer.display_name if writer else self.message.author_name or self.message.author_address
        return known or "?"

    @property
    def is_ours(self) -> bool:
        return self.message.member_id is not None

    @property
    def is_outsider(self) -> bool:
        """Whether it came from somebody who is not part of the conversation."""
        return bool(self.message.author_address and self.message.contact_id)

    @property
    def is_note(self) -> bool:
        return self.message.kind in ("note", "handover")


def spoken(
    message: Any,
    *,
    names: tuple[str, ...] = (),
    files: Iterable[Any] = (),
    reader: Any = None,
    delivery: Any = None,
) -> Spoken:
    """A message rendered for members: Markdown of ours, a mail's own HTML, or what somebody typed."""
    kept = list(files)
    letter = _letter(message, names, inline_paths(kept))
    below = [file for file in kept if file.path not in letter.visible and file.path not in letter.quoted]
    mine = reader is not None and message.member_id == reader.pk
    shown, quoted = SafeString(letter.visible), SafeString(letter.quoted)
    return Spoken(message, shown, quoted, letter.held, below, mine, delivery)


def rendered(text: str, *, names: tuple[str, ...] = ()) -> SafeString:
    """What a member is writing, as it will be read."""
    body, signed, signature = text.partition(SIGNED)
    html = markup.render(body, names=names, tickets=TICKETS)
    return SafeString(f"{html}<hr>{markup.render(signature)}" if signed else html)


def _letter(message: Any, names: tuple[str, ...], inline: dict[str, str]) -> letters.Letter:
    if message.html:
        return letters.shown(message.html, inline)
    if message.member_id is None:
        visible, quoted = _typed(message.body)
        return letters.Letter(visible, quoted or markup.lines(message.quoted), 0)
    body, _signed, signature = message.body.partition(SIGNED)
    html = markup.render(body, names=names, tickets=TICKETS, files=inline)
    return letters.Letter(html, markup.render(signature) if signature else "", 0)


@lru_cache(maxsize=4096)
def _typed(body: str) -> tuple[str, str]:
    visible, quoted = fold(body)
    return markup.lines(visible), markup.lines(quoted) if quoted else ""
