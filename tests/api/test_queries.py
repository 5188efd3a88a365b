"""Tickets by query over the API."""

from __future__ import annotations

from typing import Any

from tests.api.program import Program
from tests.world import World


def _ids(answer: Any) -> list[int]:
    assert answer.status_code == 200, answer.content
    return [item["id"] for item in answer.json()["items"]]


def test_a_program_asks_in_the_language_of_the_search_box(lead: Program, world: World):
    urgent, _calm = world.ticket("付款失败", priority=4), world.ticket("付款失败")
    assert _ids(lead.get("/tickets?query=priority:urgent")) == [urgent.pk]
    assert _ids(lead.get("/tickets?query=优先级:紧急 付款")) == [urgent.pk]
    assert _ids(lead.get("/tickets?query=付款 -priority:urgent&status=open")) == []


def test_a_bad_query_is_a_problem_that_names_the_field_and_the_place(lead: Program, world: World):
    answer = lead.get("/tickets?query=status:nonsense")
    assert answer.status_code == 422
    problem = answer.json()
    assert (problem["code"], problem["field"]) == ("query", "query")
    assert problem["detail"].startswith("Character 8: ")


def test_a_search_for_words_is_turned_page_by_page(lead: Program, world: World):
    made = [world.ticket(f"退款 {number}").pk for number in range(5)]
    world.ticket("别的")
    first = lead.get("/tickets?query=退款&limit=3").json()
    second = lead.get(f"/tickets?query=退款&limit=3&cursor={first['next']}").json()
    assert [item["id"] for item in first["items"] + second["items"]] == made[::-1]
    assert second["next"] is None
