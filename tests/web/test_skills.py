"""The page Skills: the matrix, what each source says, and what a lead changes there."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext

from fengong.kernel.actor import SYSTEM
from fengong.people.actions import skills as verbs
from fengong.people.actions.members import add_member
from fengong.people.models import Skill, SkillRamp, SkillStretch
from tests.web.conftest import Reader
from tests.world import World


def place(world: World, name: str, topic: str = "accounts") -> tuple[int, int]:
    return world.members[name].pk, world.topics[topic].pk


def opened(reader: Reader, world: World, name: str, topic: str = "accounts") -> str:
    member, about = place(world, name, topic)
    return reader.fragment(f"/division/skills?member={member}&topic={about}").text


def test_the_matrix_shows_the_level_work_is_given_by(world: World, reader: Callable[..., Reader]):
    shown = reader(world.wang_fang).get("/division/skills").text
    assert 'aria-label="李娜, Accounts: 4"' in shown
    assert 'aria-label="李娜, API: none"' in shown


def test_a_learned_level_stands_beside_the_declared_one_and_an_arrow_says_that_it_is_lower(
    world: World, reader: Callable[..., Reader]
):
    lead, (member, topic) = reader(world.wang_fang), place(world, "li_na")
    verbs.set_skill(
        actor=SYSTEM, member=world.li_na, topic=world.topics["accounts"], proficiency=4, source="declared",
        at=world.now,
    )  # fmt: skip
    verbs.learn_skills(actor=SYSTEM, learned=[verbs.Learned(member, topic, 2.1, 0.4, 33)], at=world.now)
    assert "trending-down" in lead.get("/division/skills").text.split("</table>")[0]
    shown = opened(lead, world, "li_na")
    assert "4.0" in shown and "2.1" in shown and "± 0.4" in shown and "from 33 tickets" in shown
    lead.post(f"/division/skills/{member}/{topic}/source", {"source": "learned"})
    assert Skill.objects.get(member=member, topic=topic).proficiency == 2


def test_a_lead_states_a_level_gives_stretch_work_and_begins_a_ramp(
    world: World, reader: Callable[..., Reader]
):
    lead, (member, topic) = reader(world.wang_fang), place(world, "sun_hao", "api")
    lead.post(f"/division/skills/{member}/{topic}/level", {"level": 2, "source": "assessed"})
    assert Skill.objects.get(member=member, topic=topic).source == "assessed"
    mentor = world.he_jie.pk
    lead.post(f"/division/skills/{member}/{topic}/stretch", {"level": 3, "days": 7, "mentor": mentor})
    assert SkillStretch.objects.get().mentor_id == mentor
    assert "何洁 follows each such ticket" in opened(lead, world, "sun_hao", "api")
    lead.post(f"/division/skills/{member}/ramp", {"difficulty": 1, "needed": 5, "topic": topic})
    assert SkillRamp.objects.get().member_id == member
    lead.post(f"/division/skills/{member}/ramp", {"end": "1", "topic": topic})
    lead.post(f"/division/skills/{member}/{topic}/stretch", {"end": "1"})
    assert Skill.objects.get(member=member, topic=topic).proficiency == 2
    lead.post(f"/division/skills/{member}/{topic}/level", {"level": 0, "source": "assessed"})
    assert not Skill.objects.filter(member=member, topic=topic).exists()


def test_those_who_may_not_state_levels_see_no_form_and_are_refused(
    world: World, reader: Callable[..., Reader]
):
    agent, (member, topic) = reader(world.li_na), place(world, "sun_hao")
    assert "State a level" not in opened(agent, world, "sun_hao")
    answer = agent.post(f"/division/skills/{member}/{topic}/level", {"level": 5, "source": "declared"})
    assert answer.status_code == 403


def test_who_may_not_see_colleagues_sees_themselves(world: World, reader: Callable[..., Reader]):
    shown = reader(world.tang_yun).get("/division/skills").text
    assert "李娜" not in shown


def test_the_matrix_asks_as_many_statements_for_more_people(world: World, reader: Callable[..., Reader]):
    lead = reader(world.wang_fang)
    lead.get("/division/skills")
    with CaptureQueriesContext(connection) as few:
        lead.get("/division/skills")
    for name in ("x", "y", "z"):
        member = add_member(
            actor=SYSTEM, team=world.teams["north"], position=world.positions["l1"], display_name=name,
            at=world.now,
        )  # fmt: skip
        verbs.set_skill(
            actor=SYSTEM, member=member, topic=world.topics["api"], proficiency=2, source="declared",
            at=world.now,
        )  # fmt: skip
    with CaptureQueriesContext(connection) as more:
        lead.get("/division/skills")
    assert len(few) == len(more)
