"""A grader learned from past texts: right in both languages, honest about its doubt, the same every time."""

from __future__ import annotations

import pickle
from random import Random

import pytest

from fengong.engine.triage.grade import Example
from fengong.engine.triage.learned import LearnedGrader, train
from tests.engine.triage.letters import DELIVERY, INTERFACE, LOGIN, REFUND, letters


@pytest.fixture(scope="module")
def grader() -> LearnedGrader:
    return train(letters(400))


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("请问退款还要多久", REFUND),
        ("Could you refund the money you charged", REFUND),
        ("密码重置以后账号还是登不上", LOGIN),
        ("locked out of my account, password reset please", LOGIN),
        ("包裹的收货地址写错了", DELIVERY),
        ("your courier lost my parcel", DELIVERY),
        ("接口签名总是不对", INTERFACE),
        ("the API import returns 500", INTERFACE),
    ],
)
def test_new_words_in_either_language_find_their_topic(grader, text, topic):
    grade = grader.grade(text)
    assert grade.topic == topic
    assert grade.ranked[0] == (topic, grade.confidence)


def test_difficulty_is_learned_beside_the_topic(grader):
    assert grader.grade("申请退款，麻烦看一下").difficulty == 1
    assert grader.grade("调用接口返回五百，日志里有底层报错").difficulty == 3
    assert grader.grade("the API answers 500, a stack trace is in the log").difficulty == 3


def test_unseen_letters_are_mostly_right_and_confidence_says_how_often(grader):
    graded = [(grader.grade(each.text), each) for each in letters(200, seed=8)]
    right = sum(grade.topic == each.topic for grade, each in graded) / len(graded)
    assert right > 0.95
    assert sum(grade.confidence for grade, _ in graded) / len(graded) == pytest.approx(right, abs=0.08)


def test_confidence_falls_where_topics_cannot_be_told_apart():
    noise = [Example(f"sentence number {i % 7}", i % 2 + 1, 1) for i in range(80)]
    assert train(noise).grade("sentence number 3").confidence < 0.75
    clear = [Example(["red apples", "blue whales"][i % 2], i % 2 + 1, 1) for i in range(80)]
    assert train(clear).grade("red apples").confidence > 0.9


def test_what_was_learned_by_heart_is_not_taken_for_knowledge():
    dice = Random(4)
    words = ["".join(dice.choices("abcdefghijklmnop", k=5)) for _ in range(60)]
    texts = [" ".join(dice.sample(words, 4)) for _ in range(300)]
    guess = train([Example(text, dice.randint(1, 2), 1) for text in texts[:200]])
    confident = [guess.grade(text).confidence for text in texts[200:]]
    assert sum(confident) / len(confident) < 0.6


def test_ranked_topics_are_chances(grader):
    ranked = grader.grade("包裹 API").ranked
    chances = [chance for _, chance in ranked]
    assert chances == sorted(chances, reverse=True)
    assert sum(chances) == pytest.approx(1.0)


def test_many_texts_are_read_as_each_by_itself(grader):
    texts = [*(each.text for each in letters(30, seed=5)), "ДЖЩ ѪѰѲ", ""]
    promised = [1 + number % 4 for number in range(len(texts))]
    together = grader.grade_all(texts, promised=promised)
    for text, base, found in zip(texts, promised, together, strict=True):
        alone = grader.grade(text, promised=base)
        assert (found.topic, found.difficulty, found.priority, found.signals) == (
            alone.topic,
            alone.difficulty,
            alone.priority,
            alone.signals,
        )
        assert found.confidence == pytest.approx(alone.confidence)
    assert grader.grade_all([], promised=[]) == []


@pytest.mark.parametrize("text", ["", "   ", "ДЖЩ ѪѰѲ"])
def test_a_text_without_a_known_sign_has_no_topic(grader, text):
    grade = grader.grade(text)
    assert (grade.topic, grade.confidence, grade.ranked) == (None, 0.0, ())


def test_two_trainings_and_a_stored_model_read_alike(grader):
    texts = [each.text for each in letters(20, seed=9)]
    again, stored = train(letters(400)), pickle.loads(pickle.dumps(grader))
    assert [grader.grade(text) for text in texts] == [again.grade(text) for text in texts]
    assert [grader.grade(text) for text in texts] == [stored.grade(text) for text in texts]


def test_priority_is_read_as_well(grader):
    assert grader.grade("我要投诉，退款一直没到").priority == 3
    assert grader.grade("申请退款", promised=1).priority == 1


def test_one_topic_one_difficulty_and_one_language_are_enough_to_train():
    single = train([Example(f"退款 {i}", 5, 2) for i in range(20)])
    assert (single.grade("退款").topic, single.grade("退款").difficulty) == (5, 2)


def test_two_topics_use_both_sides_of_the_model():
    pair = train([Example(["苹果很好", "鲸鱼很大"][i % 2], [7, 9][i % 2], 1) for i in range(40)])
    assert (pair.grade("苹果").topic, pair.grade("鲸鱼").topic) == (7, 9)


def test_too_few_examples_are_refused():
    with pytest.raises(ValueError, match="3 graded texts are too few"):
        train(letters(3))
