"""The incident log, split in time: our chances beside averages, frozen at the split and following the days after."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from time import process_time

import numpy as np
from rich.console import Console
from rich.table import Table
from scipy.stats import rankdata

from benchmarks.rating.incidents import Averages, Questions, questions
from benchmarks.shape import Figure, Options, Report, Value
from fengong.engine.rating.fit import fit
from fengong.engine.rating.online import Online
from fengong.engine.rating.outcomes import Bools, Floats
from fengong.engine.rating.predict import Work, predict
from fengong.engine.rating.priors import DAY, Priors, Scales
from fengong.engine.rating.ratings import Ratings

FADING = 0.5 ** (1 / 14.0)  # what a fading average keeps after a day: half after two weeks
_PLAIN = tuple(
    (f"{name}averages, weight {weight:g}", weight, keep)
    for name, keep in (("", 1.0), ("fading ", FADING))
    for weight in (1.0, 4.0, 10.0)
)
DRAWS = 500
# The grade here is the urgency, which may go either way. The tide is how fast the whole desk may change: a log of
# closed cases holds few long ones towards its end, so that stints near it are passed up less.
PRIORS = Priors(grade_step=(0.0, 0.8), scales=Scales(tide=0.1))


@dataclass(frozen=True)
class Told:
    """Chances of one teller for the questions asked after the split."""

    name: str
    chance: Floats


def report(options: Options) -> Report:
    """Frozen and following. Raises MissingData."""
    asked = questions(options)
    began = process_time()
    ratings = fit(asked.outcomes.where(asked.past), asked.members, PRIORS)
    seconds = process_time() - began
    frozen = _frozen(asked, ratings)
    following = _following(asked, ratings)
    notes: list[str] = []
    figures: list[Figure] = []
    summary: dict[str, Value] = {"log_fit_seconds": seconds}
    for manner, told in (("frozen", frozen), ("following", following)):
        _show(manner, told, asked)
        best = min(told[1:], key=lambda each: _log_loss(each.chance, _up(asked)))
        gains = _gains(told[0].chance, best.chance, asked)
        notes.append(f"{manner}, ours against the best averages ({best.name}): {_words(gains)}")
        (loss, least), (area, most) = (
            [measure(each.chance, _up(asked)) for each in (told[0], best)] for measure in (_log_loss, _auc)
        )
        figures.append(Figure(f"log loss, {manner}", loss, "", least, best.name))
        figures.append(Figure(f"AUC, {manner}", area, "", most, best.name, "more"))
        summary |= {f"{manner}_log_loss": loss, f"{manner}_auc": area}
    count = f"{int(asked.asked_after.sum())} stints after the split, {int(asked.past.sum())} before it"
    notes.append(f"log: {count}; intervals: bootstrap over cases, {DRAWS} draws, 95 %")
    notes.append(
        "following: once a day everything answered by then is taken in, by ours and by the averages alike"
    )
    return Report(tuple(figures), summary, tuple(notes))


def _up(asked: Questions) -> Bools:
    return asked.outcomes.escalated[asked.asked_after]


def _chances(ratings: Ratings, asked: Questions, which: Bools) -> Floats:
    o = asked.outcomes.where(which)
    return 1.0 - predict(ratings, o.member, Work(o.topic, o.grade, o.text_grade, o.kind, o.ticket)).chance


def _frozen(asked: Questions, ratings: Ratings) -> list[Told]:
    after = asked.asked_after
    told = [Told("ours", _chances(ratings, asked, after))]
    for name, weight, keep in _PLAIN:
        averages = _averages(asked, weight, keep)
        told.append(Told(name, averages.chance(asked.line[after], asked.product[after])))
    return told


def _averages(asked: Questions, weight: float, keep: float) -> Averages:
    """Averages of the past, of which a share `keep` is left after a day."""
    made, past = Averages(int(asked.product.max()) + 1, weight), asked.past
    age = (_split(asked) - asked.answered[past]) / DAY
    where = (asked.line[past], asked.product[past], asked.outcomes.escalated[past].astype(np.int64))
    np.add.at(made.counts, where, keep**age)
    return made


def _following(asked: Questions, ratings: Ratings) -> list[Told]:
    online = Online(ratings)
    told = [
        Told(
            "ours",
            _day_by_day(
                asked,
                lambda which: online.observe(asked.outcomes.where(which)),
                lambda which: _chances(online.ratings(), asked, which),
            ),
        )
    ]
    told += [Told(name, _average_days(asked, weight, keep)) for name, weight, keep in _PLAIN]
    return told


def _average_days(asked: Questions, weight: float, keep: float) -> Floats:
    averages = _averages(asked, weight, keep)

    def learn(which: Bools) -> None:
        averages.counts *= keep
        averages.observe(asked.line[which], asked.product[which], asked.outcomes.escalated[which])

    return _day_by_day(asked, learn, lambda which: averages.chance(asked.line[which], asked.product[which]))


def _split(asked: Questions) -> float:
    return float(asked.asked[asked.asked_after].min())


def _day_by_day(asked: Questions, learn: Callable[[Bools], None], tell: Callable[[Bools], Floats]) -> Floats:
    """Tell the questions of each day, then learn what was answered by its end."""
    chance = np.zeros(len(asked.asked))
    open_yet = ~asked.past
    for day in _days(asked):
        known = open_yet & (asked.answered <= day)
        learn(known)
        open_yet &= ~known
        now = asked.asked_after & (asked.asked >= day) & (asked.asked < day + DAY)
        if now.any():
            chance[now] = tell(now)
    return chance[asked.asked_after]


def _days(asked: Questions) -> Iterator[float]:
    yield from np.arange(_split(asked), float(asked.asked.max()) + DAY, DAY).tolist()


def _log_loss(chance: Floats, happened: Bools) -> float:
    return float(-np.log(np.where(happened, chance, 1.0 - chance)).mean())


def _auc(chance: Floats, happened: Bools) -> float:
    """The chance that of two stints, one passed up and one not, the first was given the higher one (Mann-Whitney)."""
    wins = rankdata(chance)[happened].sum() - happened.sum() * (happened.sum() + 1) / 2.0
    return float(wins / (happened.sum() * (~happened).sum()))


def _gains(ours: Floats, theirs: Floats, asked: Questions) -> Floats:
    """How much less log loss and more AUC: at the data, then 2.5 and 97.5 % of the draws, f64[2, 3]."""
    happened, rng = _up(asked), np.random.default_rng(7)
    _, case = np.unique(asked.outcomes.ticket[asked.asked_after], return_inverse=True)
    by_case = np.argsort(case, kind="stable")
    bounds = np.searchsorted(case[by_case], np.arange(case.max() + 2))
    draws = np.empty((DRAWS, 2))
    for i in range(DRAWS):
        picked = rng.integers(0, case.max() + 1, case.max() + 1)
        rows = np.concatenate([by_case[bounds[c] : bounds[c + 1]] for c in picked])
        draws[i] = _gain(ours[rows], theirs[rows], happened[rows])
    low, high = np.quantile(draws, (0.025, 0.975), axis=0)
    return np.stack([_gain(ours, theirs, happened), low, high], axis=1)


def _gain(ours: Floats, theirs: Floats, happened: Bools) -> Floats:
    less = _log_loss(theirs, happened) - _log_loss(ours, happened)
    return np.array([less, _auc(ours, happened) - _auc(theirs, happened)])


def _words(gains: Floats) -> str:
    names = ("log loss less by", "AUC more by")
    return "; ".join(
        f"{name} {mid:.4f} ({low:.4f} to {high:.4f})"
        for name, (mid, low, high) in zip(names, gains, strict=True)
    )


def _show(manner: str, told: list[Told], asked: Questions) -> None:
    table = Table(title=f"who passes a ticket up, {manner}", title_justify="left")
    for heading in ("", "log loss", "AUC", "first stints: log loss", "AUC"):
        table.add_column(heading, justify="left" if heading == "" else "right")
    first, happened = asked.first[asked.asked_after], _up(asked)
    for each in told:
        numbers = [measure(each.chance, happened) for measure in (_log_loss, _auc)]
        numbers += [measure(each.chance[first], happened[first]) for measure in (_log_loss, _auc)]
        table.add_row(each.name, *(f"{number:.4f}" for number in numbers))
    Console(width=110, highlight=False).print(table)
