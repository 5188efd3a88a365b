"""What coverage asks of its arguments; each refusal is a ValueError that names the argument."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from enum import StrEnum
from math import isfinite
from numbers import Integral
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

Choice = TypeVar("Choice", bound=StrEnum)
Shape = tuple[int | None, ...]


def whole(name: str, value: int, least: int = 0) -> int:
    """A whole number, at least `least`."""
    if isinstance(value, bool) or not isinstance(value, Integral) or value < least:
        raise ValueError(f"{name} must be a whole number from {least} up, not {value!r}")
    return int(value)


def above_zero(name: str, value: float) -> float:
    """A finite number above 0."""
    if not (isfinite(value) and value > 0):
        raise ValueError(f"{name} must be a finite number above 0, not {value!r}")
    return float(value)


def not_negative(name: str, value: float) -> float:
    """A finite number from 0 up."""
    if not (isfinite(value) and value >= 0):
        raise ValueError(f"{name} must be a finite number from 0 up, not {value!r}")
    return float(value)


def positions(name: str, chosen: Iterable[int]) -> tuple[int, ...]:
    """Different whole numbers from 0 up, in order."""
    return tuple(sorted({whole(name, number) for number in chosen}))


def within(name: str, chosen: Collection[int] | None, allowed: range) -> None:
    """Refuse a number that is not in `allowed`; None is all of them."""
    for number in chosen or ():
        if number not in allowed:
            raise ValueError(f"{name} must lie in {allowed.start}..{allowed.stop - 1}, not {number!r}")


def one_of(name: str, value: str, choices: type[Choice]) -> Choice:
    """One of the named choices."""
    try:
        return choices(value)
    except ValueError:
        raise ValueError(f"{name} must be one of {', '.join(choices)}, not {value!r}") from None


def flags(name: str, given: ArrayLike, shape: Shape) -> NDArray[np.bool_]:
    """bool of this shape; None stands for any length."""
    made = np.asarray(given)
    if made.dtype != np.bool_ and not np.isin(made, (0, 1)).all():
        raise ValueError(f"{name} must hold true and false only")
    return np.asarray(_shaped(name, made, shape), dtype=np.bool_)


def numbers(name: str, given: ArrayLike, shape: Shape, most: float = np.inf) -> NDArray[np.float64]:
    """Finite numbers from 0 to `most` in this shape; None stands for any length."""
    made = np.asarray(_shaped(name, np.asarray(given), shape), dtype=np.float64)
    if not (np.isfinite(made).all() and (made >= 0).all() and (made <= most).all()):
        upper = "finite" if np.isinf(most) else f"at most {most:g}"
        raise ValueError(f"{name} must hold numbers from 0 up, {upper}")
    return made


def _shaped(name: str, made: NDArray[np.generic], shape: Shape) -> NDArray[np.generic]:
    fits = made.ndim == len(shape) and all(
        want is None or have == want for have, want in zip(made.shape, shape, strict=True)
    )
    if not fits:
        wanted = ", ".join("any" if length is None else str(length) for length in shape)
        raise ValueError(f"{name} must have the shape ({wanted}), not {made.shape}")
    return made
