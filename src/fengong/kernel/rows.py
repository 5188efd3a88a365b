"""Many rows into a table by one statement that is as long as what they differ in.

What all rows share is sent once, the rest as one JSON document that the database takes apart. So a ticket's fifty
columns cost what the four cost in which a hundred tickets differ. Keys come back in the order of the rows.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models import Field, JSONField, Model


def insert(model: type[Model], rows: Sequence[Mapping[str, Any]], **shared: Any) -> list[int]:
    """A row for each mapping; all name the same columns, at least one. Others are shared, else the default."""
    if not rows:
        return []
    own, shared = (rows[0], shared) if len(rows) > 1 else ({}, {**shared, **rows[0]})
    key = model._meta.pk
    fields = [field for field in model._meta.concrete_fields if field is not key]
    differing = [field for field in fields if field.attname in own]
    common = [field for field in fields if field.attname not in own]
    values = [_stored(field, shared.get(field.attname, ...)) for field in common]
    holders = [_given(field) for field in common]
    if own:
        source, document = _source(differing), [_document(differing, rows)]
        holders = [*(_read(field) for field in differing), *holders]
    else:
        source, document = "", []
    names = ", ".join(f'"{field.column}"' for field in (*differing, *common))
    statement = (
        f'INSERT INTO "{model._meta.db_table}" ({names}) SELECT {", ".join(holders)} {source}'
        f' RETURNING "{key.column if key else "id"}"'
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, *document])
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


def _document(fields: Sequence[Field[Any, Any]], rows: Sequence[Mapping[str, Any]]) -> str:
    """The rows as JSON; a column of JSON stands in it as it is."""
    plain = {field.attname: field for field in fields if not isinstance(field, JSONField)}
    told = [
        {name: _stored(plain[name], value) if name in plain else value for name, value in row.items()}
        for row in rows
    ]
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"), default=str)


def _source(fields: Sequence[Field[Any, Any]]) -> str:
    if connection.vendor == "sqlite":
        return "FROM json_each(%s) AS given"
    kinds = ", ".join(f'"{field.attname}" {_kind(field)}' for field in fields)
    return f"FROM json_to_recordset(%s::json) AS given ({kinds})"


def _read(field: Field[Any, Any]) -> str:
    return (
        f"given.value ->> '{field.attname}'" if connection.vendor == "sqlite" else f'given."{field.attname}"'
    )


def _given(field: Field[Any, Any]) -> str:
    return "%s" if connection.vendor == "sqlite" else f"%s::{_kind(field)}"


def _kind(field: Field[Any, Any]) -> str:
    """The type of a column without its length: what is too long is refused, not cut off."""
    return (field.db_type(connection) or "text").split("(")[0]
