"""What every closed form asks of its arguments; each refusal names the argument."""

from __future__ import annotations

from math import isfinite
from numbers import Integral


class Unstable(ValueError):
    """More work arrives than can be done, so waits grow without end and there is no steady state."""


def positive(name: str, value: float) -> float:
    """A finite number above 0."""
    if not (isfinite(value) and value > 0):
        raise ValueError(f"{name} must be a finite number above 0, not {value!r}")
    return float(value)


def not_negative(name: str, value: float) -> float:
    """A finite number from 0 up."""
    if not (isfinite(value) and value >= 0):
        raise ValueError(f"{name} must be a finite number from 0 up, not {value!r}")
    return float(value)


def share(name: str, value: float) -> float:
    """A number strictly between 0 and 1."""
    if not 0 < value < 1:
        raise ValueError(f"{name} must lie between 0 and 1, not {value!r}")
    return float(value)


def whole(name: str, value: int, least: int = 1) -> int:
    """A whole number, at least `least`."""
    if isinstance(value, bool) or not isinstance(value, Integral) or value < least:
        raise ValueError(f"{name} must be a whole number from {least} up, not {value!r}")
    return int(value)


def stable(servers: int, load: float) -> None:
    """Refuse a load that `servers` without abandonment or blocking can never work off."""
    if load >= servers:
        raise Unstable(f"unstable: an offered load of {load:g} needs more than {servers} servers")
