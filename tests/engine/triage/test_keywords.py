"""Triage on the first day, without history."""

from __future__ import annotations

import subprocess
import sys

import pytest

from fengong.engine.triage.keywords import difficulty_of, keyword_grader
from fengong.engine.triage.urgency import priority_of

GRADER = keyword_grader(
    {
        1: ["退款", "发票", "refund", "invoice"],
        2: ["登录", "密码", "login", "password", "account"],
        3: ["快递", "delivery", "account"],
        4: [],
    }
)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("退款怎么还没到", 1),
        ("two refunds on one INVOICE", 1),
        ("忘记密码，无法登录", 2),
        ("my passwords do not work", 2),
        ("delivery is late", 3),
        ("今天天气不错", None),
        ("", None),
        ("nonrefundable", None),
        ("an accountant", None),
    ],
)
def test_keywords_name_the_topic(text, topic):
    assert GRADER.grade(text).topic == topic


def test_more_evidence_gives_more_confidence_and_shared_words_count_less():
    one, two = GRADER.grade("退款"), GRADER.grade("退款 发票 refund")
    assert 0 < one.confidence < two.confidence < 1
    assert keyword_grader({1: ["alpha"], 2: ["alpha"], 3: ["gamma"]}).grade("alpha gamma").topic == 3
    both = GRADER.grade("account password")
    assert [topic for topic, _ in both.ranked] == [2, 3]
    assert both.confidence == both.ranked[0][1] < GRADER.grade("password login").confidence
    assert GRADER.grade("今天天气不错").confidence == 0.0


@pytest.mark.parametrize(
    ("text", "difficulty"),
    [
        ("怎么开发票", 1),
        ("无法登录", 2),
        ("the page is not working", 2),
        ("调用接口", 2),
        ("接口迁移之后报错", 3),
        ("API crashes with an exception", 3),
        ("接口 接口 接口", 2),
    ],
)
def test_difficulty_follows_the_words_of_hard_work(text, difficulty):
    assert difficulty_of(text) == difficulty


@pytest.mark.parametrize(
    ("text", "promised", "priority"),
    [
        ("请问怎么开发票", 2, 2),
        ("请问怎么开发票", 1, 1),
        ("系统宕机了，立即处理！", 2, 4),
        ("Our shop is down, this is URGENT", 1, 4),
        ("我要投诉你们的客服", 2, 3),
        ("I want to complain about this", 1, 3),
        ("我要投诉你们的客服", 4, 4),
        ("不着急，有空时看一下", 2, 1),
        ("not urgent, whenever you can", 3, 2),
        ("不着急", 1, 1),
        ("I pursue a hobby and saw the download", 2, 2),
        ("it is downloaded", 2, 2),
    ],
)
def test_priority_from_what_was_promised_and_what_is_written(text, promised, priority):
    assert priority_of(text, promised=promised)[0] == priority


def test_the_words_that_moved_the_priority_are_named_once():
    assert priority_of("投诉！投诉！系统宕机")[1] == ("宕机", "投诉")
    assert priority_of("Emergency, emergency")[1] == ("emergency",)
    assert GRADER.grade("我要投诉退款").signals == ("投诉",)


def test_routing_and_keywords_load_without_the_learning_library():
    names = "fengong.engine.routing.decide, fengong.engine.triage.keywords, fengong.engine.timeline.hours"
    asked = f"import sys, {names}; print('sklearn' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
