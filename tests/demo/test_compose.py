"""Stories: the same every time, hardly two alike, each one whole."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from fengong.demo.compose import compose, customers, story
from fengong.demo.script import Escalate, Resolve, Step, next_step
from fengong.demo.story import Story

CJK = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")


@pytest.fixture(scope="module")
def stories() -> tuple[Story, ...]:
    return compose(7, 2000)


def test_the_same_seed_tells_the_same(stories: tuple[Story, ...]) -> None:
    assert compose(7, 50) == stories[:50]
    assert compose(7, 10, first=100) == stories[100:110]
    assert compose(8, 50) != stories[:50]


def test_hardly_two_are_alike(stories: tuple[Story, ...]) -> None:
    assert len({(told.subject, told.body) for told in stories}) > 1980
    assert len({told.body for told in stories}) > 1950
    assert len({told.subject for told in stories}) > 900


def test_all_cells_are_told(stories: tuple[Story, ...]) -> None:
    assert len({(told.topic, told.language, told.difficulty) for told in stories}) == 12 * 2 * 3
    share = Counter(told.language for told in stories)
    assert 0.55 < share["zh"] / 2000 < 0.7


def test_no_slot_is_left_and_languages_do_not_mix(stories: tuple[Story, ...]) -> None:
    for told in stories:
        words = [told.subject, told.body, *(turn.body for turn in told.turns)]
        words += [part for note in told.handovers for part in (note.tried, note.found, note.wanted)]
        text = "\n".join(words)
        assert "{" not in text and "}" not in text, text
        assert bool(CJK.search(text)) == (told.language == "zh"), text
        assert all(word.strip() == word and word for word in words), words


def test_every_story_is_valid(stories: tuple[Story, ...]) -> None:
    known = set(customers())
    for told in stories:
        assert told.customer in known
        assert 1 <= told.graded <= told.difficulty <= 3
        assert 1 <= told.priority <= 4
        assert len(told.subject) <= 240
        kinds = [turn.kind for turn in told.turns]
        assert kinds.count("fix") == 1
        assert kinds.count("ask") == kinds.count("answer")
        assert (told.outcome == "moved") == (told.graded < told.difficulty)
        assert len({turn.body for turn in told.turns}) == len(told.turns)


def test_a_burst_is_about_its_topic() -> None:
    assert {story(7, number, topic="payments").topic for number in range(20)} == {"payments"}


def test_customers_are_many_and_have_addresses_of_their_own() -> None:
    found = customers()
    assert len(found) > 150
    assert len({customer.email for customer in found}) == len(found)
    assert len({customer.organization for customer in found}) == 60
    assert {customer.grade for customer in found} == {"standard", "business", "key"}


@pytest.mark.parametrize("owner_tier", [1, 2, 3])
def test_the_script_comes_to_an_end_on_the_right_tier(stories: tuple[Story, ...], owner_tier: int) -> None:
    for told in stories[:300]:
        steps = played(told, owner_tier)
        assert isinstance(steps[-1], Resolve)
        ups = [step for step in steps if isinstance(step, Escalate)]
        assert len(ups) == max(0, told.difficulty - owner_tier)
        if ups and told.difficulty == 3:
            assert ups[-1].note == told.handovers[1]


def played(told: Story, tier: int) -> list[Step]:
    """All steps of a story that begins with a member of this tier and moves up one tier at a time."""
    said: set[str] = set()
    steps: list[Step] = []
    while not steps or not isinstance(steps[-1], Resolve):
        step = next_step(told, said, owner_tier=tier, ticket_tier=tier)
        steps.append(step)
        if isinstance(step, Escalate):
            tier += 1
        elif not isinstance(step, Resolve):
            said.add(step.body)
    return steps
