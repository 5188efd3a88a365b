"""Triage without any history: topics by their keywords, difficulty by the words of hard work.

Score of a topic = sum over its keywords found of log(1 + length) * (1 + log(times found)) / (topics that share the
keyword): long and rare words say more. Confidence = share of the best in the total, damped when little was found.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

from fengong.engine.triage.grade import Grade
from fengong.engine.triage.urgency import priority_of

# Evidence worth one fairly long keyword; with exactly this much, confidence is halved.
DOUBT = 1.0
KEPT = 5

_HARD = re.compile(
    r"接口|报错|崩溃|数据丢失|日志|集成|迁移|性能|源码|并发|底层|根因|\b(?:api|stack ?trace|crash\w*|integrat\w+|"
    r"migrat\w+|corrupt\w*|root cause|performance|timeouts?|error code|exception|webhooks?|sso)\b",
    re.IGNORECASE,
)
_MEDIUM = re.compile(
    r"无法|失败|不能|异常|错误|配置|设置不|不一致|重复扣|\b(?:cannot|can't|fail\w*|error|wrong|configur\w+|broken|"
    r"not working|doesn't work|mismatch|twice)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class KeywordGrader:
    """Topics with the pattern of each keyword and its weight."""

    words: Mapping[int, tuple[tuple[re.Pattern[str], float], ...]]

    def grade(self, text: str, *, promised: int = 2) -> Grade:
        """Reads one text; see `grade.Grader`."""
        scores = {topic: score for topic, words in self.words.items() if (score := _score(words, text)) > 0}
        total = sum(scores.values())
        best = sorted(scores, key=lambda topic: (-scores[topic], topic))[:KEPT]
        ranked = tuple((topic, scores[topic] / (total + DOUBT)) for topic in best)
        priority, signals = priority_of(text, promised=promised)
        return Grade(
            topic=best[0] if best else None,
            difficulty=difficulty_of(text),
            priority=priority,
            confidence=ranked[0][1] if ranked else 0.0,
            ranked=ranked,
            signals=signals,
        )

    def grade_all(self, texts: Sequence[str], *, promised: Sequence[int]) -> list[Grade]:
        """Reads many texts, each by itself."""
        return [self.grade(text, promised=one) for text, one in zip(texts, promised, strict=True)]


def keyword_grader(topics: Mapping[int, Sequence[str]]) -> KeywordGrader:
    """A grader from topic -> keywords in any language; Latin keywords match whole words, with endings."""
    shared = Counter(word.strip().lower() for words in topics.values() for word in set(words))
    return KeywordGrader(
        {
            topic: tuple(
                (_pattern(word.strip()), log(1 + len(word.strip())) / shared[word.strip().lower()])
                for word in dict.fromkeys(words)
                if word.strip()
            )
            for topic, words in topics.items()
        }
    )


def difficulty_of(text: str) -> int:
    """1 common, 2 medium, 3 hard: two different words of hard work make it hard, one makes it medium."""
    hard = {match.group().lower() for match in _HARD.finditer(text)}
    if len(hard) >= 2:
        return 3
    return 2 if hard or _MEDIUM.search(text) else 1


def _score(words: tuple[tuple[re.Pattern[str], float], ...], text: str) -> float:
    counts = ((weight, len(pattern.findall(text))) for pattern, weight in words)
    return sum(weight * (1 + log(count)) for weight, count in counts if count)


def _pattern(word: str) -> re.Pattern[str]:
    escaped = re.escape(word)
    return re.compile(rf"\b{escaped}(?:s|es|ed|ing)?\b" if word.isascii() else escaped, re.IGNORECASE)
