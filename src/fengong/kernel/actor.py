"""Who does something: a member, a customer, or the product itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class Actor(Protocol):
    """Anyone a verb can be asked by."""

    @property
    def ref(self) -> str:
        """Stable reference for the spine, such as `member:3`."""

    def may(self, permission: str) -> bool:
        """Whether this actor holds the permission, apart from any one object."""


@dataclass(frozen=True, slots=True)
class System:
    """A part of the product that acts by itself, such as the matcher."""

    name: str

    @property
    def ref(self) -> str:
        return f"system:{self.name}"

    def may(self, permission: str) -> bool:
        return True


SYSTEM = System("fengong")
MATCHER = System("matcher")
