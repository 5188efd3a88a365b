"""Building a list of deeds in a plain form: every step has its fields, and buttons add, move and remove steps.

Each button sends the whole form; the page comes back with the step added or gone and everything else as it was typed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from fengong.automation.deeds import DEEDS
from fengong.automation.deeds.wording import PLACES

MOST = 20


@dataclass(frozen=True)
class Field:
    """A parameter of a step, as a form element shows it."""

    name: str
    label: Any
    widget: str
    required: bool
    value: Any
    options: Sequence[tuple[str, Any]] = ()
    wrong: str = ""


@dataclass(frozen=True)
class Step:
    """One deed with its fields."""

    place: int
    name: str
    label: Any
    icon: str
    fields: list[Field]
    wrong: str = ""


@dataclass
class Builder:
    """The steps as they stand in the form."""

    deeds: list[dict[str, Any]]
    wrong: dict[str, str] = field(default_factory=dict)
    prefix: str = ""
    """What its names begin with, where a form holds several lists."""

    @classmethod
    def posted(cls, data: Any, prefix: str = "") -> Builder:
        """The steps that a form sent; what is no deed is left out."""
        starts = [f"{prefix}deed-{place}" for place in range(MOST)]
        named = [(start, data.get(start, "")) for start in starts]
        return cls([_read(data, start, name) for start, name in named if name in DEEDS], prefix=prefix)

    def change(self, wish: str, new: str) -> None:
        """Do what a button asks: `add`, `remove-2`, `up-2`."""
        what, _dash, place = wish.partition("-")
        number = int(place) if place.isdecimal() else -1
        if what == "add" and new in DEEDS and len(self.deeds) < MOST:
            self.deeds.append({"deed": new})
        elif 0 <= number < len(self.deeds) and what == "remove":
            del self.deeds[number]
        elif 0 < number < len(self.deeds) and what == "up":
            self.deeds.insert(number - 1, self.deeds.pop(number))

    def refuse(self, where: str, said: str) -> None:
        """Show a refusal at `deeds.PLACE.PARAMETER`, or over all steps."""
        self.wrong[where] = said

    @property
    def is_full(self) -> bool:
        return len(self.deeds) >= MOST

    @property
    def steps(self) -> list[Step]:
        return [self._step(place, stored) for place, stored in enumerate(self.deeds)]

    @property
    def choices(self) -> list[tuple[str, Any]]:
        """All deeds by name, in the order of their labels' families."""
        return [(deed.name, deed.label) for deed in DEEDS.values()]

    @property
    def refused(self) -> str:
        """What is wrong with the list as a whole."""
        return self.wrong.get("deeds", "")

    @property
    def places(self) -> list[tuple[str, Any]]:
        """Placeholders that texts may hold."""
        return [("{{" + name + "}}", label) for name, (label, _reader) in PLACES.items()]

    def _step(self, place: int, stored: Mapping[str, Any]) -> Step:
        deed = DEEDS.get(str(stored.get("deed")))
        if deed is None:
            return Step(place, str(stored.get("deed")), _("An unknown deed"), "circle-help", [])
        fields = [
            Field(
                name=f"{self.prefix}deed-{place}-{parameter.name}",
                label=parameter.label,
                widget=parameter.kind.widget,
                required=parameter.required,
                value=_shown(stored.get(parameter.name)),
                options=[(str(value), label) for value, label in parameter.kind.options()],
                wrong=self.wrong.get(f"deeds.{place}.{parameter.name}", ""),
            )
            for parameter in deed.parameters
        ]
        return Step(place, deed.name, deed.label, deed.icon, fields, self.wrong.get(f"deeds.{place}", ""))


def _read(data: Any, start: str, name: str) -> dict[str, Any]:
    given = {
        parameter.name: data.get(f"{start}-{parameter.name}", "") for parameter in DEEDS[name].parameters
    }
    return {"deed": name, **{key: value for key, value in given.items() if value != ""}}


def _shown(value: Any) -> str:
    return "" if value is None else str(value)
