"""Skills: what each source says, which counts, ramps of newcomers, stretch work with somebody who stands by."""

from __future__ import annotations

from datetime import timedelta

import pytest

from fengong.kernel.actor import SYSTEM
from fengong.kernel.errors import Denied, Invalid, Missing
from fengong.people.actions import skills as verbs
from fengong.people.models import Skill, SkillEvidence, SkillRamp, SkillStretch
from tests.world import World


def said(world: World, name: str, topic: str = "accounts") -> dict[str, float]:
    rows = SkillEvidence.objects.filter(member=world.members[name], topic=world.topics[topic])
    return dict(rows.values_list("source", "level"))


def counts(world: World, name: str, topic: str = "accounts") -> tuple[int, str]:
    found = Skill.objects.get(member=world.members[name], topic=world.topics[topic])
    return found.proficiency, found.source


def state(world: World, name: str, level: int, source: str) -> None:
    verbs.set_skill(
        actor=SYSTEM, member=world.members[name], topic=world.topics["accounts"], proficiency=level, source=source,
        at=world.now,
    )  # fmt: skip


def learn(world: World, name: str, level: float, topic: str = "accounts") -> None:
    one = verbs.Learned(world.members[name].pk, world.topics[topic].pk, level, 0.4, 30)
    verbs.learn_skills(actor=SYSTEM, learned=[one], at=world.now)


def test_what_is_declared_assessed_and_learned_stand_side_by_side(world: World):
    state(world, "li_na", 3, "assessed")
    learn(world, "li_na", 2.2)
    learn(world, "li_na", 2.3)
    assert said(world, "li_na") == {"declared": 4, "assessed": 3, "learned": 2.3}
    assert counts(world, "li_na") == (3, "assessed")


def test_what_was_learned_counts_once_somebody_lets_it(world: World):
    learn(world, "li_na", 2.3)
    assert counts(world, "li_na") == (4, "declared")
    given = {"member": world.li_na, "topic": world.topics["accounts"], "source": "learned", "at": world.now}
    with pytest.raises(Denied):
        verbs.count_source(actor=world.sun_hao, **given)
    verbs.count_source(actor=world.wang_fang, **given)
    assert counts(world, "li_na") == (2, "learned")
    with pytest.raises(Missing):
        verbs.count_source(actor=SYSTEM, **given | {"source": "assessed"})


def test_a_newcomer_is_given_simple_work_until_the_ramp_widens(world: World):
    verbs.set_ramp(
        actor=SYSTEM, member=world.li_na, mentor=world.he_jie, difficulty=1, needed=5, at=world.now
    )
    assert counts(world, "li_na") == (1, "declared")
    state(world, "li_na", 5, "assessed")
    assert counts(world, "li_na") == (1, "assessed")
    for step, level in enumerate((2, 3, 5)):
        verbs.widen_ramp(actor=SYSTEM, member=world.li_na, at=world.now + timedelta(days=step))
        assert counts(world, "li_na")[0] == level
    assert not SkillRamp.objects.exists()


def test_stretch_work_goes_above_what_is_stated_and_ends(world: World):
    topic = world.topics["api"]
    given = {"member": world.sun_hao, "topic": topic, "level": 3, "until": world.now + timedelta(days=7)}
    verbs.stretch_skill(actor=world.wang_fang, mentor=world.he_jie, at=world.now, **given)
    assert counts(world, "sun_hao", "api") == (3, "declared")
    assert said(world, "sun_hao", "api") == {"declared": 1}
    verbs.end_stretch(actor=SYSTEM, member=world.sun_hao, topic=topic, at=world.now)
    assert counts(world, "sun_hao", "api") == (1, "declared")
    assert not SkillStretch.objects.exists()


@pytest.mark.parametrize("mentor", ["sun_hao", "li_na"])
def test_nobody_stands_by_who_could_not_do_the_work(world: World, mentor: str):
    with pytest.raises(Invalid):
        verbs.stretch_skill(
            actor=SYSTEM, member=world.sun_hao, topic=world.topics["api"], level=3,
            mentor=world.members[mentor], until=world.now + timedelta(days=7), at=world.now,
        )  # fmt: skip


def test_a_skill_that_is_dropped_is_stated_by_nobody_any_more(world: World):
    learn(world, "li_na", 2.3)
    verbs.drop_skill(actor=SYSTEM, member=world.li_na, topic=world.topics["accounts"], at=world.now)
    assert said(world, "li_na") == {"learned": 2.3}
    assert not Skill.objects.filter(member=world.li_na, topic=world.topics["accounts"]).exists()
