"""Figures as recorded are those worked out on paper, whatever shape the log comes in."""

from __future__ import annotations

import numpy as np
import pytest

from fengong.planning.replay.mapping import load_mapping
from fengong.planning.replay.study import Order, replay
from fengong.planning.replay.team_file import load_team
from tests.planning import logs

XES_COLUMNS = '[columns]\ncase = ["case", "case:concept:name"]\n'


def run(path, folder, *, policies=("longest-idle",), seeds=1, team=None, text=logs.MAPPING):
    order = Order(path, load_mapping(logs.mapping(folder, text)), policies, seeds, team=team, jobs=1)
    return replay(order, lambda stage, done: None)


@pytest.fixture(params=["csv", "csv.gz", "xes", "xes.gz", "shuffled", "semicolons"])
def by_hand(request, tmp_path):
    rows = logs.by_hand()
    if request.param == "shuffled":
        rows = [rows[i] for i in np.random.default_rng(0).permutation(len(rows))] + rows[:3]
    delimiter = ";" if request.param == "semicolons" else ","
    data = logs.as_xes(rows) if "xes" in request.param else logs.as_csv(rows, delimiter=delimiter)
    path = logs.put(tmp_path, f"log.{request.param}", data, packed=request.param.endswith("gz"))
    return run(path, tmp_path, text=XES_COLUMNS + logs.MAPPING)


def test_recorded_figures(by_hand):
    value = {name: found.mean for name, found in by_hand.recorded.values.items()}
    assert value["assigned_mean"] == pytest.approx(20 / 3 / 60)
    assert value["begun_mean"] == pytest.approx(20 / 3 / 60)
    assert value["ownerless_mean"] == pytest.approx((20 + 30 + 0) / 3 / 60)
    assert value["resolved_mean"] == pytest.approx((60 + 250 + 150) / 3 / 60)
    assert value["resolved_median"] == pytest.approx(150 / 60)
    assert value["handovers_mean"] == pytest.approx((0 + 1 + 2) / 3)
    assert value["pingpong"] == pytest.approx(1 / 3)
    assert value["right_first"] == pytest.approx(2 / 3)  # B needed the second line and began at the first
    assert value["respond_kept"] == 1.0
    assert value["resolve_kept"] == 1.0  # B took 250 minutes, 100 of them waiting for the customer
    # gaps of at most 45 minutes: Ann 40 + 20 + 20 + 30 + 30, Ben 40, Cyd 45 + 45
    assert value["effort"] == pytest.approx(270 / 60)
    assert value["busiest"] == pytest.approx(140 / 60)


def test_facts_of_the_log(by_hand):
    facts = by_hand.facts
    assert facts["members"] == (2, 1, 0) and facts["needed"] == (2, 1, 0)
    assert facts["reopened"] == pytest.approx(1 / 3)
    assert facts["customer_median"] == pytest.approx(100.0)
    assert by_hand.source.cases == 3


def test_the_policies_move_the_same_tickets_again_and_again_alike(tmp_path):
    path = logs.put(tmp_path, "log.csv", logs.as_csv(logs.busy()))
    names = ("fengong", "static-tiers")
    first, second = (run(path, tmp_path, policies=names, seeds=2) for _ in range(2))
    assert [s.values for s in first.scenarios()] == [s.values for s in second.scenarios()]
    assert [s.name for s in first.policies] == list(names)
    assert first.recorded.values["effort"].mean == pytest.approx(first.status_quo.values["effort"].mean)
    assert first.calibration.held["handovers_mean"].recorded > 0


def test_a_team_file_changes_the_policies_and_leaves_the_status_quo(tmp_path):
    path = logs.put(tmp_path, "log.csv", logs.as_csv(logs.busy()))
    text = '[[member]]\nname = "New"\ntier = 3\nhours = "00:00-24:00"\ndays = ["mon", "tue", "wed", "thu", "fri"]\n'
    team = load_team(logs.put(tmp_path, "team.toml", text.encode()))
    plain, changed = run(path, tmp_path), run(path, tmp_path, team=team)
    assert changed.facts["changed_members"] == 1
    assert changed.status_quo.values == plain.status_quo.values
    assert changed.policies[0].values != plain.policies[0].values
