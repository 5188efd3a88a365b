"""A query as a tree. `place` is where a part begins in what was typed, from 0; it does not count in comparisons."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Text:
    """Words that must stand in the ticket; in quotes they must stand there just so."""

    text: str
    quoted: bool = False
    place: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Number:
    """One ticket by its number."""

    number: int
    place: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a term, as it was typed."""

    text: str
    place: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Term:
    """A word, how it compares, and its values, of which one must hold. `word` is its English name."""

    word: str
    compare: str
    values: tuple[Value, ...]
    place: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    """What must not hold."""

    node: Node


@dataclass(frozen=True, slots=True)
class Every:
    """All of it must hold; of nothing at all, everything is found."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """One of these must hold."""

    nodes: tuple[Node, ...]


Node = Text | Number | Term | Not | Every | Some
EVERYTHING = Every(())
