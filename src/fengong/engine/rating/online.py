"""Learning from one outcome after another, between two batches."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from fengong.engine.rating.channels import HELD, LIKED, SOLVED, TIME, channel_values, loads, spreads
from fengong.engine.rating.kernels.assimilation import Known, Stream, Tools, take_in
from fengong.engine.rating.outcomes import Floats, Ints, Outcomes
from fengong.engine.rating.posterior import standard_normal
from fengong.engine.rating.priors import DAY
from fengong.engine.rating.ratings import Ratings
from fengong.engine.rating.shared import difficulty_places
from fengong.engine.rating.slots import EXTRA

_TURN = np.array([2, 3, 0, 1])  # minutes and satisfaction go first: these updates are exact
_ROOM = 64


class Online:
    """Ratings that follow outcomes as they come. Scales stay as they were; a batch now and then learns those.

    Changes itself in place; what it was made of stays as it was. An outcome costs some microseconds of arithmetic
    plus the cost of being called: give several at once where several are there.
    """

    def __init__(self, ratings: Ratings) -> None:
        self._base = ratings
        count = len(ratings.ticket)
        residue = np.zeros((count + _ROOM, 2))
        residue[:count] = np.stack([ratings.residue, ratings.residue_var], axis=1)
        self._known = Known(
            ratings.mean.copy(),
            ratings.cov.copy(),
            ratings.at.copy(),
            ratings.shared.copy(),
            ratings.spread.copy(),
            residue,
            np.array([ratings.at.max(initial=0.0)]),
        )
        self._seen = ratings.seen.copy()
        self._rows = {int(ticket): row for row, ticket in enumerate(ratings.ticket)}
        self._facts = np.zeros((count + _ROOM, 2))
        self._facts[:count, 0] = ratings.difficulty - ratings.residue
        self._facts[:count, 1] = ratings.difficulty_sd**2 - ratings.residue_var
        walk, tide = ratings.scales.drift**2 / DAY, ratings.scales.tide**2 / DAY
        self._tools = Tools(
            walk, tide, *standard_normal(), np.zeros(ratings.mean.shape[1]), np.zeros(len(ratings.shared))
        )

    def observe(self, outcomes: Outcomes) -> None:
        """Take in outcomes, in order of time. Raises ValueError where they do not fit the members."""
        outcomes = outcomes.checked(self._base.members)
        if not len(outcomes):
            return
        outcomes = outcomes.where(np.argsort(outcomes.at, kind="stable"))
        stream = self._stream(outcomes, self._rows_of(outcomes))
        take_in(self._known, stream, self._tools)
        told = outcomes.solved | outcomes.escalated
        np.add.at(self._seen, (outcomes.member[told], outcomes.topic[told]), 1.0)

    def ratings(self) -> Ratings:
        """Return what is known now; a copy."""
        known, count = self._known, len(self._rows)
        ticket = np.fromiter(self._rows, dtype=np.int64, count=count)
        order = np.argsort(ticket)
        residue, facts = known.residue[:count][order], self._facts[:count][order]
        return replace(
            self._base,
            mean=known.mean.copy(),
            cov=known.cov.copy(),
            at=known.at.copy(),
            seen=self._seen.copy(),
            shared=known.shared.copy(),
            spread=known.spread.copy(),
            ticket=ticket[order],
            difficulty=facts[:, 0] + residue[:, 0],
            difficulty_sd=np.sqrt(facts[:, 1] + residue[:, 1]),
            residue=residue[:, 0],
            residue_var=residue[:, 1],
        )

    def _rows_of(self, outcomes: Outcomes) -> Ints:
        """The rows of the outcomes' tickets; tickets not met before get one."""
        before = len(self._rows)
        rows = np.array([self._rows.setdefault(int(t), len(self._rows)) for t in outcomes.ticket])
        self._grow(len(self._rows))
        self._known.residue[before : len(self._rows)] = 0.0, self._base.scales.ticket**2
        places = difficulty_places(self._base.layout, outcomes)
        self._facts[rows, 0] = self._known.shared[places].sum(axis=1)
        self._facts[rows, 1] = self._known.spread[places[:, :, None], places[:, None, :]].sum(axis=(1, 2))
        return rows

    def _grow(self, count: int) -> None:
        room = len(self._facts)
        if count > room:
            more = np.zeros((max(count - room, room), 2))
            self._facts = np.concatenate([self._facts, more])
            self._known = self._known._replace(residue=np.concatenate([self._known.residue, more]))

    def _stream(self, outcomes: Outcomes, rows: Ints) -> Stream:
        attempt, kind, seen = channel_values(outcomes)
        order = np.lexsort((_TURN[kind], attempt))
        attempt, kind, seen = attempt[order], kind[order], seen[order]
        load = loads(self._base.scales)[kind]
        places, weights = self._shared_terms(outcomes, attempt, kind, load)
        return Stream(
            member=outcomes.member[attempt],
            topic=outcomes.topic[attempt],
            extra=np.where(kind == TIME, 1, np.where(kind == LIKED, EXTRA, 0)),
            row=rows[attempt],
            places=places,
            weights=weights,
            load=load,
            seen=seen,
            sd=spreads(self._base.scales)[kind],
            at=outcomes.at[attempt],
        )

    def _shared_terms(
        self, outcomes: Outcomes, attempt: Ints, kind: Ints, load: Floats
    ) -> tuple[Ints, Floats]:
        """The shared effects in each channel's predictor: difficulty, and what the channel has of its own."""
        layout = self._base.layout
        topic = outcomes.topic[attempt]
        harder = difficulty_places(layout, outcomes)[attempt]
        own = np.select(
            [kind == TIME, kind == LIKED, kind == HELD], [layout.time + topic, layout.liked, layout.holds], 0
        )
        sign = np.where(kind == TIME, -1.0, np.where(kind == SOLVED, 0.0, 1.0))
        failed = -((kind == TIME) & ~outcomes.solved[attempt]).astype(float)
        places = np.column_stack([harder, own, np.full(len(kind), layout.failed)])
        return places, np.column_stack([np.repeat(-load[:, None], harder.shape[1], axis=1), sign, failed])
