"""The one segmenter: text to search words, for Chinese and Latin script alike.

Chinese writes no blanks between words, and most words have two characters, which neither trigram nor unicode61
finds. So every pair of neighbouring characters is a word of the index, and every single one too; a longer word is found
by all of its pairs. A pair is far rarer than a character: no search has to run through the postings of 的.
"""

from __future__ import annotations

import re
import unicodedata

MOST = 20_000
"""Words of one text that are indexed; what is longer is a log, and found by its beginning."""
_CJK = "㐀-䶿一-鿿豈-﫿぀-ヿ\U00020000-\U0003fffd"
_RUN = re.compile(rf"[{_CJK}]+|[^\W_{_CJK}]+")
_WRAPPED = re.compile(rf"(?<=[{_CJK}])[ \t]*\r?\n[ \t]*(?=[{_CJK}])")
_IS_CJK = re.compile(f"[{_CJK}]")
LONGEST_WORD = 60


def indexed(text: str) -> list[str]:
    """The words under which a text is found: each once, in no meaningful order."""
    found: dict[str, None] = {}
    for run in _runs(_WRAPPED.sub("", text)):
        if _IS_CJK.match(run):
            found.update(dict.fromkeys(run))
            found.update(dict.fromkeys(_pairs(run)))
        else:
            found[run[:LONGEST_WORD]] = None
        if len(found) > MOST:
            break
    return list(found)[:MOST]


def sought(text: str) -> list[str]:
    """The words that a text must have to hold this one. `pass*` asks for words that begin so."""
    found: dict[str, None] = {}
    for run in _runs(text):
        if _IS_CJK.match(run):
            found.update(dict.fromkeys(_pairs(run) or [run]))
        else:
            found[run[:LONGEST_WORD]] = None
    if text.endswith("*") and found and (last := next(reversed(found))).isascii():
        del found[last]
        found[f"{last}*"] = None
    return list(found)


def _runs(text: str) -> list[str]:
    return _RUN.findall(unicodedata.normalize("NFKC", text).casefold())


def _pairs(run: str) -> list[str]:
    return [run[place : place + 2] for place in range(len(run) - 1)]
