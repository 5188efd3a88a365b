"""Spans say exactly the hours they are made of."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from fengong.engine.coverage.spans import readable


def hours_of(spans, start: int, horizon: int) -> list[int]:
    found = []
    for span in spans:
        for day in range((start + horizon + 23) // 24):
            if span.first <= day % 7 <= span.last and (not span.weeks or day // 7 in span.weeks):
                found += [day * 24 + hour - start for hour in range(span.begin, span.end)]
    return sorted(hour for hour in found if 0 <= hour < horizon)


@settings(deadline=None)
@given(st.sets(st.integers(0, 399)), st.integers(0, 20))
def test_each_hour_is_in_exactly_one_span(hours, days):
    when = np.array(sorted(hours), dtype=np.int64)
    assert hours_of(readable(when, days * 8, 400), days * 8, 400) == when.tolist()


def test_a_night_is_cut_at_midnight_and_whole_days_are_one():
    assert [str(span) for span in readable(np.arange(22, 30), 0, 168)] == ["Mon 22-24", "Tue 00-06"]
    assert [str(span) for span in readable(np.arange(168), 0, 168)] == ["Mon-Sun 00-24"]
    assert [str(span) for span in readable(np.arange(336), 0, 336)] == ["Mon-Sun 00-24"]
