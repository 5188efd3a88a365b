"""Repeatable choices: the same words in, the same choices out, on every machine and version of Python."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

_SPAN = 1 << 64


class Dice:
    """A stream of choices named by a key. Not random and not secret: it only makes a made-up world look natural."""

    def __init__(self, *key: object) -> None:
        self._key = "/".join(str(part) for part in key)
        self._rolled = 0

    def fraction(self) -> float:
        """The next number in [0, 1)."""
        self._rolled += 1
        text = f"{self._key}#{self._rolled}".encode()
        return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "big") / _SPAN

    def chance(self, share: float) -> bool:
        """True in this share of the cases."""
        return self.fraction() < share

    def whole(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return low + int(self.fraction() * (high - low + 1))

    def between(self, low: float, high: float) -> float:
        """A number in [low, high)."""
        return low + self.fraction() * (high - low)

    def pick(self, options: Sequence[T]) -> T:
        """One of the options, all alike."""
        return options[int(self.fraction() * len(options))]

    def weighted(self, options: Sequence[tuple[T, float]]) -> T:
        """One of the options, each with its weight."""
        point = self.fraction() * sum(weight for _, weight in options)
        for option, weight in options:
            point -= weight
            if point < 0:
                return option
        return options[-1][0]
