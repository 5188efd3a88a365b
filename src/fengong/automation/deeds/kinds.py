"""Kinds of parameter a deed takes: what is accepted, how it is said in a sentence, and what a form offers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from fengong.kernel.errors import Invalid

Option = tuple[Any, Any]
LONGEST = 10_000


def storable(text: str) -> bool:
    """Whether every database takes it: no null character, no half of a surrogate pair."""
    return "\x00" not in text and not any("\ud800" <= char <= "\udfff" for char in text)


@dataclass(frozen=True)
class Kind:
    """Base of all kinds. `widget` names the form element; `accept` returns the clean value or raises Invalid."""

    widget: ClassVar[str] = "line"

    def accept(self, value: Any) -> Any:
        """The value as it is stored."""
        raise NotImplementedError

    def options(self) -> Sequence[Option]:
        """What can be chosen, where the kind is a choice."""
        return ()

    def say(self, value: Any, options: Sequence[Option]) -> str:
        """The value as a reader knows it."""
        return str(value)


@dataclass(frozen=True)
class Words(Kind):
    """Text; of several lines where it is long."""

    longest: int = LONGEST

    widget = "area"

    def accept(self, value: Any) -> str:
        text = str(value).strip() if isinstance(value, str) else ""
        if not text:
            raise Invalid(_("Write something first."))
        if len(text) > self.longest or not storable(text):
            raise Invalid(_("At most %(count)s characters.") % {"count": self.longest})
        return text

    def say(self, value: Any, options: Sequence[Option]) -> str:
        line = " ".join(str(value).split())
        return line if len(line) <= 60 else f"{line[:59]}…"


@dataclass(frozen=True)
class Line(Words):
    """Text of one line."""

    longest: int = 120

    widget = "line"

    def accept(self, value: Any) -> str:
        return " ".join(super().accept(value).split())


@dataclass(frozen=True)
class Whole(Kind):
    """A whole number between two others."""

    least: int
    most: int

    widget = "number"

    def accept(self, value: Any) -> int:
        number = int(value) if str(value).lstrip("-").isdecimal() and len(str(value)) < 12 else None
        if isinstance(value, bool) or number is None or not self.least <= number <= self.most:
            limits = {"least": self.least, "most": self.most}
            raise Invalid(_("A whole number from %(least)s to %(most)s.") % limits)
        return number


@dataclass(frozen=True)
class Choice(Kind):
    """One of some values; `read` gives them with their labels, afresh each time."""

    read: Callable[[], Sequence[Option]]

    widget = "choice"

    def accept(self, value: Any) -> Any:
        for known, _label in self.options():
            if str(known) == str(value):
                return known
        raise Invalid(_("There is no such choice."))

    def options(self) -> Sequence[Option]:
        return self.read()

    def say(self, value: Any, options: Sequence[Option]) -> str:
        return next((str(label) for known, label in options if str(known) == str(value)), _("(gone)"))


@dataclass(frozen=True)
class Parameter:
    """One thing a deed must be told."""

    name: str
    label: Any
    kind: Kind
    required: bool = True
    templated: bool = False
    """Whether placeholders such as {{customer.name}} are filled in before it is done."""

    def accept(self, given: dict[str, Any]) -> Any:
        """The clean value; None where nothing was given and nothing must be."""
        value = given.get(self.name)
        if value in (None, "") and not self.required:
            return None
        return self.kind.accept(value)
