"""Long lists: pages by cursor. A cursor is opaque to its reader and names the place of the last row shown."""

from __future__ import annotations

import binascii
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar, cast

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from pydantic import BaseModel, Field

from fengong.api.fields import LARGEST_ID, Shown, Taken
from fengong.kernel.errors import Invalid
from fengong.kernel.paging import page

Item = TypeVar("Item", bound=Shown)


class Listed(BaseModel, Generic[Item]):
    """A page of a list."""

    items: list[Item]
    next: str | None = Field(
        default=None, description="Send it as `cursor` for the next page; null on the last one."
    )


class Turn(Taken):
    """Which page of a list."""

    cursor: str | None = Field(default=None, max_length=400, description="`next` of the page before.")
    limit: int = Field(default=50, ge=1, le=100, description="How many items a page has.")


@dataclass(frozen=True, slots=True)
class Order:
    """The order of a list: its fields, `-` before those that descend, and the kind of value each holds."""

    by: tuple[str, ...]
    kinds: tuple[type, ...]

    def shown(self, schema: type[Item], rows: QuerySet[Any], turn: Turn) -> Listed[Item]:
        """One page of the rows in this order."""
        after = self._place(turn.cursor) if turn.cursor else None
        found = page(rows, by=self.by, after=after, limit=turn.limit)
        cursor = self._cursor(found.after) if found.after else None
        return _listed(schema, found.rows, cursor)

    def fetched(
        self, schema: type[Item], fetch: Callable[[list[Any], int], list[Any]], turn: Turn
    ) -> Listed[Item]:
        """One page of what `fetch` finds past a place, at most so many."""
        place = self._place(turn.cursor) if turn.cursor else []
        found = fetch(place, turn.limit + 1)
        more, rows = len(found) > turn.limit, found[: turn.limit]
        fields = [name.lstrip("-") for name in self.by]
        cursor = self._cursor([getattr(rows[-1], name) for name in fields]) if more else None
        return _listed(schema, rows, cursor)

    def _cursor(self, place: Sequence[Any]) -> str:
        values = [value.isoformat() if isinstance(value, datetime) else value for value in place]
        return urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")

    def _place(self, cursor: str) -> list[Any]:
        """The place a cursor names; Invalid for one that this list did not give out."""
        try:
            values = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
            return [_read(value, kind) for value, kind in zip(values, self.kinds, strict=True)]
        except (ValueError, TypeError, binascii.Error, RecursionError) as error:
            raise Invalid(_("This cursor is not one that this list gave out."), field="cursor") from error


def _read(value: Any, kind: type) -> Any:
    if kind is datetime:
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is None or not 1971 <= moment.year < 9999:
            raise ValueError("not a time that a row holds")
        return moment
    if type(value) is not int or not 0 <= value <= LARGEST_ID:
        raise ValueError("not an id")
    return value


def all_of(schema: type[Item], rows: Iterable[Any]) -> Listed[Item]:
    """A short list as a whole."""
    return _listed(schema, rows, None)


def _listed(schema: type[Item], rows: Iterable[Any], cursor: str | None) -> Listed[Item]:
    """Made as the very class that the operation promises, so that nothing is checked twice."""
    kind = cast("type[Listed[Item]]", Listed.__class_getitem__(schema))
    return kind(items=[schema.model_validate(row) for row in rows], next=cursor)


BY_ID = Order(("id",), (int,))
