"""Every sentence of a replay, in English and Simplified Chinese, for terminal and report alike."""

from __future__ import annotations

import tomllib
from pathlib import Path

LANGUAGES = ("en", "zh")
_WORDS: dict[str, dict[str, str]] = {
    language: tomllib.loads((Path(__file__).parent / f"{language}.toml").read_text(encoding="utf-8"))
    for language in LANGUAGES
}


def say(language: str, key: str, /, **facts: object) -> str:
    """Return the sentence called `key` with its facts filled in."""
    return _WORDS[language][key].format(**facts)


def both(key: str, /, **facts: object) -> tuple[str, str]:
    """Return the sentence in English and in Chinese."""
    return say("en", key, **facts), say("zh", key, **facts)
