"""Desks with a known truth: abilities, difficulties, and outcomes under tiered routing with escalation.

`plain` follows much of the model that is learned; `crooked` does not: abilities act through another link with slips and
lucky guesses, topics differ in how sharply they tell people apart, difficulties have heavy tails, times follow a gamma
distribution and depend on pace, satisfaction comes in five steps, and for some tickets the router knows more about
their difficulty than the record says.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fengong.engine.rating.outcomes import Floats, Ints, Members, Outcomes

DAY = 1440.0
TIER_ABILITY = (-0.8, 0.3, 1.5)
GRADE_DIFFICULTY = (-1.4, 0.4, 2.0)


@dataclass(frozen=True)
class Shape:
    """How large, and how crooked."""

    members: int = 60
    topics: int = 12
    tickets: int = 20_000
    crooked: bool = False
    days: float = 180.0
    drift: float = 0.0  # logits per square root of a day


@dataclass(frozen=True)
class Ticket:
    """One customer matter as it is, as it was graded, and when it came."""

    number: int
    topic: int
    difficulty: float
    grade: int
    text_grade: int
    at: float


@dataclass(frozen=True)
class Truth:
    """`ability` f64[m, K] at the end, around the average member; `difficulty` f64[n]; what was seen of it."""

    ability: Floats
    difficulty: Floats
    tier: Ints
    members: Members
    outcomes: Outcomes


def simulate(shape: Shape, seed: int) -> Truth:
    """A desk of three tiers. Deterministic."""
    return _Desk(shape, np.random.default_rng(seed)).run()


class _Desk:
    def __init__(self, shape: Shape, rng: np.random.Generator) -> None:
        self.shape, self.rng = shape, rng
        m, k = shape.members, shape.topics
        self.tier = np.sort(np.repeat([0, 1, 2], [m - m // 3 - m // 6, m // 3, m // 6]))
        self.ability = (
            np.array(TIER_ABILITY)[self.tier][:, None]
            + rng.normal(0, 0.5, (m, 1))
            + rng.normal(0, 0.7, (m, k))
        )
        self.ability -= self.ability.mean()
        self.knows = self._competence()
        self.pace = rng.normal(0, 0.25, m)
        self.manner = rng.normal(0, 0.25, m)
        self.sharpness = np.exp(rng.normal(0, 0.25, k)) if shape.crooked else np.ones(k)
        self.rows: list[tuple[float, ...]] = []

    def _competence(self) -> np.ndarray:
        """Which topics each member takes: four, five or seven of them."""
        knows = np.zeros(self.ability.shape, dtype=bool)
        for member, tier in enumerate(self.tier):
            count = min(self.shape.topics, (4, 5, 7)[tier])
            knows[member, self.rng.choice(self.shape.topics, count, replace=False)] = True
        return knows

    def run(self) -> Truth:
        shape, rng = self.shape, self.rng
        popularity = 1.0 / np.arange(2, shape.topics + 2)
        topic = rng.choice(shape.topics, shape.tickets, p=popularity / popularity.sum())
        by_topic = rng.normal(0, 0.4, shape.topics)
        kind = rng.choice(3, shape.tickets, p=(0.5, 0.3, 0.2))
        noise = rng.standard_t(4, shape.tickets) * 0.6 if shape.crooked else rng.normal(0, 0.8, shape.tickets)
        difficulty = by_topic[topic] + np.array(GRADE_DIFFICULTY)[kind] + noise
        grade, text = self._graded(kind, 0.85), self._graded(kind, 0.7)
        at = np.sort(rng.uniform(0, shape.days * DAY, shape.tickets))
        walk = shape.drift * np.sqrt(np.diff(at, prepend=0.0) / DAY)
        for j in range(shape.tickets):
            if shape.drift:
                self.ability += walk[j] * rng.standard_normal(self.ability.shape)
            self._handle(
                Ticket(j, int(topic[j]), float(difficulty[j]), int(grade[j]), int(text[j]), float(at[j]))
            )
        return self._truth(difficulty)

    def _graded(self, kind: Ints, right: float) -> Ints:
        """Grades 1..3, right with this chance."""
        off = np.clip(kind + self.rng.choice((-1, 1), len(kind)), 0, 2)
        return np.where(self.rng.random(len(kind)) < right, kind, off) + 1

    def _handle(self, ticket: Ticket) -> None:
        """To the tier of its grade, and up a tier with each failure; three attempts at most."""
        tier = self._first_tier(ticket)
        tried: list[int] = []
        for attempt in range(3):
            tried.append(self._pick(ticket, tier, tried))
            if self._attempt(ticket, tried[-1], ticket.at + 60.0 * attempt):
                return
            tier = min(tier + 1, 2)

    def _first_tier(self, ticket: Ticket) -> int:
        known = self.shape.crooked and self.rng.random() < 0.25
        return int(np.searchsorted((-0.5, 1.2), ticket.difficulty)) if known else ticket.grade - 1

    def _pick(self, ticket: Ticket, tier: int, tried: list[int]) -> int:
        """Somebody of the tier who knows the topic, the more able the rather the harder it is."""
        able = np.flatnonzero((self.tier == tier) & self.knows[:, ticket.topic])
        able = np.setdiff1d(able, tried)
        if not len(able):
            able = np.setdiff1d(np.flatnonzero(self.tier == tier), tried)
        pull = np.exp(0.5 * (ticket.grade - 1) * self.ability[able, ticket.topic])
        return int(self.rng.choice(able, p=pull / pull.sum()))

    def _attempt(self, ticket: Ticket, who: int, at: float) -> bool:
        rng, edge = self.rng, float(self.ability[who, ticket.topic] - ticket.difficulty)
        solved = bool(rng.random() < self._chance(self.sharpness[ticket.topic] * edge))
        reopened = solved and bool(rng.random() > 1.0 / (1.0 + np.exp(-2.2 - 0.6 * edge)))
        minutes = self._minutes(who, edge, solved)
        liked = self._liked(who, edge) if rng.random() < 0.4 else float("nan")
        facts = (ticket.topic, ticket.number, ticket.grade, ticket.text_grade)
        self.rows.append((who, *facts, solved, reopened, liked, minutes, at))
        return solved

    def _chance(self, edge: float) -> float:
        if not self.shape.crooked:
            return float(1.0 / (1.0 + np.exp(-edge)))
        return float(0.02 + 0.95 * (1.0 - np.exp(-np.exp(0.8 * edge - 0.3))))

    def _minutes(self, who: int, edge: float, solved: bool) -> float:
        middle = np.exp(3.2 - self.pace[who] - 0.2 * edge - (0.0 if solved else 0.3))
        if self.shape.crooked:
            return float(middle * self.rng.gamma(2.0, 0.5) + 0.5)
        return float(middle * np.exp(self.rng.normal(0, 0.6)))

    def _liked(self, who: int, edge: float) -> float:
        liked = 3.8 + self.manner[who] + 0.3 * edge + self.rng.normal(0, 0.9)
        return float(np.clip(np.round(liked), 1, 5)) if self.shape.crooked else float(liked)

    def _truth(self, difficulty: Floats) -> Truth:
        rows = np.array(self.rows)
        whole = rows[:, :5].astype(np.int64)
        solved = rows[:, 5] == 1
        declared = np.clip(
            np.round(3.0 + 0.6 * self.ability + self.rng.normal(0, 0.8, self.ability.shape)), 1, 5
        )
        declared[~self.knows] = 0.0
        return Truth(
            ability=self.ability - self.ability.mean(),
            difficulty=difficulty,
            tier=self.tier,
            members=Members(declared, self.tier[:, None].copy()),
            outcomes=Outcomes(
                member=whole[:, 0],
                topic=whole[:, 1],
                ticket=whole[:, 2],
                grade=whole[:, 3],
                text_grade=whole[:, 4],
                kind=np.zeros(len(whole), dtype=np.int64),
                solved=solved,
                escalated=~solved,
                reopened=rows[:, 6] == 1,
                satisfaction=rows[:, 7],
                minutes=rows[:, 8],
                at=rows[:, 9],
            ),
        )
