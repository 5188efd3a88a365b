"""Many rows into a table by one statement that is as long as what they differ in.

What all rows share is sent once, the rest as one JSON document that the database takes apart. So a ticket's fifty
columns cost what the four cost in which a hundred tickets differ. Keys come back in the order of the rows.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Field, Model


def insert(model: type[Model], rows: list[dict[str, Any]], **shared: Any) -> list[int]:
    """A row for each mapping; all name the same columns, at least one. Others are shared, else the default."""
    if not rows:
        return []
    own, shared = (tuple(rows[0]), shared) if len(rows) > 1 else ((), {**shared, **rows[0]})
    statement, common = _statement(model, own, connection.vendor)
    values = [_stored(field, shared.get(field.attname, ...)) for field in common]
    if own:
        values.append(json.dumps(rows, ensure_ascii=False, default=_told))
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [found for (found,) in cursor.fetchall()]


def insert_new(objects: Sequence[Model]) -> None:
    """Save new objects of one model; they know their keys afterwards. Nothing they refer to is looked at."""
    if not objects:
        return
    model = type(objects[0])
    names = [field.attname for field in model._meta.concrete_fields if field is not model._meta.pk]
    columns = {name: [getattr(one, name) for one in objects] for name in names}
    shared = {name: of[0] for name, of in columns.items() if of.count(of[0]) == len(of)}
    own = [name for name in names if name not in shared] or names[:1]
    rows = [dict(zip(own, row, strict=True)) for row in zip(*(columns[name] for name in own), strict=True)]
    keys = insert(model, rows, **shared)
    for one, key in zip(objects, keys, strict=True):
        one.pk, one._state.adding, one._state.db = key, False, connection.alias


def _stored(field: Field[Any, Any], value: Any) -> Any:
    return field.get_db_prep_save(field.get_default() if value is ... else value, connection)


def _told(moment: datetime) -> str:
    """The one kind of value that JSON does not know."""
    return str(connection.ops.adapt_datetimefield_value(moment))


@lru_cache(maxsize=256)
def _statement(model: type[Model], own: tuple[str, ...], vendor: str) -> tuple[str, list[Field[Any, Any]]]:
    """The statement by which rows differ in these columns, and the fields whose values it takes before them."""
    fields = [field for field in model._meta.concrete_fields if field is not model._meta.pk]
    differing = [field for field in fields if field.attname in own]
    common = [field for field in fields if field.attname not in own]
    if vendor == "sqlite":
        source = "FROM json_each(%s) AS given"
        read = [f"given.value ->> '{field.attname}'" for field in differing] + ["%s"] * len(common)
    else:
        kinds = ", ".join(f'"{field.attname}" {_kind(field)}' for field in differing)
        source = f"FROM json_to_recordset(%s::json) AS given ({kinds})"
        read = [f'given."{field.attname}"' for field in differing]
        read += [f"%s::{_kind(field)}" for field in common]
    names = ", ".join(f'"{field.column}"' for field in (*differing, *common))
    into = f'INSERT INTO "{model._meta.db_table}" ({names}) SELECT {", ".join(read)}'
    return f"{into} {source if own else ''} RETURNING {_key(model)}", common


def _key(model: type[Model]) -> str:
    return f'"{model._meta.pk.column}"' if model._meta.pk else "1"


def _kind(field: Field[Any, Any]) -> str:
    """The type of a column without its length: what is too long is refused, not cut off."""
    return (field.db_type(connection) or "text").split("(")[0]
