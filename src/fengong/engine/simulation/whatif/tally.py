"""From the outcome of one run to one row of figures, in the order of `subject.subjects`."""

from __future__ import annotations

import numpy as np

from fengong.engine.simulation.desk import Floats, Ints, Staff, Tickets, totals
from fengong.engine.simulation.outcome import Outcome, gini
from fengong.engine.simulation.shifts import DAY, Shifts

HOUR = 60.0
WEEK = 7 * DAY
Window = tuple[float, float]


def scheduled(shifts: Shifts, window: Window) -> Floats:
    """Return the minutes each member is at work within the window, f64[m]."""
    first, last = window
    found = [
        sum(max(0.0, min(end, last) - max(start, first)) for start, end in zip(starts, ends, strict=True))
        if starts
        else last - first
        for starts, ends in zip(shifts.starts, shifts.ends, strict=True)
    ]
    return np.array(found)


def of_tickets(outcome: Outcome, tickets: Tickets, codes: Ints, count: int) -> Floats:
    """Return the ticket figures of groups 0 .. count - 1, f64[count, 6]; tickets with a code below 0 are in none.

    nan for a group without tickets.
    """
    begun = np.where(np.isnan(outcome.begun), np.inf, outcome.begun)
    done = np.where(np.isnan(outcome.resolved), np.inf, outcome.resolved) - outcome.customer
    columns = (
        (outcome.begun - outcome.arrival) / HOUR,
        (outcome.resolved - outcome.arrival) / HOUR,
        begun <= tickets.respond_by,
        done <= tickets.resolve_by,
        outcome.right_first,
        outcome.handovers,
    )
    return np.column_stack([_mean_by(codes, np.asarray(each, dtype=np.float64), count) for each in columns])


def _mean_by(codes: Ints, values: Floats, count: int) -> Floats:
    use = (codes >= 0) & ~np.isnan(values)
    return _shared(totals(codes[use], values[use], count), np.bincount(codes[use], minlength=count))


def of_people(outcome: Outcome, hours: Floats, weeks: float) -> Floats:
    """Return hours of effort a week, share of busy time and tickets begun a week, f64[m, 3].

    `hours` are those at work in all; the share is nan for who has none, and may pass 1 where work went on afterwards.
    """
    worked = outcome.effort / HOUR
    return np.column_stack([worked / weeks, _shared(worked, hours), outcome.taken / weeks])


def of_tiers(staff: Staff, outcome: Outcome, hours: Floats, weeks: float) -> Floats:
    """Return the same by tier, f64[3, 3]: effort and tickets of each member, share of the tier's whole time."""
    heads, worked, time, taken = (
        totals(staff.tier, each, 4)[1:4]
        for each in (np.ones(len(staff)), outcome.effort / HOUR, hours, outcome.taken.astype(np.float64))
    )
    return np.column_stack(
        [_shared(worked, heads * weeks), _shared(worked, time), _shared(taken, heads * weeks)]
    )


def of_all(outcome: Outcome, hours: Floats, weeks: float) -> Floats:
    """Return total effort, share of busy time, tickets begun and the spread of effort, f64[4]."""
    worked = float(outcome.effort.sum()) / HOUR
    busy = worked / float(hours.sum()) if hours.sum() > 0 else np.nan
    return np.array([worked / weeks, busy, float(outcome.taken.sum()) / weeks, gini(outcome.effort)])


def _shared(above: Floats, below: Floats | Ints) -> Floats:
    return np.asarray(np.divide(above, below, out=np.full(len(above), np.nan), where=below > 0))
