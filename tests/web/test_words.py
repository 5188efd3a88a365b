"""Words: human times, and a Chinese sentence for every English one."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.utils.translation import override

import fengong
from fengong.web import words

NOW = datetime(2026, 3, 2, 6, tzinfo=UTC)
CATALOGUE = Path(fengong.__file__).parent / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
PLACE = re.compile(r"%\(\w+\)s")


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0, "0 min"),
        (59, "59 min"),
        (60, "1 h"),
        (100, "1 h 40 min"),
        (200, "3 h"),
        (1500, "1 d 1 h"),
        (3000, "2 d"),
    ],
)
def test_durations_are_said_as_people_say_them(minutes: int, said: str):
    with override("en"):
        assert words.duration(minutes) == said


def test_past_and_future_are_relative_and_old_things_have_a_date():
    with override("en"):
        assert words.ago(NOW - timedelta(seconds=20), NOW) == "just now"
        assert words.ago(NOW - timedelta(minutes=5), NOW) == "5 min ago"
        assert words.until(NOW - timedelta(minutes=4), NOW) == "4 min over"
        assert "Jan" in words.ago(NOW - timedelta(days=40), NOW)


@pytest.mark.parametrize(
    ("name", "badge"),
    [("周敏", "周敏"), ("王敏霞", "敏霞"), ("Ana Silva", "AS"), ("Sun Hao", "SH"), ("", "")],
)
def test_badges_hold_two_characters(name: str, badge: str):
    assert words.initials(name) == badge


def test_every_sentence_has_its_chinese_with_the_same_places():
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="zh_Hans")
    for message in catalogue:
        if not message.id:
            continue
        forms = (message.id,) if isinstance(message.id, str) else tuple(message.id)
        source = forms[0]
        chinese = message.string if isinstance(message.string, str) else message.string[0]
        assert chinese, source
        assert not message.fuzzy, source
        assert set(PLACE.findall(chinese)) <= set(PLACE.findall(" ".join(forms))), source
