"""One outcome after another: near what a batch learns, following drift, starting from what is declared."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.rating.truth import Shape, simulate
from fengong.engine.rating.fit import fit
from fengong.engine.rating.online import Online
from fengong.engine.rating.outcomes import Members
from fengong.engine.rating.predict import Work, predict
from fengong.engine.rating.priors import DAY, Priors, Scales
from fengong.engine.rating.ratings import cold, restored, welcomed
from tests.engine.rating.desks import attempts, joined, learned, numbered, small, team


def test_following_from_the_middle_ends_near_the_batch():
    truth, whole = small(), learned()
    o = truth.outcomes
    early = o.at < np.median(o.at)
    start = fit(o.where(early), truth.members, Priors(scales=whole.scales, learn=False))
    online = Online(start)
    online.observe(o.where(~early))
    now, cells = online.ratings(), whole.seen >= 20
    assert (now.seen == whole.seen).all()
    assert np.corrcoef(now.ability[cells], whole.ability[cells])[0, 1] > 0.98
    gap = np.abs(now.ability - whole.ability)[cells]
    assert gap.mean() < 0.6 * whole.ability_sd[cells].mean()
    before = np.abs(start.ability - whole.ability)[cells]
    assert gap.mean() < 0.7 * before.mean()
    assert now.ability_sd[cells].mean() == pytest.approx(whole.ability_sd[cells].mean(), rel=0.25)


def test_one_by_one_is_the_same_as_all_at_once():
    truth = small()
    some = truth.outcomes.where(np.arange(60))
    together, single = Online(learned()), Online(learned())
    together.observe(some)
    for place in np.argsort(some.at, kind="stable"):
        single.observe(some.where(np.array([place])))
    assert np.allclose(together.ratings().mean, single.ratings().mean, atol=1e-12)
    assert np.allclose(together.ratings().difficulty, single.ratings().difficulty, atol=0.05)


def test_what_it_was_made_of_stays_as_it_was():
    ratings = learned()
    before = {name: array.copy() for name, array in ratings.arrays().items()}
    Online(ratings).observe(small().outcomes.where(np.arange(30)))
    assert all(np.array_equal(before[name], array) for name, array in ratings.arrays().items())


@pytest.mark.parametrize("way", ["online", "batch"])
def test_a_member_who_gets_better_is_followed(way):
    """Of two members with the same first half, one rises by 2 logits; ten others give the tickets their difficulty."""
    rng, parts = np.random.default_rng(4), []
    for half, edges in enumerate(((0.0, 0.0), (2.0, 0.0))):
        for member in range(12):
            edge = edges[member] if member < 2 else 0.0
            solved = rng.random(150) < 1 / (1 + np.exp(-edge))
            at = (90.0 * half + np.sort(rng.uniform(0, 90, 150))) * DAY
            parts.append(numbered(attempts(member, solved, at=at), 1000 * len(parts)))
    everything, members = joined(*parts), team(np.full((12, 1), 3.0))
    moving = Priors(scales=Scales(drift=0.12, ticket=0.3), learn=False)
    still = fit(everything, members, Priors(scales=Scales(ticket=0.3), learn=False)).ability[:, 0]
    if way == "batch":
        now = fit(everything, members, moving).ability[:, 0]
    else:
        online = Online(cold(members, moving))
        online.observe(everything)
        now = online.ratings().ability[:, 0]
    assert still[0] - still[1] < 1.5
    assert 1.4 < now[0] - now[1] < 2.6


@pytest.mark.parametrize("way", ["online", "batch"])
def test_when_everything_gets_harder_nobody_is_blamed(way):
    """In the second half all tickets are 2 logits harder for the same ten members."""
    rng, parts = np.random.default_rng(9), []
    for half, edge in enumerate((1.0, -1.0)):
        for member in range(10):
            at = (60.0 * half + np.sort(rng.uniform(0, 60, 100))) * DAY
            parts.append(
                numbered(
                    attempts(member, rng.random(100) < 1 / (1 + np.exp(-edge)), at=at), 1000 * len(parts)
                )
            )
    everything, members = joined(*parts), team(np.full((10, 1), 3.0))
    priors = Priors(scales=Scales(tide=0.2, ticket=0.3), learn=False)
    if way == "batch":
        now = fit(everything, members, priors)
    else:
        online = Online(cold(members, priors))
        online.observe(everything)
        now = online.ratings()
    zero = np.zeros(10, dtype=np.int64)
    found = predict(now, np.arange(10), Work(zero, zero + 2, zero, zero, zero - 1))
    assert found.chance.mean() == pytest.approx(1 / (1 + np.exp(1.0)), abs=0.08)
    assert np.abs(now.ability).max() < 0.6
    assert (fit(everything, members).shared[0] - fit(everything, members, priors).shared[0]) < -0.5


def test_a_quiet_month_makes_less_certain():
    ratings = learned()
    drifting = replace(ratings, scales=replace(ratings.scales, drift=0.05))
    online = Online(drifting)
    later = attempts(3, [True], ticket=999_999, at=ratings.at.max() + 60 * DAY)
    online.observe(later)
    now = online.ratings()
    assert now.ability_sd[3, 1] > ratings.ability_sd[3, 1]
    assert now.ability_sd[4, 1] == ratings.ability_sd[4, 1]
    batch = simulate(Shape(members=24, topics=3, tickets=600), 1)
    steady = Priors(scales=Scales(drift=0.05), learn=False)
    soon, late = (fit(batch.outcomes, batch.members, steady, now=day * DAY) for day in (180.0, 400.0))
    assert (late.ability_sd > soon.ability_sd).all()


def test_a_cold_start_believes_what_is_declared():
    members = team([[1, 3], [3, 3], [5, 3], [0, 3]])
    start = cold(members, Priors())
    assert start.ability[0, 0] < start.ability[1, 0] < start.ability[2, 0]
    assert (start.ability_sd > 0.5).all() and (start.ability_sd < 2.0).all()
    online = Online(start)
    online.observe(attempts(0, np.ones(40)))
    online.observe(numbered(attempts(2, np.zeros(40)), 100))
    now = online.ratings()
    assert now.ability[0, 0] > now.ability[2, 0]
    assert now.ability[0, 1] > start.ability[0, 1]  # a general part tells about other topics
    assert now.ability_sd[0, 1] > now.ability_sd[0, 0]


def test_whoever_joins_starts_from_what_their_like_can_do():
    ratings, old = learned(), small().members
    tiers = np.array([[0], [2], [2]])
    added = np.array([[3.0] * 5, [3.0] * 5, [5.0] * 5])
    together = Members(np.concatenate([old.declared, added]), np.concatenate([old.groups, tiers]))
    now = welcomed(ratings, together, at=7.0)
    low, high, higher = now.ability[24:].mean(axis=1)
    assert low + 0.5 < high < higher
    assert (now.ability[:24] == ratings.ability).all() and (now.at[24:] == 7.0).all()
    assert now.ability_sd[24:].min() > ratings.ability_sd[ratings.seen >= 30].max()
    online = Online(now)
    online.observe(attempts(25, np.ones(30), ticket=99_999, at=8.0))
    assert online.ratings().ability[25, 0] > now.ability[25, 0]
    with pytest.raises(ValueError, match="only be added"):
        welcomed(ratings, Members(together.declared, together.groups + 1), at=7.0)


def test_nothing_seen_is_a_cold_start():
    members = team([[1, 0], [4, 5]])
    none = attempts(0, np.zeros(0))
    a, b = fit(none, members).arrays(), cold(members, Priors()).arrays()
    assert all(np.array_equal(a[name], b[name]) for name in b)
    assert fit(none, team(np.zeros((0, 2)))).ability.shape == (0, 2)


def test_ratings_survive_a_store(tmp_path):
    tidal = fit(small().outcomes, small().members, Priors(scales=Scales(tide=0.1), learn=False))
    for ratings in (tidal, learned()):
        np.savez(tmp_path / "ratings.npz", **ratings.arrays())
        with np.load(tmp_path / "ratings.npz") as stored:
            again = restored(stored)
        assert again.layout == ratings.layout and again.scales == ratings.scales
        assert again.arrays().keys() == ratings.arrays().keys()
        assert all(np.array_equal(array, ratings.arrays()[name]) for name, array in again.arrays().items())
    assert tidal.layout.ages > 20
    some = small().outcomes.where(np.arange(20))
    both = [Online(ratings) for ratings in (again, learned())]
    for online in both:
        online.observe(some)
    assert np.array_equal(both[0].ratings().mean, both[1].ratings().mean)


def test_an_earlier_failure_tells_that_a_ticket_is_hard():
    online = Online(learned())
    online.observe(attempts(23, [False], ticket=999_999, at=learned().at.max()))
    now = online.ratings()
    place = np.searchsorted(now.ticket, 999_999)
    assert now.residue[place] > 0.1 and now.residue_var[place] < learned().scales.ticket ** 2
