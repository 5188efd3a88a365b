"""What is worth telling about a comparison, what matters most first. Codes and numbers; the words are the caller's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import inf, sqrt
from typing import Literal

from fengong.engine.simulation.whatif.comparison import Comparison, Effect
from fengong.engine.simulation.whatif.subject import Kind

Code = Literal["identical", "differs", "balance", "unclear"]
WEIGHTS = {
    "wait": 1.0,
    "resolution": 1.0,
    "kept": 1.0,
    "answered": 0.8,
    "effort": 0.8,
    "handovers": 0.4,
    "right_first": 0.3,
    "spread": 0.3,
}
"""How much a figure matters when findings are put in order. `busy` and `taken` say what `effort` says."""
_SHARES = ("kept", "answered", "right_first")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to tell.

    `identical`: nothing differs in any run. `differs`: `effect` is certain; its sign is the direction, its `standing`
    who is better off, `change` the size, `low` and `high` the interval, `confidence` how sure it is that the sign is
    right. `balance`: of `count` subjects of `kind`, `gains` are better off in `figure` for certain and `pays` worse.
    `unclear`: no difference can be seen in `effect`, whose `runs` would be needed to see one of a twentieth.
    """

    code: Code
    kind: Kind
    figure: str
    importance: float
    effect: Effect | None = None
    gains: int = 0
    pays: int = 0
    count: int = 0

    @property
    def confidence(self) -> float:
        """One minus the adjusted p-value; 1 when nothing differs."""
        return 1.0 if self.effect is None else 1.0 - self.effect.p


def findings(comparison: Comparison) -> tuple[Finding, ...]:
    """Return all findings, the most important first.

    Importance is the weight of the figure times the relative change, 1 at most, times the root of the share of tickets
    or members concerned: half of a change that everybody feels counts as much as the whole for a quarter of them. The
    change of a share is taken relative to it or to what is missing, whichever is less: from 90 % of promises kept to
    95 % halves those broken.
    """
    if comparison.identical:
        return (Finding("identical", "all", "", inf),)
    found = [
        Finding("differs", e.subject.kind, e.subject.figure, _importance(e), e)
        for e in comparison.effects
        if e.certain and e.change and e.subject.figure in WEIGHTS
    ]
    found += _balances(comparison)
    found += [
        Finding("unclear", "all", e.subject.figure, -2.0 + WEIGHTS[e.subject.figure], e)
        for e in comparison.effects
        if e.subject.kind == "all" and e.subject.figure in WEIGHTS and not (e.certain and e.change)
    ]
    return tuple(sorted(found, key=lambda finding: -finding.importance))


def _importance(effect: Effect) -> float:
    return WEIGHTS[effect.subject.figure] * min(_size(effect), 1.0) * sqrt(effect.reach)


def _size(effect: Effect) -> float:
    if effect.subject.figure not in _SHARES:
        return abs(effect.relative)
    smaller = min(effect.before, 1.0 - effect.before)
    return abs(effect.change) / smaller if smaller > 0 else inf


def _balances(comparison: Comparison) -> Iterable[Finding]:
    """How many gain and pay, in what their group waits and in what they work; told before the single ones of it."""
    asked: tuple[tuple[Kind, str], ...] = (("group", "wait"), ("group", "resolution"), ("member", "effort"))
    for kind, figure in asked:
        there = [e for e in comparison.of(kind, figure) if e.p == e.p]
        certain = [e for e in there if e.standing]
        if certain and len(there) > 1:
            gains = sum(e.standing > 0 for e in certain)
            most = max(_importance(e) for e in certain)
            yield Finding(
                "balance",
                kind,
                figure,
                most * sqrt(len(certain)),
                None,
                gains,
                len(certain) - gains,
                len(there),
            )
