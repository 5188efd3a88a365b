"""Nested frozen dataclasses as JSON and back, strictly: an unknown name or a wrong kind of value is refused by path.

Fields may be `int`, `float` (endless is null), `str`, `bool`, tuples of these or of dataclasses, and dataclasses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from math import inf, isfinite
from types import EllipsisType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from django.utils.translation import gettext as _

from fengong.kernel.errors import Invalid

T = TypeVar("T")


def written(record: Any) -> dict[str, Any]:
    """A dataclass as values for JSON."""
    return {each.name: _plain(getattr(record, each.name)) for each in fields(record)}


def read(kind: type[T], found: object, path: str) -> T:
    """What `written` made; fields that are left out are as they come. Raises Invalid."""
    if not isinstance(found, Mapping):
        raise _refused(path)
    record: Any = kind
    hints = _hints(record)
    strange = sorted(set(map(str, found)) - set(hints))
    if strange:
        raise Invalid(
            _("There is no such setting: %(name)s.") % {"name": _join(path, strange[0])}, field=path
        )
    needed = [name for name in _needed(record) if name not in found]
    if needed:
        raise _refused(_join(path, needed[0]))
    return kind(**{name: _value(hints[name], value, _join(path, name)) for name, value in found.items()})


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return written(value)
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return None if value == inf and isinstance(value, float) else value


def _value(hint: Any, value: object, path: str) -> Any:
    if is_dataclass(hint):
        return read(_kind(hint), value, path)
    if get_origin(hint) is tuple:
        return _row(get_args(hint), value, path)
    if hint is float:
        return _number(value, path)
    if type(value) is not hint:
        raise _refused(path)
    return value


def _kind(hint: Any) -> type[Any]:
    return hint if isinstance(hint, type) else type(hint)


def _row(hints: tuple[Any, ...], value: object, path: str) -> tuple[Any, ...]:
    if not isinstance(value, list | tuple):
        raise _refused(path)
    if isinstance(hints[-1], EllipsisType):
        hints = hints[:1] * len(value)
    if len(hints) != len(value):
        raise _refused(path)
    return tuple(
        _value(hint, each, _join(path, str(place)))
        for place, (hint, each) in enumerate(zip(hints, value, strict=True))
    )


def _number(value: object, path: str) -> float:
    if value is None or value == inf:
        return inf
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise _refused(path)
    return float(value)


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


@cache
def _needed(kind: Any) -> tuple[str, ...]:
    return tuple(
        each.name for each in fields(kind) if each.default is MISSING and each.default_factory is MISSING
    )


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _refused(path: str) -> Invalid:
    return Invalid(_("This value cannot be read: %(name)s.") % {"name": path or "—"}, field=path)
