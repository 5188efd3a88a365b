"""Which topics hear a fact."""

from __future__ import annotations

import pytest

from fengong.kernel.tail import Note
from fengong.live.topics import topics_of


@pytest.mark.parametrize(
    ("verb", "subjects", "heard"),
    [
        (
            "ticket.dispatched",
            (("ticket", 12), ("member", 3)),
            {"ticket:12": 12, "conversation:12": 12, "member:3": 3, "tickets": 12, "board": 12, "spine": 12},
        ),
        (
            "ticket.noted",
            (("ticket", 12), ("member", 3)),
            {"ticket:12": 12, "member:3": 3, "tickets": 12, "board": 12, "spine": 12},
        ),
        ("presence.changed", (("member", 3),), {"member:3": 3, "board": 3, "people": 3, "spine": 3}),
        ("load.capacity_set", (("member", 3),), {"member:3": 3, "board": 3, "spine": 3}),
        ("topic.defined", (("topic", 5),), {"topic:5": 5, "people": 5, "spine": 5}),
        ("account.password_changed", (("account", 9),), {"account:9": 9, "spine": 9}),
        ("service_level.set", (), {"spine": None}),
    ],
)
def test_a_fact_is_heard_by_its_subjects_and_where_its_noun_is_gathered(
    verb: str, subjects: tuple[tuple[str, int], ...], heard: dict[str, int | None]
) -> None:
    assert dict(topics_of(Note(seq=1, verb=verb, subjects=subjects))) == heard
