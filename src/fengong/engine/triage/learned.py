"""Triage learned from graded texts: TF-IDF over characters and two linear models, quick to fit and to ask.

Features: character 1-3-grams of the CJK part and 2-5-grams inside the words of the rest, each sublinear TF-IDF, so no
word segmentation and no language detection is needed. Topic and difficulty: multinomial logistic regression. Its
probabilities are calibrated by one temperature, fitted on every fourth text: p ~ softmax(logits / T), T minimising the
log loss (temperature scaling; Guo, Pleiss, Sun and Weinberger 2017).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix, hstack
from scipy.special import log_softmax, softmax
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from fengong.engine.triage.grade import Example, Grade
from fengong.engine.triage.urgency import priority_of

Floats = NDArray[np.float64]
Labels = NDArray[np.int64]

FEWEST = 20  # examples below which keywords know more
KEPT = 5
HELD_OUT = 4  # every fourth example calibrates
# Log temperature. Requests often repeat word for word; without a floor that would pass for certainty.
SHARPEST_TO_BLUNTEST = (-0.7, 2.0)
_CJK = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")


@dataclass(frozen=True, slots=True)
class LearnedGrader:
    """A fitted model; make it with `train`. Pure Python objects, so it can be pickled by whoever stores it."""

    features: _Features
    topics: _Linear
    difficulties: _Linear

    def grade(self, text: str, *, promised: int = 2) -> Grade:
        """Reads one text; see `grade.Grader`."""
        return self.grade_all([text], promised=[promised])[0]

    def grade_all(self, texts: Sequence[str], *, promised: Sequence[int]) -> list[Grade]:
        """Reads many texts in little more time than one."""
        if not texts:
            return []
        table = self.features.of(texts)
        says_something = np.diff(table.indptr) > 0
        read = zip(
            texts,
            promised,
            self.topics.ranked(table),
            self.difficulties.ranked(table),
            says_something,
            strict=True,
        )
        return [
            _grade(text, base, topics[:KEPT] if tells else (), difficulties[0][0])
            for text, base, topics, difficulties, tells in read
        ]


def _grade(text: str, promised: int, ranked: tuple[tuple[int, float], ...], difficulty: int) -> Grade:
    priority, signals = priority_of(text, promised=promised)
    return Grade(
        topic=ranked[0][0] if ranked else None,
        difficulty=difficulty,
        priority=priority,
        confidence=ranked[0][1] if ranked else 0.0,
        ranked=ranked,
        signals=signals,
    )


def train(examples: Sequence[Example]) -> LearnedGrader:
    """Fits a grader. Deterministic. Raises ValueError below FEWEST examples: use keywords until then."""
    if len(examples) < FEWEST:
        raise ValueError(
            f"{len(examples)} graded texts are too few to learn from; at least {FEWEST} are needed"
        )
    texts = [each.text for each in examples]
    topics = np.array([each.topic for each in examples])
    features = _Features.fitted(texts)
    table = features.of(texts)
    return LearnedGrader(
        features=features,
        topics=_calibrated(table, topics),
        difficulties=_Linear.fitted(table, np.array([each.difficulty for each in examples])),
    )


def _calibrated(table: csr_matrix, wanted: Labels) -> _Linear:
    """Fitted on everything, with the temperature that suited the examples held out of a first fit."""
    held_out = np.arange(len(wanted)) % HELD_OUT == 0
    first = _Linear.fitted(table[~held_out], wanted[~held_out])
    known = held_out & np.isin(wanted, first.labels)
    whole = _Linear.fitted(table, wanted)
    if len(first.labels) < 2 or not known.any():
        return whole
    logits, right = first.logits(table[known]), np.searchsorted(first.labels, wanted[known])

    def loss(log_temperature: float) -> float:
        chances = log_softmax(logits / np.exp(log_temperature), axis=1)
        return -float(chances[np.arange(len(right)), right].mean())

    found = minimize_scalar(loss, bounds=SHARPEST_TO_BLUNTEST, method="bounded")
    return replace(whole, temperature=float(np.exp(found.x)))


@dataclass(frozen=True, slots=True)
class _Features:
    cjk: TfidfVectorizer | None
    latin: TfidfVectorizer | None

    @classmethod
    def fitted(cls, texts: Sequence[str]) -> _Features:
        parts = [_split(text) for text in texts]
        return cls(
            cjk=_vectorizer("char", (1, 3), [cjk for cjk, _ in parts]),
            latin=_vectorizer("char_wb", (2, 5), [latin for _, latin in parts]),
        )

    def of(self, texts: Sequence[str]) -> csr_matrix:
        """One row of TF-IDF per text; both halves are scaled to length one."""
        parts = [_split(text) for text in texts]
        halves = [
            vectorizer.transform([part[side] for part in parts])
            for side, vectorizer in enumerate((self.cjk, self.latin))
            if vectorizer is not None
        ]
        return hstack(halves, format="csr")


@dataclass(frozen=True, slots=True)
class _Linear:
    """Labels i64[c], sorted; weights f64[c, features], bias f64[c]; temperature > 0."""

    labels: Labels
    weights: Floats
    bias: Floats
    temperature: float = 1.0

    @classmethod
    def fitted(cls, table: csr_matrix, wanted: Labels) -> _Linear:
        labels = np.unique(wanted)
        if len(labels) == 1:
            return cls(labels, np.zeros((1, table.shape[1])), np.zeros(1))
        model = LogisticRegression(C=10.0, max_iter=60, tol=1e-2).fit(table, wanted)
        if len(labels) == 2:  # the library keeps one row of weights for two classes
            return cls(
                labels,
                np.vstack((-model.coef_, model.coef_)) / 2,
                np.append(-model.intercept_, model.intercept_) / 2,
            )
        return cls(labels, model.coef_, model.intercept_)

    def logits(self, table: csr_matrix) -> Floats:
        return np.asarray(table @ self.weights.T + self.bias)

    def ranked(self, table: csr_matrix) -> list[tuple[tuple[int, float], ...]]:
        """Of each row the labels with their chances, best first."""
        chances = softmax(self.logits(table) / self.temperature, axis=1)
        order = np.argsort(-chances, axis=1, kind="stable")
        best = np.take_along_axis(chances, order, axis=1).tolist()
        return [
            tuple(zip(labels, row, strict=True))
            for labels, row in zip(self.labels[order].tolist(), best, strict=True)
        ]


def _vectorizer(analyzer: str, lengths: tuple[int, int], texts: list[str]) -> TfidfVectorizer | None:
    """None when no text has anything of this kind."""
    if not any(text.strip() for text in texts):
        return None
    rare = 2 if len(texts) >= 200 else 1
    made = TfidfVectorizer(
        analyzer=analyzer,
        ngram_range=lengths,
        min_df=rare,
        max_features=30_000,
        sublinear_tf=True,
        dtype=np.float32,
    )
    return made.fit(texts)


def _split(text: str) -> tuple[str, str]:
    """The CJK runs and the rest, each as one string, in lower case."""
    return " ".join(_CJK.findall(text)), _CJK.sub(" ", text).lower()
