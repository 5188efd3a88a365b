"""The one segmenter: text to search words, for Chinese and Latin script alike.

Each Chinese character is a word of its own and a query is a phrase, so that two-character words are found (neither
trigram nor unicode61 tokenisers find them). The original text is what is shown; the segmented text is only indexed.
"""

from __future__ import annotations

import re

_WORD = re.compile(r"[㐀-䶿一-鿿豈-﫿぀-ヿ]|[^\W_]+(?:['’.-][^\W_]+)*", re.UNICODE)
_CJK_RUN = re.compile(r"([㐀-䶿一-鿿豈-﫿぀-ヿ])")


def words(text: str) -> list[str]:
    """The search words of a text, in order, case folded."""
    spaced = _CJK_RUN.sub(r" \1 ", text.casefold())
    return _WORD.findall(spaced)


def segment(text: str) -> str:
    """The text as it is indexed: words separated by single blanks."""
    return " ".join(words(text))
