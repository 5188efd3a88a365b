"""The corpus is whole: every cell has enough to say, in its own language, with slots that can be filled."""

from __future__ import annotations

import re
from itertools import product

import pytest

from fengong.demo import slots
from fengong.demo.corpus import Case, cases, voice
from fengong.demo.dice import Dice
from fengong.demo.topics import TOPICS

CELLS = list(product([plan.slug for plan in TOPICS], ("zh", "en"), (1, 2, 3)))
CJK = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
NAMED = {"name", "first", "org"}


def lines(case: Case) -> list[str]:
    parts = (case.subject, case.situation, case.detail, case.tried, case.want, case.fix, case.handover)
    return [line for part in parts for line in part] + [case.ask, case.answer, case.note]


def test_twelve_topics_in_both_languages_at_three_difficulties() -> None:
    assert len(TOPICS) == 12
    assert all(plan.minutes[0] < plan.minutes[1] < plan.minutes[2] for plan in TOPICS)


@pytest.mark.parametrize(("topic", "language", "difficulty"), CELLS)
def test_a_cell_has_enough_variety(topic: str, language: str, difficulty: int) -> None:
    found = cases(topic, language, difficulty)
    for part in ("subject", "situation", "detail"):
        assert len({line for case in found for line in getattr(case, part)}) >= 6
    if difficulty > 1:
        assert all(len(case.handover) == 3 and case.note for case in found)


@pytest.mark.parametrize(("topic", "language", "difficulty"), CELLS)
def test_a_cell_keeps_to_its_language_and_its_slots(topic: str, language: str, difficulty: int) -> None:
    known = set(slots.fill(language, Dice("any"))) | NAMED
    for line in (line for case in cases(topic, language, difficulty) for line in lines(case) if line):
        assert bool(CJK.search(line)) == (language == "zh"), line
        assert set(re.findall(r"{(\w+)}", line)) <= known, line


def test_the_voices_say_the_same_kinds_of_things() -> None:
    assert set(voice("zh")) == set(voice("en"))
    assert not CJK.search(" ".join(line for found in voice("en").values() for line in found))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_slot_has_a_value_in_its_language(language: str) -> None:
    for number in range(50):
        found = slots.fill(language, Dice("slots", number))
        assert all(found.values())
        if language == "en":
            assert not CJK.search(" ".join(found.values()))
