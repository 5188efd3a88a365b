"""What a deed is: a name, what it must be told, a sentence, and the verb it calls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from fengong.automation.deeds import wording
from fengong.automation.deeds.kinds import Parameter
from fengong.desk.models import Ticket
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Invalid
from fengong.people.models import Member


@dataclass(frozen=True)
class Work:
    """What a deed is done to, by whom, when; `member` is the person who does it, None where the product does."""

    actor: Actor
    ticket: Ticket
    at: datetime

    @property
    def member(self) -> Member | None:
        return self.actor if isinstance(self.actor, Member) else None


@dataclass(frozen=True)
class Deed:
    """Something that can be done to a ticket by name.

    `said` is a sentence with places for the parameters, by their names. `do` is called with the work and the clean
    parameters by keyword; it calls a verb, which checks permissions and raises what it refuses.
    """

    name: str
    label: Any
    said: Any
    icon: str
    do: Callable[..., object]
    parameters: tuple[Parameter, ...] = ()
    one_of: tuple[str, ...] = ()
    """Parameters of which at least one must be given."""

    def accept(self, given: dict[str, Any]) -> dict[str, Any]:
        """The deed as it is stored; Invalid, naming the parameter, where something is missing or wrong."""
        clean = {parameter.name: _accepted(parameter, given) for parameter in self.parameters}
        if self.one_of and not any(clean[name] for name in self.one_of):
            raise Invalid(_("Write something first."), field=self.one_of[0])
        return {"deed": self.name, **{name: value for name, value in clean.items() if value is not None}}


def _accepted(parameter: Parameter, given: dict[str, Any]) -> Any:
    try:
        value = parameter.accept(given)
        if parameter.templated and value:
            wording.check(value)
    except Invalid as refusal:
        said = f"{parameter.label}: {refusal.message}"
        raise Invalid(said, field=parameter.name) from refusal
    return value
