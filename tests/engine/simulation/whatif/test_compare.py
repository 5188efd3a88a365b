"""Two divisions on the same luck: what differs, what does not, who gains and who pays."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from fengong.engine.simulation.changes import Change
from fengong.engine.simulation.desk import Desk
from fengong.engine.simulation.experiment import Workers
from fengong.engine.simulation.run import simulate
from fengong.engine.simulation.whatif.comparison import compare, summed
from fengong.engine.simulation.whatif.division import Absence, Division, Newcomer
from fengong.engine.simulation.whatif.finding import findings
from fengong.engine.simulation.whatif.subject import Subject
from fengong.engine.simulation.whatif.trial import prepare, run
from tests.engine.simulation.desks import DAY
from tests.engine.simulation.whatif.busy import HOURS, busy_desk

SEEDS = range(6)
NOW = Division("static-tiers")
desk = busy_desk


def effects(found):
    return {effect.subject: effect for effect in found.effects}


@cache
def with_newcomer():
    """A seventh in the first line, as able as the others."""
    like = Change(None, tier=1, spans=HOURS, capacity=80.0)
    return compare(desk(), NOW, replace(NOW, newcomers=(Newcomer(12, like),)), SEEDS)


def test_the_same_division_twice_differs_in_nothing_and_the_finding_says_so():
    found = compare(desk(), NOW, replace(NOW, changes=(Change(0),)), SEEDS)
    assert found.identical
    assert {effect.change for effect in found.effects} == {0.0}
    assert {(effect.low, effect.high, effect.standing) for effect in found.effects} == {(0.0, 0.0, 0)}
    told = findings(found)
    assert [finding.code for finding in told] == ["identical"] and told[0].confidence == 1.0


def test_one_more_in_the_first_line_shortens_its_waits_for_certain():
    for subject in (Subject("all", 0, "wait"), Subject("tier", 1, "wait"), Subject("tier", 1, "effort")):
        effect = effects(with_newcomer())[subject]
        assert effect.certain and effect.standing == 1
        assert effect.low <= effect.change <= effect.high < 0
        assert effect.change == pytest.approx(effect.after - effect.before)
    assert {effect.subject.key for effect in with_newcomer().gains("member")} <= set(range(6))
    assert with_newcomer().pays("group") == ()


def test_a_newcomer_has_no_before_and_is_in_no_test():
    found = effects(with_newcomer())[Subject("member", 12, "effort")]
    assert np.isnan(found.before) and found.after > 0
    assert np.isnan(found.p) and not found.certain and found.standing == 0


def test_without_the_skill_exactly_the_customers_of_that_topic_pay():
    """All but one of the first line lose topic 1, so its tickets crowd at one person."""
    unlearned = tuple(Change(member, skills={1: 0}) for member in range(5))
    found = compare(desk(), NOW, replace(NOW, changes=unlearned), SEEDS)
    waits = found.of("group", "wait")
    assert [effect.standing < 0 for effect in waits] == [False, True, False]
    assert waits[1].low > 0 and waits[1].reach == pytest.approx((desk().tickets.topic == 1).mean())
    assert {effect.subject.key for effect in found.pays("group")} == {1}
    assert {effect.subject.key for effect in found.pays("member")} == {5}


def test_who_is_absent_works_less_and_the_others_more():
    found = compare(desk(), NOW, replace(NOW, absences=(Absence(0, 0.0, 10 * DAY),)), SEEDS)
    own = effects(found)[Subject("member", 0, "effort")]
    assert own.change < 0 and own.certain
    others = [effect for effect in found.of("member", "effort") if effect.subject.key in range(1, 6)]
    assert all(effect.change > 0 for effect in others)
    assert sum(effect.standing == -1 for effect in others) >= 2
    assert found.of("tier", "wait")[0].standing == -1


def test_what_is_told_comes_by_importance_and_says_how_sure_it_is():
    told = findings(with_newcomer())
    weights = [finding.importance for finding in told]
    assert weights == sorted(weights, reverse=True) and told[0].code in ("differs", "balance")
    for finding in told:
        if finding.code == "differs":
            assert finding.effect.p < 0.05 and finding.confidence > 0.95
            assert finding.effect.low * finding.effect.high > 0
        if finding.code == "unclear":
            assert finding.effect.runs >= 2


def test_names_of_groups_and_topics_and_the_order_of_changes_change_nothing():
    old, new = desk(), np.array([2, 0, 1])
    tickets = replace(old.tickets, topic=new[old.tickets.topic])
    level = np.empty_like(old.staff.proficiency)
    level[:, new] = old.staff.proficiency
    other = Desk(replace(old.staff, proficiency=level), tickets, old.behaviour)
    ours = [Change(0, skills={1: 0}), Change(1, skills={2: 0})]
    theirs = [Change(1, skills={1: 0}), Change(0, skills={0: 0})]
    one = effects(compare(old, NOW, replace(NOW, changes=tuple(ours)), range(3)))
    two = effects(compare(other, NOW, replace(NOW, changes=tuple(theirs)), range(3)))
    for subject, effect in one.items():
        key = int(new[subject.key]) if subject.kind == "group" else subject.key
        again = two[subject._replace(key=key)]
        assert (again.change, again.low, again.p) == pytest.approx((effect.change, effect.low, effect.p)), (
            subject
        )


def test_groups_can_be_anything_the_caller_names():
    code = np.arange(len(desk().tickets)) % 2
    trial = prepare(desk(), NOW, NOW, groups=code)
    row = dict(zip(trial.subjects, run(trial, 1)[0].tolist(), strict=True))
    parts = [row[Subject("group", key, "wait")] for key in (0, 1)]
    assert np.mean(parts) == pytest.approx(row[Subject("all", 0, "wait")])
    with pytest.raises(ValueError, match="one group for each"):
        prepare(desk(), NOW, NOW, groups=code[:-1])


def test_work_of_all_is_that_of_the_members_and_shares_are_of_the_hours_at_work():
    trial = prepare(desk(), NOW, NOW)
    row = dict(zip(trial.subjects, run(trial, 1)[0].tolist(), strict=True))
    effort = [row[Subject("member", key, "effort")] for key in range(12)]
    assert sum(effort) == pytest.approx(row[Subject("all", 0, "effort")])
    assert sum(effort[:6]) / 6 == pytest.approx(row[Subject("tier", 1, "effort")])
    assert trial.weeks == pytest.approx(10 / 7, rel=0.1)
    busy = effort[0] * trial.weeks / (10 * 8)
    assert row[Subject("member", 0, "busy")] == pytest.approx(busy)


def test_one_run_is_not_enough():
    with pytest.raises(ValueError, match="at least two runs"):
        compare(desk(), NOW, NOW, range(1))


def test_promises_are_kept_up_to_the_promised_moment_without_the_customers_time():
    tickets = replace(desk().tickets, resolve_by=desk().tickets.arrival + 900.0)
    promising = replace(desk(), tickets=tickets)
    trial = prepare(promising, NOW, NOW)
    row = dict(zip(trial.subjects, run(trial, 1)[0].tolist(), strict=True))
    outcome = simulate(promising, policy="static-tiers", seed=1)
    in_time = outcome.resolved - outcome.customer <= tickets.resolve_by
    assert (outcome.resolved <= tickets.resolve_by).mean() < in_time.mean() - 0.02 < 0.95
    assert row[Subject("all", 0, "kept")] == pytest.approx(in_time.mean())
    assert row[Subject("all", 0, "answered")] == 1.0  # nothing was promised
    assert row[Subject("tier", 2, "resolution")] == pytest.approx(
        (outcome.resolved - outcome.arrival)[tickets.difficulty == 2].mean() / 60.0
    )


def test_the_runs_that_are_needed_are_those_of_the_t_test():
    """Differences of standard deviation 1 and a mean before of 20: d = 1, so n = 1.96² / 2 + (1.96 + 0.84)² = 9.8."""
    trial = prepare(desk(), NOW, NOW)
    dice = np.random.default_rng(0).standard_normal(400)
    noise = (dice - dice.mean()) / dice.std(ddof=1)
    rows = np.full((400, 2, len(trial.subjects)), 20.0)
    rows[:, 1] += noise[:, None]
    effect = summed(trial, rows).effects[0]
    assert effect.runs == 10 and effect.p == pytest.approx(1.0) and not effect.certain
    assert effect.high == pytest.approx(1.966 / 20.0, rel=0.01)


def test_who_works_on_the_runs_does_not_matter():
    alone = compare(desk(), NOW, replace(NOW, policy="round-robin"), range(2))
    shared = compare(
        desk(), NOW, replace(NOW, policy="round-robin"), range(2), workers=Workers(2, "threading")
    )
    assert repr(alone) == repr(shared)
