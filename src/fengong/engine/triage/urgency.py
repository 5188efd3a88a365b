"""Priority from what people write when it burns, in Chinese and English, on top of what was promised to them."""

from __future__ import annotations

import re

LOW, NORMAL, HIGH, URGENT = 1, 2, 3, 4

# Words that stand for harm now: they lift a request to urgent.
_HARM = (
    "宕机", "瘫痪", "全部不可用", "系统崩溃", "数据丢失", "数据泄露", "被盗", "盗刷", "起火", "漏电", "受伤",
    "人身安全", "生产停", "停产", "立即处理", "马上处理", "十万火急", "紧急",
)  # fmt: skip
_HARM_EN = (
    r"outage", r"(?:is|are|went) down", r"data (?:loss|leak|breach)", r"hacked", r"stolen", r"fraud\w*", r"injur\w+",
    r"on fire", r"emergency", r"urgent(?:ly)?", r"asap", r"immediately", r"production (?:is )?(?:down|stopped)",
)  # fmt: skip
# Words that stand for a complaint or for time running out: they lift it to high.
_ANGER = (
    "投诉", "曝光", "起诉", "律师", "消协", "12315", "工信部", "太差", "气愤", "愤怒", "忍无可忍", "第三次", "多次联系",
    "一直没人", "没人理", "退款不到账", "赔偿", "尽快", "着急", "催",
)  # fmt: skip
_ANGER_EN = (
    r"complain\w*", r"lawyer", r"legal action", r"sue", r"unacceptable", r"furious", r"outrag\w+", r"third time",
    r"still (?:no|not|waiting)", r"nobody (?:answers|replies|responds)", r"refund now", r"compensation",
    r"as soon as possible", r"disappoint\w+", r"terrible",
)  # fmt: skip
_CALM = ("不着急", "不急", "有空时", "方便时", "只是建议", "随便问问", "不用尽快")
_CALM_EN = (
    r"no (?:rush|hurry)",
    r"not urgent",
    r"whenever you",
    r"when you have (?:time|a moment)",
    r"just wondering",
)


def _pattern(chinese: tuple[str, ...], english: tuple[str, ...]) -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, chinese), key=len, reverse=True))
    return re.compile(rf"{words}|\b(?:{'|'.join(english)})\b", re.IGNORECASE)


_CALM_WORDS = _pattern(_CALM, _CALM_EN)
_HARM_WORDS = _pattern(_HARM, _HARM_EN)
_ANGER_WORDS = _pattern(_ANGER, _ANGER_EN)


def priority_of(text: str, *, promised: int = NORMAL) -> tuple[int, tuple[str, ...]]:
    """Priority 1..4 and the words that moved it. What was promised is the floor unless the writer says no hurry."""
    calm = _found(_CALM_WORDS, text)
    rest = _CALM_WORDS.sub(" ", text)  # so that "not urgent" is not read as "urgent"
    harm, anger = _found(_HARM_WORDS, rest), _found(_ANGER_WORDS, rest)
    if harm:
        return URGENT, harm + anger
    if anger:
        return max(HIGH, promised), anger
    return (max(LOW, promised - 1), calm) if calm else (promised, ())


def _found(pattern: re.Pattern[str], text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(match.group().lower() for match in pattern.finditer(text)))
