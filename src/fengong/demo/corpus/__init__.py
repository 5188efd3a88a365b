"""What customers and members say: one file a topic, and voice.toml for what is said whatever the topic.

A file holds `[[LANGUAGE.dDIFFICULTY]]` cases. The parts of a case fit together in any combination: subject, situation,
detail, tried, want make an opening; ask and answer, fix, note and handover (tried, found, wanted) carry it on.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

Voice = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Case:
    """One kind of matter, in one language, of one difficulty; words in braces are slots."""

    subject: tuple[str, ...]
    situation: tuple[str, ...]
    detail: tuple[str, ...]
    tried: tuple[str, ...]
    want: tuple[str, ...]
    ask: str
    answer: str
    fix: tuple[str, ...]
    note: str = ""
    handover: tuple[str, ...] = ()


@cache
def cases(topic: str, language: str, difficulty: int) -> tuple[Case, ...]:
    """All cases of a topic in a language (zh or en) at a difficulty."""
    return tuple(_case(found) for found in _read(topic)[language][f"d{difficulty}"])


@cache
def voice(language: str) -> Voice:
    """What is said whatever the matter."""
    return {name: tuple(lines) for name, lines in _read("voice")[language].items()}


def _case(found: Mapping[str, Any]) -> Case:
    parts: dict[str, Any] = {
        name: value if isinstance(value, str) else tuple(value) for name, value in found.items()
    }
    return Case(**parts)  # what is missing or misspelt fails here, by name


@cache
def _read(name: str) -> dict[str, dict[str, Any]]:
    return tomllib.loads(files("fengong.demo.corpus").joinpath(f"{name}.toml").read_text("utf-8"))
