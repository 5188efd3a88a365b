"""What-ifs on the desk's own past: asked, run by a worker, left and found again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from fengong.kernel import clock
from fengong.kernel.errors import Conflict, Denied, Invalid
from fengong.planning.actions import carrying
from fengong.planning.actions.carrying import carry_out_next
from fengong.planning.actions.comparisons import ask_what_if, stop_what_if
from fengong.planning.comparison import study
from fengong.planning.comparison.bridge import rules_of
from fengong.planning.comparison.history import past
from fengong.planning.models import Comparison
from tests.planning.lived import live
from tests.world import World

DAY = timedelta(days=1)
LEVEL = {"weights": {"load_spread": 0.0, "given": 0.0}}


def _ask(world: World, **more) -> Comparison:
    values = {
        "actor": world.wang_fang,
        "member": world.wang_fang,
        "before": {},
        "after": LEVEL,
        "first": world.now - 10 * DAY,
        "last": world.now,
        "at": world.now,
        "seeds": 2,
    }
    return ask_what_if(**(values | more))


def test_a_what_if_learns_from_the_spine_and_tells_in_both_languages(world: World):
    live(world, 48, until=world.now)
    row = _ask(world)
    assert carry_out_next(at=world.now) == 1
    row.refresh_from_db()
    assert (row.state, row.done, row.problem) == ("done", 1.0, {})
    assert set(row.found) == {"en", "zh-hans"}
    assert "48 tickets" in row.found["en"]["over"]
    assert row.found["en"]["all"][0]["figure"] == "Wait until work begins"
    assert row.found["zh-hans"]["all"][0]["figure"] != row.found["en"]["all"][0]["figure"]
    assert carry_out_next(at=world.now) == 0


def test_the_same_rules_on_both_sides_do_the_same(world: World):
    live(world, 24, until=world.now)
    row = _ask(world, after={})
    carry_out_next(at=world.now)
    row.refresh_from_db()
    assert row.found["en"]["identical"]


def test_a_past_too_short_to_learn_from_is_refused_in_words(world: World):
    live(world, 4, until=world.now)
    row = _ask(world)
    carry_out_next(at=world.now)
    row.refresh_from_db()
    assert row.state == "failed"
    assert row.problem["en"].startswith("Only 4 graded tickets")


def test_the_log_says_who_had_a_ticket_and_when_they_worked_on_it(world: World):
    ticket = live(world, 1, until=world.now)[0]
    log = past(first=world.now - 2 * DAY, last=world.now).log
    opened = ticket.opened_at.timestamp()
    said = [(round(at - opened) // 60, study_state(state), who >= 0) for _c, at, who, _t, state in log.events]
    assert said[0] == (0, "queued", False)
    assert said[1] == (1, "assigned", True)
    assert said[2][1:] == ("active", True)
    assert said[-1][1:] == ("resolved", True)
    assert list(log.topics.codes) == [f"topic:{world.topics['accounts'].pk}"]


def study_state(number: int) -> str:
    return study.default_mapping().states[number][0]


def test_rules_of_a_policy_are_the_engines_and_null_is_never():
    found = rules_of(
        {
            "weights": {"growth": 9},
            "relaxation": {"every": None},
            "skills": {"need": [1, 1, 2]},
            "tiers": {"reach": 0},
        }
    )
    assert (found.weights.growth, found.weights.lateness) == (9.0, 10.0)
    assert (found.need, found.reach, found.easing.every) == ((1, 1, 2), 0, float("inf"))


def test_a_what_if_whose_worker_died_is_begun_anew_and_one_that_lives_is_left_alone(
    world: World, monkeypatch
):
    row = _ask(world)
    monkeypatch.setattr(carrying, "compare", lambda *args, **more: {"en": {}, "zh-hans": {}})
    Comparison.objects.filter(pk=row.pk).update(state="running", alive_at=world.now, attempts=1)
    assert carry_out_next(at=world.now + timedelta(seconds=20)) == 0
    assert carry_out_next(at=world.now + timedelta(seconds=40)) == 1
    row.refresh_from_db()
    assert (row.state, row.attempts) == ("done", 2)


def test_a_stopped_what_if_ends_at_its_next_sign_of_life(world: World, monkeypatch):
    row = _ask(world)

    def stopped_half_way(*args, tell, **more):
        stop_what_if(actor=world.wang_fang, comparison=row, at=clock.now())
        tell("learn", 0.1)
        return {}

    monkeypatch.setattr(carrying, "compare", stopped_half_way)
    carry_out_next(at=world.now)
    row.refresh_from_db()
    assert (row.state, row.found) == ("stopped", {})
    with pytest.raises(Conflict):
        stop_what_if(actor=world.wang_fang, comparison=row, at=world.now)


def test_what_breaks_is_tried_three_times_and_then_says_so(world: World, monkeypatch):
    row = _ask(world)

    def broken(*args, **more):
        raise RuntimeError

    monkeypatch.setattr(carrying, "compare", broken)
    assert [carry_out_next(at=world.now) for _ in range(4)] == [1, 1, 1, 0]
    row.refresh_from_db()
    assert row.state == "failed"
    assert "three times" in row.problem["en"]


def test_only_leads_ask_and_only_about_the_past(world: World):
    with pytest.raises(Denied):
        _ask(world, actor=world.li_na)
    with pytest.raises(Invalid):
        _ask(world, last=world.now + DAY)
    with pytest.raises(Invalid):
        _ask(world, first=world.now - 100 * DAY)
