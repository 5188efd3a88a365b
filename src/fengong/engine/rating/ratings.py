"""What is known of members and tickets at one moment: plain arrays, to be read, stored and carried on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

import numpy as np

from fengong.engine.rating.outcomes import Floats, Ints, Members
from fengong.engine.rating.priors import Priors, Scales
from fengong.engine.rating.shared import Layout, Terms, ability_terms, belief, layout_of
from fengong.engine.rating.slots import EXTRA, covariance

Z90 = 1.6448536269514722  # the 95 % point of the standard normal: a 90 % interval is this many deviations each way


@dataclass(frozen=True, slots=True)
class Ratings:
    """`members`, topics and scales they belong to; K topics, s shared effects (see `shared.Layout`).

    `mean` f64[m, K + 2], `cov` f64[m, K + 2, K + 2]: each member's ability by topic, then pace and manner, as of `at`
    f64[m] minutes. `seen` f64[m, K] attempts that told something. `shared` f64[s], `spread` f64[s, s]: the shared
    effects and their covariance. `ticket` i64[n] ascending: tickets with outcomes, their `difficulty`,
    `difficulty_sd`, and the mean and variance of their residue `residue`, `residue_var` f64[n].
    """

    members: Members
    scales: Scales
    layout: Layout
    mean: Floats
    cov: Floats
    at: Floats
    seen: Floats
    shared: Floats
    spread: Floats
    ticket: Ints
    difficulty: Floats
    difficulty_sd: Floats
    residue: Floats
    residue_var: Floats

    @property
    def ability(self) -> Floats:
        """Mean ability, f64[m, K] logits."""
        return self.mean[:, : self.layout.topics]

    @property
    def ability_sd(self) -> Floats:
        """Standard deviation of what is known of ability, f64[m, K]."""
        variances = np.diagonal(self.cov, axis1=1, axis2=2)[:, : self.layout.topics]
        return np.sqrt(np.maximum(variances, 0.0))

    def interval(self, z: float = Z90) -> tuple[Floats, Floats]:
        """Ability from and to, f64[m, K] each; 90 % unless told."""
        return self.ability - z * self.ability_sd, self.ability + z * self.ability_sd

    def arrays(self) -> dict[str, Floats | Ints]:
        """Return everything as arrays by name, for a file or a database; `restored` is the way back."""
        own = {f.name: getattr(self, f.name) for f in fields(self) if f.name not in _NESTED}
        scales = asdict(self.scales)
        groups = np.array(scales.pop("groups"), dtype=float)
        return own | {
            "declared": self.members.declared,
            "groups": self.members.groups,
            "scales": np.array(list(scales.values()), dtype=float),
            "group_scales": groups,
            "sizes": np.array([self.layout.kinds, self.layout.ages, *self.layout.sizes], dtype=np.int64),
            "centre": np.array([self.layout.level, self.layout.silent]),
        }


_NESTED = ("members", "scales", "layout")
_SCALES = tuple(field.name for field in fields(Scales) if field.name != "groups")


def restored(arrays: Mapping[str, Floats | Ints]) -> Ratings:
    """Return the ratings that `arrays` were made of. Raises KeyError where one is missing."""
    members = Members(
        np.asarray(arrays["declared"], dtype=float), np.asarray(arrays["groups"], dtype=np.int64)
    )
    numbers = dict(zip(_SCALES, np.asarray(arrays["scales"]).tolist(), strict=True))
    level, silent = np.asarray(arrays["centre"]).tolist()
    kinds, ages, *sizes = np.asarray(arrays["sizes"]).tolist()
    own: dict[str, Any] = {f.name: np.array(arrays[f.name]) for f in fields(Ratings) if f.name not in _NESTED}
    return Ratings(
        members=members,
        scales=Scales(**numbers, groups=tuple(np.asarray(arrays["group_scales"]).tolist())),
        layout=Layout(members.declared.shape[1], kinds, tuple(sizes), level, silent, ages),
        **own,
    )


def cold(members: Members, priors: Priors, *, at: float = 0.0) -> Ratings:
    """Return what is believed of members before any outcome."""
    members = members.checked()
    layout = layout_of(members)
    scales = priors.scales_for(len(layout.sizes))
    before = belief(layout, priors, scales, members)
    spread = np.asarray(np.linalg.inv(before.precision), dtype=np.float64)
    count, topics = members.declared.shape
    none = np.zeros(0)
    mean, cov = newcomers(layout, scales, ability_terms(layout, members), before.mean, spread)
    return Ratings(
        members=members,
        scales=scales,
        layout=layout,
        mean=mean,
        cov=cov,
        at=np.full(count, at),
        seen=np.zeros((count, topics)),
        shared=before.mean,
        spread=spread,
        ticket=np.zeros(0, dtype=np.int64),
        difficulty=none,
        difficulty_sd=none,
        residue=none,
        residue_var=none,
    )


def welcomed(ratings: Ratings, members: Members, *, at: float) -> Ratings:
    """Return the ratings with members added at the end, believed to be what they and their groups are declared to be.

    The declarations of those there before stay as they were learned with. Raises ValueError where members are missing
    or belong to a group that was not there.
    """
    members, count = members.checked(), len(ratings.mean)
    if len(members.declared) < count or any(
        a > b for a, b in zip(members.sizes, ratings.layout.sizes, strict=True)
    ):
        raise ValueError("members may only be added, and to groups that are there")
    new = Members(members.declared[count:], members.groups[count:])
    terms = ability_terms(ratings.layout, new)
    mean, cov = newcomers(ratings.layout, ratings.scales, terms, ratings.shared, ratings.spread)
    old = ratings.members
    return replace(
        ratings,
        members=Members(
            np.concatenate([old.declared, new.declared]), np.concatenate([old.groups, new.groups])
        ),
        mean=np.concatenate([ratings.mean, mean]),
        cov=np.concatenate([ratings.cov, cov]),
        at=np.concatenate([ratings.at, np.full(len(new.declared), at)]),
        seen=np.concatenate([ratings.seen, np.zeros(new.declared.shape)]),
    )


def newcomers(
    layout: Layout, scales: Scales, terms: Terms, shared: Floats, spread: Floats
) -> tuple[Floats, Floats]:
    """Mean f64[m, K + 2] and covariance of members of whom only declarations and groups are known."""
    count, topics = terms.weights.shape[:2]
    mean, cov = np.zeros((count, topics + EXTRA)), np.zeros((count, topics + EXTRA, topics + EXTRA))
    mean[:, :topics] = (terms.weights * shared[terms.places][:, None, :]).sum(axis=2)
    own = covariance(scales, np.arange(topics), np.zeros(topics), np.arange(topics), np.zeros(topics))
    for member in range(count):
        places, weights = terms.places[member], terms.weights[member]
        cov[member, :topics, :topics] = own + weights @ spread[np.ix_(places, places)] @ weights.T
    cov[:, topics, topics], cov[:, topics + 1, topics + 1] = scales.pace**2, scales.manner**2
    return mean, cov
