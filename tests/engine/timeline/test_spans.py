"""Spans against a count of single minutes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fengong.engine.timeline.spans import common, length, overlap, spans, without

pairs = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=8)


def minutes(rows) -> set[int]:
    return {minute for start, end in rows for minute in range(int(start), int(end))}


@settings(deadline=None)
@given(pairs)
def test_spans_are_the_union_sorted_and_disjoint(rows):
    made = spans(rows)
    assert minutes(made) == minutes(rows)
    assert (made[:, 0] < made[:, 1]).all()
    assert (made[1:, 0] > made[:-1, 1]).all()
    assert length(made) == len(minutes(rows))


@settings(deadline=None)
@given(pairs, pairs)
def test_common_and_without_split_the_first_in_two(one, other):
    first, second = spans(one), spans(other)
    shared, rest = common(first, second), without(first, second)
    assert minutes(shared) == minutes(one) & minutes(other)
    assert (shared[:, 0] < shared[:, 1]).all()
    assert minutes(rest) == minutes(one) - minutes(other)
    assert overlap(first, second) + length(rest) == pytest.approx(length(first))


@settings(deadline=None)
@given(pairs, pairs)
def test_order_does_not_matter(one, other):
    assert np.array_equal(common(spans(one), spans(other)), common(spans(other), spans(one)))
