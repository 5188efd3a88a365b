"""Saved views: who keeps them, who sees them, in which order, and how far they are counted."""

from __future__ import annotations

import pytest

from fengong.desk.actions.views import MOST, arrange_views, remove_view, save_view
from fengong.desk.models import View
from fengong.desk.reading.counting import BOUND, of_tabs
from fengong.desk.reading.views import views_of
from fengong.kernel.errors import Denied, Invalid, Missing
from fengong.kernel.models import Event
from tests.world import World


def _names(member) -> list[str]:
    return [view.name for view in views_of(member)]


def test_everybody_sees_shared_views_a_team_its_own_and_a_member_theirs(world: World):
    lead, at = world.wang_fang, world.now
    save_view(actor=world.li_na, member=world.li_na, name="mine", query="owner:me", at=at)
    save_view(actor=lead, team=world.teams["north"], name="north", query="team:north", at=at)
    save_view(actor=lead, name="all", query="status:live", at=at)
    assert _names(world.li_na) == ["all", "north", "mine"]
    assert _names(world.zhou_min) == ["all", "north"]
    assert _names(world.chen_li) == ["all"]


def test_only_who_may_curate_shares_views(world: World):
    with pytest.raises(Denied):
        save_view(actor=world.li_na, name="all", query="tier:1", at=world.now)
    with pytest.raises(Denied):
        save_view(actor=world.wang_fang, member=world.li_na, name="hers", query="tier:1", at=world.now)
    shared = save_view(actor=world.wang_fang, name="all", query="tier:1", at=world.now)
    with pytest.raises(Denied):
        remove_view(actor=world.li_na, view=shared, at=world.now)


def test_a_private_view_is_nobody_elses_to_change(world: World):
    view = save_view(actor=world.li_na, member=world.li_na, name="mine", query="tier:1", at=world.now)
    with pytest.raises(Denied):
        remove_view(actor=world.zhou_min, view=view, at=world.now)
    remove_view(actor=world.li_na, view=view, at=world.now)
    with pytest.raises(Missing):
        remove_view(actor=world.li_na, view=view, at=world.now)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"query": "status:nonsense"}, "query"),
        ({"name": " "}, "name"),
        ({"sort": "random"}, "sort"),
        ({"columns": ["salary"]}, "columns"),
    ],
)
def test_what_makes_no_view_is_refused(world: World, wrong: dict, field: str):
    given = {"name": "v", "query": "tier:1", "at": world.now, **wrong}
    with pytest.raises(Invalid) as refused:
        save_view(actor=world.wang_fang, **given)
    assert refused.value.field == field
    assert not View.objects.exists()


def test_views_are_changed_and_arranged(world: World):
    at, lead = world.now, world.wang_fang
    first, second = (save_view(actor=lead, name=name, query="tier:1", at=at) for name in "ab")
    arrange_views(actor=lead, views=[second, first], at=at)
    assert _names(lead) == ["b", "a"]
    save_view(actor=lead, view=first, name="c", query="tier:2", columns=["tags", "tags"], at=at)
    assert _names(lead) == ["b", "c"]
    assert View.objects.get(pk=first.pk).columns == ["tags"]
    verbs = ["view.saved", "view.saved", "view.arranged", "view.saved"]
    assert (
        list(Event.objects.filter(verb__startswith="view.").order_by("seq").values_list("verb", flat=True))
        == verbs
    )


def test_nobody_drowns_in_views(world: World):
    View.objects.bulk_create(View(name="x", query="tier:1") for _ in range(MOST))
    with pytest.raises(Invalid):
        save_view(actor=world.wang_fang, name="one more", query="tier:1", at=world.now)


def test_counts_are_of_unresolved_tickets_and_stop_at_the_bound(world: World):
    for number in range(3):
        world.ticket(f"{number}", priority=4)
    urgent = save_view(actor=world.wang_fang, name="u", query="priority:urgent", at=world.now)
    words = save_view(actor=world.wang_fang, name="w", query="退款", at=world.now)
    broken = View.objects.create(name="b", query="topic:gone")
    counts = of_tabs(world.li_na, [urgent, words, broken], at=world.now)
    assert counts == {"mine": 0, "team": 0, "unassigned": 3, f"v{urgent.pk}": 3}
    assert BOUND == 100


def test_me_in_a_shared_view_is_whoever_looks_at_it(world: World):
    view = save_view(actor=world.wang_fang, name="mine", query="owner:me OR watching:me", at=world.now)
    assert of_tabs(world.li_na, [view], at=world.now)[f"v{view.pk}"] == 0
