"""Reading a line a mark at a time: brackets, signs, runs of characters. Full-width forms count as the plain ones."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from fengong.desk.language.errors import wrong

LONGEST = 2000
SPACE = " \t\r\n　\xa0"
OPENING, CLOSING = "(（", ")）"
QUOTES = {'"': '"', "“": "”", "「": "」", "＂": "＂"}
COMMA = ",，、"
SEPARATORS = SPACE + OPENING + CLOSING + "".join(QUOTES)
_COMPARE = re.compile(r"[:：]\s?(?:[<>＜＞][=＝]?|[=＝])?|[<>＜＞][=＝]?|[=＝]|≥|≤")
_NAME = re.compile(r"[^\W\d_][\w-]*(?:\.[\w-]+)?", re.UNICODE)
_PLAIN = str.maketrans("：＜＞＝", ":<>=")


@dataclass
class Marks:
    """A line and how far it has been read."""

    line: str
    place: int = 0

    def __post_init__(self) -> None:
        if len(self.line) > LONGEST:
            raise wrong(
                LONGEST, _("The query is too long; %(most)d characters are the most.") % {"most": LONGEST}
            )

    @property
    def next(self) -> str:
        """The character that comes next; empty at the end."""
        return self.line[self.place : self.place + 1]

    @property
    def is_between(self) -> bool:
        """Whether a run of characters ends here."""
        return not self.next or self.next in SEPARATORS

    def skip(self) -> None:
        """Pass over blanks."""
        while self.next and self.next in SPACE:
            self.place += 1

    def took(self, characters: str) -> bool:
        """Take one of these characters, if it comes next."""
        if not self.next or self.next not in characters:
            return False
        self.place += 1
        return True

    def took_word(self, *words: str) -> bool:
        """Take one of these words, if it stands next all by itself."""
        for word in words:
            end = self.place + len(word)
            if self.line[self.place : end] == word and (self.line[end : end + 1] or " ") in SEPARATORS:
                self.place = end
                return True
        return False

    def head(self) -> tuple[str, str] | None:
        """The name of a word and how it compares, if that is what comes next; they are then read."""
        name = _NAME.match(self.line, self.place)
        compare = _COMPARE.match(self.line, name.end()) if name else None
        if name is None or compare is None:
            return None
        sign = compare.group().translate(_PLAIN).replace("≥", ">=").replace("≤", "<=")
        ahead = sign.strip(": \t　") or ":"
        self.place = compare.end() if ahead != ":" else name.end() + 1
        return name.group(), ":" if ahead == "=" else ahead

    def run(self, stop: str = "") -> str:
        """Characters up to a blank, a bracket, a quotation mark or one of `stop`."""
        start = self.place
        while not self.is_between and self.next not in stop:
            self.place += 1
        return self.line[start : self.place]

    def quoted(self) -> str:
        """What stands between the quotation marks that begin here; `\\` takes the next character as it is."""
        start, close, found = self.place, QUOTES[self.next], []
        self.place += 1
        while self.next and self.next != close:
            if self.next == "\\":
                self.place += 1
            found.append(self.next)
            self.place += 1
        if not self.next:
            raise wrong(start, _("This quotation mark is never closed."))
        self.place += 1
        return "".join(found)
